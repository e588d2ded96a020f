"""The columns of a catalogue: structures, services, and their JSON bodies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from allervers.columns import Attribute, Layout, Lists, Texts
from allervers.engines.exchange._fulltext import FullText
from allervers.engines.exchange._space import cell_ranges

SEARCHED: Final = Layout(file="exchange.columns", magic=b"ALVEXCH1")
BODIES: Final = Layout(file="exchange.bodies", magic=b"ALVBODY1")

NO_ROWS: Final = np.zeros(0, dtype=np.int32)


def united(found: Sequence[NDArray[np.int32]], *, are_sorted: bool = True) -> NDArray[np.int32]:
    """The rows of any of `found`, ascending, each once. Sorting beats hashing at these lengths."""
    if len(found) == 1 and are_sorted:
        return found[0]
    rows = np.sort(np.concatenate([NO_ROWS, *found]))
    kept = np.ones(len(rows), dtype=np.bool_)
    np.not_equal(rows[1:], rows[:-1], out=kept[1:])
    once: NDArray[np.int32] = rows[kept]
    return once


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows that have a place, by cell: those of `cells[i]` are the i-th list. Cells ascend."""

    cells: NDArray[np.int64]
    rows: Lists

    def around(self, point: tuple[float, float], radius_m: float) -> NDArray[np.int32]:
        """All rows within `radius_m` of `point`, and some others near them; in no order."""
        found = [NO_ROWS]
        for first, last in cell_ranges(point, radius_m):
            low, high = np.searchsorted(self.cells, [first, last + 1])
            found.append(self.rows.items[self.rows.offsets[low] : self.rows.offsets[high]])
        return np.concatenate(found)


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of each value."""

    attribute: Attribute

    def rows(self, values: tuple[str, ...]) -> NDArray[np.int32]:
        """The rows that have any of `values`, ascending."""
        return united([self.attribute.rows_of(value) for value in values])

    def count(self, values: tuple[str, ...]) -> int:
        """At most that many rows have any of `values`."""
        return sum(len(self.attribute.rows_of(value)) for value in values)


@dataclass(frozen=True, slots=True)
class Values(Listed):
    """A short vocabulary: for each row one bit a value, to test rows found otherwise."""

    bits: NDArray[np.uint64]
    """Shapes: (rows, words of 64 values)."""

    def among(self, rows: NDArray[np.int32], values: tuple[str, ...]) -> NDArray[np.bool_]:
        """Which of `rows` have any of `values`. Shapes: (rows,)."""
        kept = np.zeros(len(rows), dtype=np.bool_)
        for word, mask in enumerate(self._masks(values)):
            if mask:
                kept |= (self.bits[rows, word] & np.uint64(mask)) != 0
        return kept

    def _masks(self, values: tuple[str, ...]) -> list[int]:
        masks = [0] * self.bits.shape[1]
        for value in values:
            code = self.attribute.values.find(value)
            if code is not None:
                masks[code // 64] |= 1 << code % 64
        return masks

    @classmethod
    def of(cls, rows: list[tuple[str, ...]]) -> "Values":
        attribute = Attribute.of_rows(rows)
        bits = np.zeros((len(rows), max(1, -(-len(attribute.values) // 64))), dtype=np.uint64)
        for code in range(len(attribute.values)):
            bits[attribute.rows[code], code // 64] |= np.uint64(1 << code % 64)
        return cls(attribute, bits)


@dataclass(frozen=True, slots=True)
class Codes(Listed):
    """A vocabulary without end (towns, sources): the code of each row, -1 for none."""

    code: NDArray[np.int32]

    def among(self, rows: NDArray[np.int32], values: tuple[str, ...]) -> NDArray[np.bool_]:
        found = [self.attribute.values.find(value) for value in values]
        return np.isin(self.code[rows], [code for code in found if code is not None])

    def beginning(self, rows: NDArray[np.int32], prefixes: tuple[str, ...]) -> NDArray[np.bool_]:
        """Which of `rows` have a value that begins with any of `prefixes`. Shapes: (rows,)."""
        code, kept = self.code[rows], np.zeros(len(rows), dtype=np.bool_)
        for prefix in prefixes:
            span = self.attribute.values.beginning_with(prefix)
            kept |= (code >= span.start) & (code < span.stop)
        return kept

    def rows_beginning(self, prefixes: tuple[str, ...]) -> NDArray[np.int32]:
        return united([self.attribute.rows_beginning(prefix) for prefix in prefixes], are_sorted=False)

    def count_beginning(self, prefixes: tuple[str, ...]) -> int:
        return sum(len(self.attribute.rows_beginning(prefix)) for prefix in prefixes)

    @classmethod
    def of(cls, rows: list[str | None]) -> "Codes":
        attribute = Attribute.of_rows([(value,) if value else () for value in rows])
        code = np.full(len(rows), -1, dtype=np.int32)
        for place in range(len(attribute.values)):
            code[attribute.rows[place]] = place
        return cls(attribute, code)


@dataclass(frozen=True, slots=True)
class Structures:
    """Shapes: (structures,) unless a type of its own says otherwise."""

    ids: Texts
    sources: Codes
    towns: Codes
    reseaux: Values
    group: NDArray[np.int32]
    """The smallest row of its group: its own when it is like no other."""
    score: NDArray[np.float64]
    date_maj: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Services:
    """Shapes: (services,) unless a type of its own says otherwise."""

    ids: Texts
    structure: NDArray[np.int32]
    sources: Codes
    towns: Codes
    thematiques: Values
    categories: Values
    frais: Values
    publics: Values
    modes_accueil: Values
    types: Values
    zones: Attribute
    zone_unknown: NDArray[np.bool_]
    score: NDArray[np.float64]
    places: NDArray[np.float64]
    """Earth-centred metres, nan without a place. Shapes: (3, services)."""
    grid: Grid
    publics_text: FullText
    precisions_text: FullText
    names: FullText
    words: FullText
    """Name, structure, description and needs, for `q`."""


@dataclass(frozen=True, slots=True)
class Searched:
    structures: Structures
    services: Services
    services_of: Lists
    """The services of each structure."""


@dataclass(frozen=True, slots=True)
class Bodies:
    """JSON objects end to end. The first parts of each stand alone: `cuts` says where they end.

    A structure: v1 fields | + ours | + score and duplicates. A service: v1 fields and ours | + its structure.
    """

    structures: Texts
    structure_cuts: NDArray[np.int32]
    """Shapes: (structures, 2)."""
    services: Texts
    service_cuts: NDArray[np.int32]
    """Shapes: (services,)."""
