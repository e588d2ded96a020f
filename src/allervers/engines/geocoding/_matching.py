"""Which names of a set are near the words typed, and how near: a table of scores, readings by names."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from allervers.engines.geocoding._build import COMMON_WEIGHT, LINK_WEIGHT, SOUND, TYPE_WEIGHT
from allervers.engines.geocoding._columns import Columns
from allervers.engines.geocoding._reading import Readings
from allervers.engines.geocoding._said import NAMED
from allervers.engines.geocoding._spelling import errors_allowed, remains
from allervers.engines.geocoding._text import compact, is_small, sound
from allervers.engines.geocoding._words import LINKS, STREET_TYPES

CANDIDATES: Final = 40
"""Names looked at closely, of those that share the weightiest words."""
TYPED_SHARE: Final = 0.65
"""Of the score owed to how much of what was typed is found; the rest is how much of the name was typed."""
ONE_SOUND: Final = 0.93
"""Likeness of words that sound alike."""
ERROR_COST: Final = 0.8
"""A wrong letter costs this share of its share of the word."""
BEGINS_LEAST: Final = 0.7
BEGINNING_LETTERS: Final = 3
BEGINNINGS_MAX: Final = 60
"""Words that begin so which are looked at: more would be no hint."""
KNOWN_ELSEWHERE: Final = 0.85
"""Of the likeness to another word, when what was typed is a word already."""
GLUED_LEAST: Final = 0.75
"""Likeness of whole names without spaces that is looked at."""
GLUED: Final = 0.97
NO_TYPE: Final = 0.05
OTHER_TOWN: Final = 0.8
"""Of the score, when another town than the name's was said."""
OTHER_POSTCODE: Final = 0.92
OTHER_DEPARTMENT: Final = 0.45

TOPONYM_LETTERS: Final = 5
PLACES_TOGETHER: Final = 2
"""Places that bear a word which no street bears: it then names where they are, as far as we know."""

Likenesses = dict[int, float]


@dataclass(frozen=True, slots=True)
class Scores:
    """`table[r, e]`: of `entries[e]` read as `readings[r]`. Shapes: (entries,), (readings, entries)."""

    entries: NDArray[np.int64]
    table: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Uses:
    """How many names of each kind bear a word."""

    street: int = 0
    place: int = 0
    municipality: int = 0
    neighbourhood: int = 0

    def __add__(self, other: "Uses") -> "Uses":
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Uses(*(one + another for one, another in pairs))


@dataclass(frozen=True, slots=True)
class Known:
    """Of the tokens: the words that some name bears, and those that name a part of town, never a street.

    A toponym is taken for no other word: « la paillade » is not « la Taillade ».
    """

    words: frozenset[str]
    toponyms: frozenset[str]

    @classmethod
    def among(cls, typed: Sequence[str], matchers: Sequence["Matcher"]) -> "Known":
        uses = {token: sum((one.uses_of(token) for one in matchers), Uses()) for token in typed}
        return cls(
            words=frozenset(token for token, use in uses.items() if use != Uses()),
            toponyms=frozenset(token for token, use in uses.items() if _is_toponym(token, use)),
        )


def _is_toponym(token: str, use: Uses) -> bool:
    named_so = use.neighbourhood or use.place >= PLACES_TOGETHER
    return len(token) >= TOPONYM_LETTERS and not is_small(token) and not use.street and bool(named_so)


