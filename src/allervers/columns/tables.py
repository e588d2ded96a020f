"""Columns of text and of lists, as plain arrays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]

LOOKED_UP_MOST = 4096  # texts a table: codes are few, and what people type must not fill the memory


@dataclass(frozen=True, slots=True)
class Texts(Sequence[str]):
    """Strings end to end in one array of UTF-8 bytes; the i-th is `blob[offsets[i]:offsets[i + 1]]`.

    Where they are sorted, they are so by code point, which is also the order of their bytes.
    """

    blob: NDArray[np.uint8]
    offsets: NDArray[np.int64]
    _places: dict[str, int | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was looked up lately: the same few codes are asked again and again."""

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return [self._text(i) for i in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._text(index % len(self))

    def _text(self, index: int) -> str:
        return self._bytes(index).decode(errors="surrogatepass")

    def _bytes(self, index: int) -> bytes:
        return self.blob[self.offsets[index] : self.offsets[index + 1]].tobytes()

    def find(self, text: str) -> int | None:
        """Where `text` is, in a sorted table."""
        if text in self._places:
            return self._places[text]
        sought = encoded(text)
        place = self._first_from(sought)
        found = place if place < len(self) and self._bytes(place) == sought else None
        if len(self._places) < LOOKED_UP_MOST:
            self._places[text] = found
        return found

    def beginning_with(self, prefix: str) -> range:
        """Where the texts that begin with `prefix` are, in a sorted table."""
        start = encoded(prefix)
        # 0xFF is in no UTF-8: this comes right after everything that begins with the prefix.
        return range(self._first_from(start), self._first_from(start + b"\xff"))

    def _first_from(self, sought: bytes) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < sought:
                low = middle + 1
            else:
                high = middle
        return low

    def arrays(self, name: str) -> Arrays:
        return {f"{name}.blob": self.blob, f"{name}.offsets": self.offsets}

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        pieces = [encoded(text) for text in texts]
        lengths = np.fromiter((len(piece) for piece in pieces), dtype=np.int64, count=len(pieces))
        return cls(np.frombuffer(b"".join(pieces), dtype=np.uint8), ends(lengths))

    @classmethod
    def read(cls, arrays: Arrays, name: str) -> "Texts":
        return cls(arrays[f"{name}.blob"], arrays[f"{name}.offsets"])


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of numbers end to end; the i-th is `items[offsets[i]:offsets[i + 1]]`."""

    offsets: NDArray[np.int64]
    items: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> NDArray[np.int32]:
        return self.items[self.offsets[index] : self.offsets[index + 1]]

    def span(self, index: int) -> slice:
        """Where the i-th list lies, for arrays beside `items`."""
        return slice(int(self.offsets[index]), int(self.offsets[index + 1]))

    def sums(self, values: NDArray[Any]) -> NDArray[np.int64]:
        """The sum of `values` (beside `items`) in each list. Shapes: (lists,)."""
        total = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
        return np.asarray(total[self.offsets[1:]] - total[self.offsets[:-1]])

    def arrays(self, name: str) -> Arrays:
        return {f"{name}.starts": self.offsets, f"{name}.items": self.items}

    @classmethod
    def of(cls, lists: Iterable[Iterable[int]]) -> "Lists":
        kept = [list(items) for items in lists]
        lengths = np.fromiter((len(items) for items in kept), dtype=np.int64, count=len(kept))
        flat = np.fromiter(
            (item for items in kept for item in items), dtype=np.int32, count=int(lengths.sum())
        )
        return cls(ends(lengths), flat)

    @classmethod
    def read(cls, arrays: Arrays, name: str) -> "Lists":
        return cls(arrays[f"{name}.starts"], arrays[f"{name}.items"])


@dataclass(frozen=True, slots=True)
class Attribute:
    """A closed vocabulary over the rows, both ways: the values of a row in their order, the rows of a value
    ascending."""

    values: Texts
    of_row: Lists
    rows: Lists

    def rows_of(self, value: str) -> NDArray[np.int32]:
        place = self.values.find(value)
        return self.rows.items[:0] if place is None else self.rows[place]

    def rows_beginning(self, prefix: str) -> NDArray[np.int32]:
        """The rows of every value that begins with `prefix`; a row may come twice."""
        places = self.values.beginning_with(prefix)
        return self.rows.items[self.rows.offsets[places.start] : self.rows.offsets[places.stop]]

    def of(self, row: int) -> tuple[str, ...]:
        return tuple(self.values[int(code)] for code in self.of_row[row])

    def mask(self, values: Iterable[str]) -> NDArray[np.bool_]:
        """The rows that have any of `values`. Shapes: (rows,)."""
        found = np.zeros(len(self.of_row), dtype=np.bool_)
        for value in values:
            found[self.rows_of(value)] = True
        return found

    def none(self) -> NDArray[np.bool_]:
        """The rows without any value. Shapes: (rows,)."""
        return np.equal(np.diff(self.of_row.offsets), 0)

    def counts(self, among: NDArray[np.bool_]) -> dict[str, int]:
        """How many rows of `among` have each value; values without any are left out."""
        found = self.rows.sums(among[self.rows.items])
        return {self.values[int(place)]: int(found[place]) for place in np.flatnonzero(found)}

    def arrays(self, name: str) -> Arrays:
        return {
            **self.values.arrays(f"{name}.values"),
            **self.of_row.arrays(f"{name}.of_row"),
            **self.rows.arrays(f"{name}.rows"),
        }

    @classmethod
    def of_rows(cls, rows: Sequence[Sequence[str]]) -> "Attribute":
        distinct = [tuple(dict.fromkeys(values)) for values in rows]
        vocabulary = sorted({value for values in distinct for value in values})
        codes = {value: code for code, value in enumerate(vocabulary)}
        coded = Lists.of([codes[value] for value in values] for values in distinct)
        return cls(Texts.of(vocabulary), coded, turned(coded, len(vocabulary)))

    @classmethod
    def read(cls, arrays: Arrays, name: str) -> "Attribute":
        return cls(
            Texts.read(arrays, f"{name}.values"),
            Lists.read(arrays, f"{name}.of_row"),
            Lists.read(arrays, f"{name}.rows"),
        )


def encoded(text: str) -> bytes:
    """UTF-8; lone surrogates, which JSON can carry, go through."""
    return text.encode(errors="surrogatepass")


def ends(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Offsets of lists of these lengths, 0 first. Shapes: (n,) → (n + 1,)."""
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths, dtype=np.int64)))


def turned(lists: Lists, values: int) -> Lists:
    """From "the values of each row" to "the rows of each value", ascending."""
    rows = np.repeat(np.arange(len(lists), dtype=np.int32), np.diff(lists.offsets))
    order = np.argsort(lists.items, kind="stable")
    counts = np.bincount(lists.items, minlength=values).astype(np.int64)
    return Lists(ends(counts), rows[order])
