"""Which services hold the words typed, and how well."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allervers.engines.search._columns import Lexicon
from allervers.engines.search._weights import FIELD_POINTS
from allervers.engines.search._words import MIN_PREFIX, significant, stem

_BEST = np.array(
    [
        max((FIELD_POINTS[field] for bit, field in enumerate(Lexicon.FIELDS) if bits >> bit & 1), default=0)
        for bits in range(1 << len(Lexicon.FIELDS))
    ],
    dtype=np.int64,
)
"""The points of the best field in a set of fields. Shapes: (sets,)."""


@dataclass(frozen=True, slots=True)
class Found:
    """Shapes: (rows,). `points` 0 where a word is missing; `fields`: where any of the words stands."""

    points: NDArray[np.int64]
    fields: NDArray[np.uint8]


def find(lexicon: Lexicon, text: str, *, rows: int) -> Found | None:
    """The rows that hold every significant word of `text`; None when it has none."""
    asked = significant(text)
    if not asked:
        return None
    total = np.zeros(rows, dtype=np.int64)
    everywhere = np.ones(rows, dtype=np.bool_)
    fields = np.zeros(rows, dtype=np.uint8)
    for word in asked:
        points = _points(lexicon, word, fields)
        total += points
        everywhere &= points > 0
    return Found(np.where(everywhere, total // len(asked), 0), fields)


def _points(lexicon: Lexicon, word: str, fields: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The points of one word in each row; adds to `fields` where it stands."""
    points = np.zeros(len(fields), dtype=np.int64)
    for code, divisor in _codes(lexicon, word):
        span = lexicon.rows.span(code)
        rows, bits = lexicon.rows.items[span], lexicon.bits[span]
        points[rows] = np.maximum(points[rows], _BEST[bits] // divisor)
        fields[rows] |= bits
    return points


def _codes(lexicon: Lexicon, word: str) -> Iterator[tuple[int, int]]:
    """The words that `word` finds, each with what divides its points: 1 for the same stem, 2 for a mere
    beginning."""
    family = lexicon.stems.find(stem(word))
    whole = set() if family is None else {int(code) for code in lexicon.of_stem[family]}
    yield from ((code, 1) for code in sorted(whole))
    if len(word) >= MIN_PREFIX:
        yield from ((code, 2) for code in lexicon.words.beginning_with(word) if code not in whole)
