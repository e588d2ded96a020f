"""Organisations by what people call them: a name, some words of it, an acronym, with small typos."""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from allervers.columns import Attribute
from allervers.engines.search._answer import NameMatch
from allervers.engines.search._columns import Organisations
from allervers.engines.search._words import MIN_ACRONYM, MIN_PREFIX, is_significant, significant, stem, words

Quality = NDArray[np.float64]

SAME_STEM = 0.95
BEGINNING = 0.8
EACH_TYPO = 0.15
"""Taken off for each letter that is wrong, missing, too many or swapped."""
WORTH_SHOWING = 0.5
"""Below half of the typed words, weighted by their rarity, a name is another name."""
WHOLE_NAME = 0.2
"""The part of the score that goes to names typed whole: « mission locale » is first the one called just
that."""


class Names:
    """The names of the organisations of an index, ready to be sought."""

    def __init__(self, organisations: Organisations) -> None:
        self._organisations = organisations
        self._words = list(organisations.words.values)
        self._stems: dict[str, list[int]] = {}
        for code, word in enumerate(self._words):
            self._stems.setdefault(stem(word), []).append(code)

    def named(self, text: str, *, limit: int) -> tuple[NameMatch, ...]:
        """At most `limit` organisations, best first, ties by name then id; none for a text without any
        word."""
        asked = significant(text)
        if not asked or not len(self._organisations.ids):
            return ()
        qualities = np.stack([self._quality(word) for word in asked])
        weights = np.array([_rarity(quality) for quality in qualities])[:, np.newaxis]
        found = (weights * qualities).sum(axis=0) / weights.sum()
        initials = self._by_initials(text)
        found, complete = np.maximum(found, initials), (qualities > 0).all(axis=0) | (initials > 0)
        coverage = np.maximum(self._coverage(qualities), initials)
        for word in asked:
            coverage[self._organisations.acronyms.rows_of(word)] = 1.0  # an acronym is the whole name
        scores = found * (1 - WHOLE_NAME + WHOLE_NAME * coverage)
        places = np.flatnonzero(found >= WORTH_SHOWING)
        matches = [self._match(int(place), scores, complete, coverage) for place in places]
        return tuple(sorted(matches, key=lambda match: (-match.score, match.nom, match.structure_id))[:limit])

    def _match(
        self, place: int, scores: Quality, complete: NDArray[np.bool_], coverage: Quality
    ) -> NameMatch:
        known = self._organisations
        return NameMatch(
            known.ids[place],
            known.names[place],
            round(float(scores[place]), 4),
            bool(complete[place]),
            round(float(coverage[place]), 4),
            int(known.services[place]),
        )

    def _quality(self, word: str) -> Quality:
        """How well `word` is found in each name, 0…1. Shapes: (organisations,)."""
        quality = np.zeros(len(self._organisations.ids))
        exact = False
        for code, worth in self._exact(word):
            exact = True
            _raise(quality, self._organisations.words, code, worth)
        for code, worth in _acronym_codes(self._organisations.acronyms, word):
            exact = True
            _raise(quality, self._organisations.acronyms, code, worth)
        for code, worth in () if exact else self._misspelt(word):
            _raise(quality, self._organisations.words, code, worth)
        return quality

    def _exact(self, word: str) -> Iterator[tuple[int, float]]:
        """The word itself, its family, and what it begins."""
        for code in self._stems.get(stem(word), []):
            yield code, 1.0 if self._words[code] == word else SAME_STEM
        if len(word) >= MIN_PREFIX:
            for code in self._organisations.words.values.beginning_with(word):
                yield code, 1.0 if self._words[code] == word else BEGINNING

    def _misspelt(self, word: str) -> Iterator[tuple[int, float]]:
        """Names one letter away from four letters on, two from eight on; shorter words would become other
        words."""
        most = 0 if len(word) < 4 or word.isdigit() else 1 if len(word) < 8 else 2
        if most:
            for _, typos, code in extract_iter(word, self._words, scorer=OSA.distance, score_cutoff=most):
                yield code, 1 - EACH_TYPO * typos

    def _by_initials(self, text: str) -> Quality:
        """« centre communal d'action sociale » finds the CCAS that writes itself so. Shapes:
        (organisations,)."""
        found = np.zeros(len(self._organisations.ids))
        initials = "".join(word[0] for word in words(text) if is_significant(word))
        if len(initials) >= MIN_ACRONYM:
            found[self._organisations.words.rows_of(initials)] = SAME_STEM
        return found

    def _coverage(self, qualities: Quality) -> Quality:
        """The share of each organisation's own words that were typed, at most 1. Shapes: (organisations,)."""
        own = np.maximum(np.diff(self._organisations.words.of_row.offsets), 1)
        return np.asarray(np.minimum((qualities > 0).sum(axis=0) / own, 1.0))


def _acronym_codes(acronyms: Attribute, word: str) -> Iterator[tuple[int, float]]:
    """The acronym itself, or the beginning of a longer one: « mpt » for the Maison pour tous Léo Lagrange."""
    if len(word) >= MIN_ACRONYM:
        for code in acronyms.values.beginning_with(word):
            yield code, 1.0 if acronyms.values[code] == word else BEGINNING


def _raise(quality: Quality, attribute: Attribute, code: int, worth: float) -> None:
    rows = attribute.rows[code]
    quality[rows] = np.maximum(quality[rows], worth)


def _rarity(quality: Quality) -> float:
    """A word of few names says more than one of many (inverse document frequency); of none, as one of one."""
    named = int(np.count_nonzero(quality))
    return math.log(1 + len(quality) / max(1, named))