class Matcher:
    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._count = len(columns.entries.kinds)

    def knows(self, word: str) -> bool:
        return self._columns.words.texts.find(word) is not None

    def uses_of(self, word: str) -> Uses:
        """What bears this very word."""
        code = self._columns.words.texts.find(word)
        if code is None:
            return Uses()
        kinds = np.bincount(
            self._columns.entries.kinds[self._columns.words.entries[code]], minlength=len(NAMED)
        )
        return Uses(**{kind.value: int(count) for kind, count in zip(NAMED, kinds, strict=True)})

    def scores(self, read: Readings, *, known: Known) -> Scores:
        last = read.tokens[-1] if read.tokens else ""
        alike = [self._likenesses(token, known=known, begins=token is last) for token in read.tokens]
        entries = self._candidates(read, alike)
        table = self._table(read, alike, entries, known)
        return Scores(entries, table * self._places(read, entries))

    def _likenesses(self, token: str, *, known: Known, begins: bool) -> Likenesses:
        """The words of the vocabulary that this may be."""
        words = self._columns.words
        found: Likenesses = {}
        exact = words.texts.find(token)
        if not (token.isdigit() or is_small(token) or token in known.toponyms):
            found = self._misspelt(token)
            if begins and len(token) >= BEGINNING_LETTERS:
                for code in list(words.texts.beginning_with(token))[:BEGINNINGS_MAX]:
                    share = len(token) / len(words.texts[code])
                    found[code] = max(found.get(code, 0), BEGINS_LEAST + (1 - BEGINS_LEAST) * share)
        if token in known.words:
            found = {code: value * KNOWN_ELSEWHERE for code, value in found.items()}
        if exact is not None:
            found[exact] = 1.0
        return found

    def _misspelt(self, token: str) -> Likenesses:
        words = self._columns.words
        heard = sound(token)
        allowed = errors_allowed(token)
        near = words.near.of([*remains(token, allowed), SOUND + heard])
        found: Likenesses = {}
        for code in near:
            word = words.texts[code]
            errors = OSA.distance(token, word)
            likeness = 1 - ERROR_COST * errors / max(len(token), len(word))
            if sound(word) == heard and len(heard) > 1:
                found[code] = max(ONE_SOUND, likeness)
            elif errors <= max(allowed, min(errors_allowed(word), 1)):
                found[code] = likeness
        return found

    def _candidates(self, read: Readings, alike: Sequence[Likenesses]) -> NDArray[np.int64]:
        """The names that share the most weight with what was typed, and those that are it but for spaces."""
        if not self._count:
            return np.zeros(0, dtype=np.int64)
        glued = self._glued(read)
        held = self._held(read.tokens, alike, small=False)
        if not held.any() and not glued:
            nameless = self._columns.entries.weights < COMMON_WEIGHT  # « Rue », « La Place »
            held = self._held(read.tokens, alike, small=True) * nameless
        score = held / (self._columns.entries.weights + 1.0)
        said = {row for reading in read.readings for row in reading.towns or ()}
        if said:
            there = np.isin(self._columns.entries.towns, list(said))
            score = np.where(there, score, score * OTHER_TOWN)
        best = np.argpartition(-score, min(CANDIDATES, self._count - 1))[:CANDIDATES]
        best = best[score[best] > 0]
        return np.unique(np.concatenate((best, np.fromiter(glued, dtype=np.int64))))

    def _held(
        self, tokens: Sequence[str], alike: Sequence[Likenesses], *, small: bool
    ) -> NDArray[np.float32]:
        """The weight of each name's words that were typed. Shapes: (names,)."""
        words = self._columns.words
        held = np.zeros(self._count, dtype=np.float32)
        for token, likenesses in zip(tokens, alike, strict=True):
            if is_small(token) and not small:
                continue
            one = np.zeros(self._count, dtype=np.float32)
            for code, likeness in likenesses.items():
                rows = words.entries[code]
                one[rows] = np.maximum(one[rows], likeness * words.weights[code])
            held += one
        return held

    def _glued(self, read: Readings) -> set[int]:
        names = {compact([read.tokens[at] for at in reading.words]) for reading in read.readings}
        found: set[int] = set()
        for name in names:
            if len(name) > 1 and not name.isdigit():
                found |= self._columns.words.compacts.of(remains(name, 1))
            if len(found) > CANDIDATES:
                break
        return set(sorted(found)[: 2 * CANDIDATES])

    def _table(
        self, read: Readings, alike: Sequence[Likenesses], entries: NDArray[np.int64], known: Known
    ) -> NDArray[np.float64]:
        """How near each name is by its words, or without spaces. Shapes: (readings, entries)."""
        columns = self._columns
        owned = [columns.entries.words[int(entry)].tolist() for entry in entries]
        longest = max(map(len, owned), default=0)
        likeness = np.zeros((len(entries), len(read.tokens), longest))
        weights = np.zeros((len(entries), longest))
        for row, words in enumerate(owned):
            for at, code in enumerate(words):
                weights[row, at] = columns.words.weights[code]
                for token, likenesses in enumerate(alike):
                    if value := likenesses.get(code):
                        likeness[row, token, at] = value
        typed = np.array([self._typed_weight(token) for token in read.tokens])
        used = np.zeros((len(read.readings), len(read.tokens)))
        for row, reading in enumerate(read.readings):
            used[row, list(reading.words)] = 1
        table = _near(likeness, weights, typed, used)
        self._glue(table, read, entries, known)
        return np.asarray(table - np.array([[reading.cost] for reading in read.readings]))

    def _typed_weight(self, token: str) -> float:
        if token in LINKS:
            return LINK_WEIGHT
        if token in STREET_TYPES:
            return TYPE_WEIGHT
        code = self._columns.words.texts.find(token)
        return 1.0 if code is None else max(float(self._columns.words.weights[code]), COMMON_WEIGHT)

    def _glue(
        self, table: NDArray[np.float64], read: Readings, entries: NDArray[np.int64], known: Known
    ) -> None:
        """Names compared without spaces, where words alone are not enough."""
        columns = self._columns
        names = [columns.entries.compacts[int(entry)] for entry in entries]
        kinds = [self._street_types(int(entry)) for entry in entries]
        lengths = np.array([len(name) for name in names])
        for row, reading in enumerate(read.readings):
            tokens = [read.tokens[at] for at in reading.words]
            typed, said = compact(tokens), STREET_TYPES.intersection(tokens)
            if len(typed) < 2 or typed.isdigit() or known.toponyms.intersection(tokens):
                continue
            digits = _digits(typed)
            errors = process.cdist([typed], names, scorer=OSA.distance)[0]
            same = 1 - errors / np.maximum(lengths, len(typed))
            for at in np.flatnonzero((errors <= 1) | (same >= GLUED_LEAST)):
                if digits != _digits(names[at]):  # « 2 Louisville » is no slip of « Louisville »
                    continue
                other = _other_type(said, kinds[at])
                table[row, at] = max(table[row, at], GLUED * (1 - ERROR_COST * (1 - same[at])) - other)

    def _street_types(self, entry: int) -> frozenset[str]:
        codes = self._columns.entries.words[entry].tolist()
        return STREET_TYPES.intersection(self._columns.words.texts[code] for code in codes)

    def _places(self, read: Readings, entries: NDArray[np.int64]) -> NDArray[np.float64]:
        """What is left of a score when another town, or another postcode, was said. Shapes: as the table."""
        towns = self._columns.entries.towns[entries]
        left = np.ones((len(read.readings), len(entries)))
        for row, reading in enumerate(read.readings):
            if reading.towns is not None:
                left[row, ~np.isin(towns, list(reading.towns))] = OTHER_TOWN
        if read.postcode:
            left *= np.array([self._postcode_share(int(town), read.postcode) for town in towns])
        return left

    def _postcode_share(self, town: int, postcode: str) -> float:
        known = self._columns.towns.postcodes[town].split() if town >= 0 else []
        if not known or postcode in known:
            return 1.0
        return OTHER_POSTCODE if any(one[:2] == postcode[:2] for one in known) else OTHER_DEPARTMENT


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _other_type(said: frozenset[str], known: frozenset[str]) -> float:
    """Taken off when another kind of street was said, or none where the name has one."""
    if said:
        return 0.0 if said & known else TYPE_WEIGHT / 2
    return NO_TYPE if known else 0.0


def _near(
    likeness: NDArray[np.float64],
    weights: NDArray[np.float64],
    typed: NDArray[np.float64],
    used: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Shapes: (names, tokens, words), (names, words), (tokens,), (readings, tokens) → (readings, names)."""
    if not likeness.size:
        return np.zeros((len(used), len(likeness)))
    best = likeness.max(axis=2)  # of each token in each name
    asked = used * typed
    found_typed = asked @ best.T / np.maximum(asked.sum(axis=1, keepdims=True), 1e-9)
    held = (used[:, None, :, None] * likeness[None]).max(axis=2)
    found_name = (held * weights).sum(axis=2) / np.maximum(weights.sum(axis=1), 1e-9)
    return np.asarray(TYPED_SHARE * found_typed + (1 - TYPED_SHARE) * found_name)
