"""Words nearly spelt as one that was typed, without looking at all of them.

Two words that differ by `n` letters agree once `n` letters or fewer are taken from each: the remains of the
known words are kept as sorted hashes. Source: W. Garbe, symmetric delete spelling correction, 2012.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from allervers.columns import encoded

TWO_ERRORS: Final = 7
"""Letters: shorter words have too many neighbours at two errors."""
ONE_ERROR: Final = 3
LONGEST: Final = 24
"""Letters of a word that are looked at: longer ones are not words of a street."""


@dataclass(frozen=True, slots=True)
class Remains:
    """Hashes ascending, and beside each the row (a word, a name) that it is of. Shapes: (n,), (n,)."""

    hashes: NDArray[np.uint32]
    rows: NDArray[np.int32]

    def of(self, remains: Iterable[str]) -> set[int]:
        """The rows that may be near; whoever asks checks them."""
        sought = np.fromiter((_hash(one) for one in remains), dtype=np.uint32)
        first = np.searchsorted(self.hashes, sought, side="left")
        last = np.searchsorted(self.hashes, sought, side="right")
        found = [self.rows[a:b] for a, b in zip(first, last, strict=True) if a < b]
        return set(np.concatenate(found).tolist()) if found else set()

    @classmethod
    def made(cls, remains: Sequence[Iterable[str]]) -> "Remains":
        """`remains[row]`: those of each row."""
        pairs = [(_hash(one), row) for row, ones in enumerate(remains) for one in ones]
        hashes = np.fromiter((one for one, _ in pairs), dtype=np.uint32, count=len(pairs))
        rows = np.fromiter((row for _, row in pairs), dtype=np.int32, count=len(pairs))
        order = np.argsort(hashes, kind="stable")
        return cls(hashes[order], rows[order])


def errors_allowed(word: str) -> int:
    """How many wrong letters still make this word. Numbers allow none."""
    if word.isdigit() or len(word) < ONE_ERROR:
        return 0
    return 1 if len(word) < TWO_ERRORS else 2


@lru_cache(maxsize=4096)
def remains(word: str, errors: int) -> frozenset[str]:
    """The word, and what is left of it once up to `errors` letters are taken out."""
    word = word[:LONGEST]
    found = frozenset({word})
    last = found
    for _ in range(errors):
        last = frozenset(_one_less(last))
        found |= last
    return found


def _one_less(words: Iterable[str]) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for word in words for at in range(len(word)))


def _hash(text: str) -> int:
    return zlib.crc32(encoded(text))
