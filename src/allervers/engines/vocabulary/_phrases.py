"""Which phrases of a vocabulary are said in a sentence, and which values they tell of."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ._language import Phrase
from ._words import NEGATION, Reader, Token

# Words that may stand between those of a phrase, beyond its own: "garder (tous les jours) ma fille".
_SLACK = 3
_RUN_SLACK = 1
# What a phrase said in another order is worth: "enfants garder" is nearly "garder enfants".
_OTHER_ORDER = 0.85
# What is left of a phrase whose words were already said in a longer one of another value.
_SHADOW = 0.25
# A negation alone tells little: it only makes "pas de voiture" longer than "voiture".
_NEGATION_WEIGHT = 0.6
# What an ordinary word ("je", "fait") adds to a phrase made of them.
_PLAIN_WORD_WEIGHT = 0.6
# A longer phrase of which only one word says something is looked for word by word.
RUN_AFTER = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: its values, its weight (nats), and the places of its words in the sentence."""

    values: tuple[str, ...]
    weight: float
    places: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Pattern:
    stems: tuple[str, ...]
    values: Mapping[str, float]  # value -> how surely these stems tell of it
    is_run: bool  # every word counts, in this order


class PhraseBook:
    """Phrases kept by their rarest stem, so that a sentence only meets those it may hold."""

    def __init__(self, phrases: Iterable[Phrase], reader: Reader, *, run_after: int = RUN_AFTER) -> None:
        """`run_after`: longer phrases of which one word says something are taken word by word."""
        patterns = _patterns(phrases, reader, run_after)
        self._rarity = _rarity(patterns)
        self._by_stem: dict[tuple[str, bool], list[_Pattern]] = defaultdict(list)
        for pattern in patterns:
            rarest = max(pattern.stems, key=lambda one: (self._rarity[one], one))
            self._by_stem[rarest, pattern.is_run].append(pattern)

    def knows(self, stem: str) -> bool:
        """Whether some phrase uses this stem."""
        return stem in self._rarity

    def matches(self, tokens: Sequence[Token], every: Sequence[Token]) -> list[Match]:
        """Every phrase said in `tokens` (words that say something) or in `every` (all the words)."""
        found: list[Match] = []
        for stream, is_run in ((tokens, False), (every, True)):
            places: dict[str, list[Token]] = defaultdict(list)
            for token in stream:
                places[token.stem].append(token)
            ranks = {token.position: rank for rank, token in enumerate(stream)}
            for stem in places:
                for pattern in self._by_stem.get((stem, is_run), ()):
                    found.extend(self._match(pattern, stem, places, ranks))
        return found

    def _match(
        self, pattern: _Pattern, anchor: str, places: Mapping[str, list[Token]], ranks: Mapping[int, int]
    ) -> Iterator[Match]:
        if any(stem not in places for stem in pattern.stems):
            return
        slack = _RUN_SLACK if pattern.is_run else _SLACK
        for start in places[anchor]:
            chosen = [_nearest(places[stem], start) for stem in pattern.stems]
            order = [ranks[token.position] for token in chosen]
            in_order = order == sorted(order)
            if len(set(order)) < len(order) or max(order) - min(order) >= len(order) + slack:
                continue
            if pattern.is_run and not in_order:
                continue
            weight = sum(self._rarity[token.stem] * token.sureness for token in chosen)
            weight *= 1.0 if in_order else _OTHER_ORDER
            for share in sorted(set(pattern.values.values())):
                values = tuple(value for value, its in pattern.values.items() if its == share)
                yield Match(values, weight * share, frozenset(token.position for token in chosen))


def said(matches: Iterable[Match]) -> dict[str, list[Match]]:
    """The matches that stand, by value: the weightier phrase takes its words, others keep the rest."""
    taken: dict[int, set[str]] = {}
    found: dict[str, list[Match]] = defaultdict(list)
    for match in sorted(
        matches, key=lambda one: (-one.weight, -len(one.places), sorted(one.places), one.values)
    ):
        for value in match.values:
            free = sum(value in taken.get(place, (value,)) for place in match.places) / len(match.places)
            found[value].append(Match((value,), match.weight * (free + (1 - free) * _SHADOW), match.places))
        for place in match.places:
            taken.setdefault(place, set(match.values))
    return found


def _nearest(tokens: Sequence[Token], start: Token) -> Token:
    return min(tokens, key=lambda token: (abs(token.position - start.position), token.position))


def _patterns(phrases: Iterable[Phrase], reader: Reader, run_after: int) -> list[_Pattern]:
    values: dict[tuple[tuple[str, ...], bool], dict[str, float]] = defaultdict(dict)
    for phrase in phrases:
        key = _stems(reader.words(phrase.text), reader, run_after)
        if key[0] and key[0] != (NEGATION,):
            known = values[key]
            known[phrase.value] = max(known.get(phrase.value, 0.0), phrase.weight)
    return [_Pattern(stems, known, is_run) for (stems, is_run), known in values.items()]


def _stems(words: list[str], reader: Reader, run_after: int) -> tuple[tuple[str, ...], bool]:
    """The stems to look for, and whether as a run of plain words."""
    content = tuple(dict.fromkeys(token.stem for token in reader.tokens(words)))
    telling = [stem for stem in content if stem != NEGATION]
    if telling and not (len(telling) == len(content) == 1 and len(words) > run_after):
        return content, False
    every = tuple(dict.fromkeys(token.stem for token in reader.every_token(words)))
    return (every, True) if len(every) > 1 else (content, False)


def _rarity(patterns: Sequence[_Pattern]) -> dict[str, float]:
    """What each stem tells, in nats: much when few values use it."""
    users: dict[str, set[str]] = defaultdict(set)
    plain: set[str] = set()
    for pattern in patterns:
        for stem in pattern.stems:
            if pattern.is_run:
                plain.add(stem)
            else:
                users[stem].update(pattern.values)
    everyone = len({value for pattern in patterns for value in pattern.values})
    rarity = {stem: _PLAIN_WORD_WEIGHT for stem in plain}
    rarity |= {stem: math.log(1 + everyone / len(its)) for stem, its in users.items()}
    rarity[NEGATION] = _NEGATION_WEIGHT
    return rarity
