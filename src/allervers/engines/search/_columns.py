"""The columns of an index: all that is known of every service, as arrays."""

from dataclasses import dataclass
from enum import IntFlag
from typing import ClassVar, Final, Self

import numpy as np
from numpy.typing import NDArray

from allervers.columns import Arrays, Attribute, Layout, Lists, Texts, arrays_of, group_from
from allervers.engines.search._hours import Weeks
from allervers.engines.search._space import cell_ranges, cells

LAYOUT: Final = Layout(file="search.columns", magic=b"ALVSRCH1")


class Flag(IntFlag):
    """What is true of a service, in one byte."""

    REMOTE = 1
    ONLY_REMOTE = 2
    WALK_IN = 4
    BY_PROFESSIONAL = 8
    PHONE = 16


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows that have a place, by cell: those of `cells[i]` are the i-th list. Cells ascend."""

    cells: NDArray[np.int64]
    offsets: NDArray[np.int64]
    rows: NDArray[np.int32]

    def around(self, point: tuple[float, float], radius_m: int) -> NDArray[np.int32]:
        """All rows within `radius_m` metres of `point`, and some others near them."""
        found = [self.rows[:0]]
        for first, last in cell_ranges(point, radius_m):
            low, high = np.searchsorted(self.cells, [first, last + 1])
            found.append(self.rows[self.offsets[low] : self.offsets[high]])
        return np.concatenate(found)

    @classmethod
    def of(cls, places: NDArray[np.float64]) -> Self:
        """From latitudes and longitudes. Shapes: (rows, 2); nan is no place."""
        rows = np.flatnonzero(~np.isnan(places[:, 0]))
        where = cells(places[rows, 0], places[rows, 1])
        order = np.argsort(where, kind="stable")
        distinct, starts = np.unique(where[order], return_index=True)
        return cls(distinct, np.append(starts, len(rows)).astype(np.int64), rows[order].astype(np.int32))


@dataclass(frozen=True, slots=True)
class Needs:
    """Who answers what, and how well: points beside the rows of each need and of each category."""

    thematiques: Attribute
    categories: Attribute
    thematique_points: NDArray[np.int32]
    category_points: NDArray[np.int32]

    def answering(self, need: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The rows that answer `need`, a thematique or a whole category, and their points."""
        place = self.categories.values.find(need)
        if place is not None:
            return self.categories.rows[place], self.category_points[self.categories.rows.span(place)]
        place = self.thematiques.values.find(need)
        if place is not None:
            return self.thematiques.rows[place], self.thematique_points[self.thematiques.rows.span(place)]
        return self.thematiques.rows.items[:0], self.thematique_points[:0]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The inverted index: each word's rows, with the fields where it stands, and the words of each stem."""

    FIELDS: ClassVar = ("name", "acronym", "organisation", "description")
    """The field of each bit."""

    words: Texts
    rows: Lists
    bits: NDArray[np.uint8]
    stems: Texts
    of_stem: Lists


@dataclass(frozen=True, slots=True)
class Organisations:
    """The organisations that offer the services; `of_row` is the organisation of each service."""

    ids: Texts
    names: Texts
    of_row: NDArray[np.int32]
    services: NDArray[np.int32]
    words: Attribute
    acronyms: Attribute


@dataclass(frozen=True, slots=True)
class Columns:
    """Everything. Shapes: (rows,) unless a type of its own says otherwise."""

    ids: Texts
    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]
    flags: NDArray[np.uint8]
    confirmed: NDArray[np.int32]
    """Proleptic day number (`date.toordinal`), 0 for unknown."""
    hours: NDArray[np.int32]
    """Which of `hours_texts`, -1 for none."""
    hours_texts: Texts
    weeks: Weeks
    grid: Grid
    needs: Needs
    publics: Attribute
    frais: Attribute
    modes_accueil: Attribute
    zones: Attribute
    towns: Attribute
    sources: Attribute
    lexicon: Lexicon
    organisations: Organisations

    def __len__(self) -> int:
        return len(self.ids)

    def has(self, flag: Flag) -> NDArray[np.bool_]:
        """Shapes: (rows,)."""
        mask: NDArray[np.bool_] = (self.flags & flag) != 0
        return mask

    def arrays(self) -> Arrays:
        return arrays_of(self)

    @classmethod
    def read(cls, arrays: Arrays) -> "Columns":
        """Raises: KeyError when a column is missing."""
        return group_from(cls, arrays)


def category_of(thematique: str) -> str:
    """`mobilite--acceder-a-un-vehicule` → `mobilite`; a bare category is its own."""
    return thematique.partition("--")[0]
