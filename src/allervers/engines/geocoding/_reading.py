"""The ways to read a typed address: where its number is, its town, what is only a floor or a door."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from allervers.engines.geocoding._text import is_small
from allervers.engines.geocoding._words import COMPLEMENTS, LINKS, REPETITIONS

TYPED_MAX: Final = 200
"""Characters read: nobody's address is longer."""
TOKENS_MAX: Final = 16
READINGS_MAX: Final = 16
NUMBER_DIGITS: Final = 4
LETTERS: Final = frozenset("abcdefgh")
"""Repetitions of one letter."""
BEFORE_NUMBER: Final = 0.03
"""Taken off when words before the number are not read: « résidence des Pins, 12 rue… »."""
WITHOUT_COMPLEMENT: Final = 0.01
TOWN_WORDS_MAX: Final = 6
TOWN_LIKENESS: Final = 0.84


@dataclass(frozen=True, slots=True)
class Reading:
    """`words`: places in the tokens that make the name. `towns`: rows meant, None when no town was said."""

    words: tuple[int, ...]
    number: int | None = None
    repetition: str = ""
    towns: frozenset[int] | None = None
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Readings:
    tokens: tuple[str, ...]
    readings: tuple[Reading, ...]
    postcode: str = ""


class TownNames:
    """The names of the towns of a set of names, ready to be met at the end of an address."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.rows: dict[str, set[int]] = {}
        for row, key in enumerate(keys):
            self.rows.setdefault("".join(key.split()), set()).add(row)
        self._names = list(self.rows)

    def named(self, words: Sequence[str]) -> frozenset[int] | None:
        """The towns of this very name; None when there is none."""
        rows = self.rows.get("".join(words))
        return frozenset(rows) if rows else None

    def nearly_named(self, words: Sequence[str]) -> frozenset[int] | None:
        """The towns of this name but for a slip of the finger."""
        name = "".join(words)
        if len(name) < 5 or name.isdigit():
            return None
        near = process.extractOne(
            name, self._names, scorer=OSA.normalized_similarity, score_cutoff=TOWN_LIKENESS
        )
        return frozenset(self.rows[near[0]]) if near else None


def read(tokens: Sequence[str], towns: TownNames) -> Readings:
    """Every way, the plainest first."""
    kept = list(tokens[:TOKENS_MAX])
    postcode, rest = _without_postcode(kept)
    found: dict[Reading, None] = {}
    for reading in _readings(kept, rest, towns):
        if reading.words and len(found) < READINGS_MAX:
            found[reading] = None
    return Readings(tuple(kept), tuple(found), postcode)


def _without_postcode(tokens: Sequence[str]) -> tuple[str, list[int]]:
    """The postcode, and the places of the other tokens; « cedex 2 » goes too."""
    postcode, rest = "", []
    for at, token in enumerate(tokens):
        if token.isdigit() and len(token) == 5:
            postcode = token
        elif token == "cedex" or (token.isdigit() and at and tokens[at - 1] == "cedex"):
            continue
        else:
            rest.append(at)
    return postcode, rest


def _readings(tokens: Sequence[str], rest: Sequence[int], towns: TownNames) -> Iterator[Reading]:
    plain = _without_complements(tokens, rest)
    for places, cost in ((plain, 0.0 if len(plain) == len(rest) else WITHOUT_COMPLEMENT), (rest, 0.0)):
        for words, meant in _without_town(tokens, places, towns):
            for reading in _numbered(tokens, words):
                yield replace(reading, towns=meant, cost=reading.cost + cost)
        if len(plain) == len(rest):
            return


def _without_complements(tokens: Sequence[str], places: Sequence[int]) -> list[int]:
    """« bâtiment C », « tour 7 », « 3e étage » are left out: they do not say where the house is."""
    dropped: set[int] = set()
    for at, place in enumerate(places):
        if tokens[place] not in COMPLEMENTS:
            continue
        after = places[at + 1] if at + 1 < len(places) else None
        if after is not None and _is_mark(tokens[after]):
            dropped |= {place, after}
        elif tokens[place] == "etage":
            dropped |= {place, *places[max(at - 2, 0) : at]}
    return [place for place in places if place not in dropped]


def _is_mark(token: str) -> bool:
    return (token.isdigit() and len(token) <= NUMBER_DIGITS) or (len(token) == 1 and token not in {"l", "d"})


def _without_town(
    tokens: Sequence[str], places: Sequence[int], towns: TownNames
) -> Iterator[tuple[list[int], frozenset[int] | None]]:
    """The places with and without a town at the end, or at the beginning."""
    yield list(places), None
    lengths = range(1, min(TOWN_WORDS_MAX, len(places) - 1) + 1)
    for called in (towns.named, towns.nearly_named):
        found = False
        for length in lengths:
            if meant := called([tokens[place] for place in places[-length:]]):
                rest = list(places[:-length])
                while rest and tokens[rest[-1]] in LINKS:  # « rue Foch à Montpellier »
                    rest.pop()
                yield rest, meant
                found = True
            if meant := called([tokens[place] for place in places[:length]]):
                yield list(places[length:]), meant
                found = True
        if found:  # « rue de la Croix d’Or Montpellier »: « or Montpellier » is no slip of « Montpellier »
            return


def _numbered(tokens: Sequence[str], places: Sequence[int]) -> Iterator[Reading]:
    """Each number as the house's, then no number at all."""
    for at, place in enumerate(places):
        token = tokens[place]
        if not (token.isdigit() and len(token) <= NUMBER_DIGITS):
            continue
        before = [one for one in places[:at] if tokens[one] not in {"n", "no", "numero"}]
        for repetition, length in _repetitions(tokens, places[at + 1 :]):
            after = list(places[at + 1 + length :])
            says = any(not is_small(tokens[one]) for one in before)
            if after:
                cost = BEFORE_NUMBER if says else 0.0
                yield Reading(tuple(after), int(token), repetition, cost=cost)
            if before:
                yield Reading(tuple([*before, *after]), int(token), repetition)
    yield Reading(tuple(places))


def _repetitions(tokens: Sequence[str], after: Sequence[int]) -> Iterator[tuple[str, int]]:
    """What « bis » or letter follows the number, and how many tokens it takes."""
    first = tokens[after[0]] if after else ""
    if first in REPETITIONS:
        yield REPETITIONS[first], 1
        return
    if first in LETTERS:
        yield first, 1
    yield "", 0
