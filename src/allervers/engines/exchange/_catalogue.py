"""An open catalogue: questions in, windows of rows and their bodies out."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from allervers.columns import FolderUnreadable, Texts, group_from
from allervers.engines.exchange._build import BODIES_FOLDER, SEARCHED_FOLDER
from allervers.engines.exchange._columns import BODIES, SEARCHED, Bodies, Searched, united
from allervers.engines.exchange._errors import CatalogueUnreadable
from allervers.engines.exchange._filters import Rows, passing, service_tests, structure_tests, zone_mask
from allervers.engines.exchange._query import Filters, Near
from allervers.engines.exchange._space import metres

REMOTE: Final = ("a-distance",)
ON_SITE: Final = ("en-presentiel",)
FAR: Final = 1 << 16
"""Kilometres: sorts after any distance; a row without one."""


@dataclass(frozen=True, slots=True)
class Window:
    """A page of a total order. `km`: whole kilometres of each row, -1 for null. `hundredths`: how well its
    name answers `q`, 0 to 100. Shapes: (rows,)."""

    total: int
    rows: Rows
    km: NDArray[np.int64]
    hundredths: NDArray[np.int64]


class Catalogue:
    """One immutable snapshot. Threads may ask it at the same time."""

    def __init__(self, searched: Searched, bodies: Bodies) -> None:
        self._structures, self._services = searched.structures, searched.services
        self._services_of = searched.services_of
        self._bodies = bodies
        self._service_bytes = memoryview(bodies.services.blob)  # type: ignore[arg-type]  # an array is a buffer
        self._structure_bytes = memoryview(bodies.structures.blob)  # type: ignore[arg-type]

    @classmethod
    def open(cls, folder: Path) -> "Catalogue":
        """Map the catalogue of `folder`; every byte is checked. Raises: CatalogueUnreadable."""
        try:
            searched = group_from(Searched, SEARCHED.read(folder / SEARCHED_FOLDER))
            return cls(searched, group_from(Bodies, BODIES.read(folder / BODIES_FOLDER)))
        except FolderUnreadable as error:
            raise CatalogueUnreadable(folder, error.reason) from error
        except (KeyError, TypeError, ValueError) as error:
            raise CatalogueUnreadable(folder, "columns are missing") from error

    @property
    def structure_count(self) -> int:
        return len(self._structures.ids)

    @property
    def service_count(self) -> int:
        return len(self._services.ids)

    @property
    def sources(self) -> list[str]:
        """Those that the records bear, ascending."""
        return sorted({*self._structures.sources.attribute.values, *self._services.sources.attribute.values})

    # Questions

    def structures(self, asked: Filters, *, offset: int, limit: int) -> Window:
        """By id; with `exclure_doublons` the best of each group (then the smallest id), by group."""
        rows = passing(structure_tests(self._structures, asked), self.structure_count)
        if asked.exclure_doublons:
            rows = self._best_of_groups(rows)
        return _window(rows, offset, limit)

    def services(self, asked: Filters, *, offset: int, limit: int) -> Window:
        """By id."""
        rows = passing(service_tests(self._services, asked), self.service_count)
        return _window(self._without_doubles(rows, asked), offset, limit)

    def search_services(self, asked: Filters, near: Near | None, *, offset: int, limit: int) -> Window:
        """What someone of `near.zones` may use, within the radius or at a distance: nearest first, then
        by id. Without `near`: everything, by id.
        """
        if near is None:
            return self.services(asked, offset=offset, limit=limit)
        columns = self._services
        rows = passing(service_tests(columns, asked), self.service_count)
        remote = rows[columns.modes_accueil.among(rows, REMOTE)]
        rows = united([self._around(rows, near), remote])
        rows = rows[zone_mask(columns, near.zones)[rows]]
        rows = self._without_doubles(rows, asked)
        apart = self._metres(rows, near)
        told = columns.modes_accueil.among(rows, ON_SITE) & (apart <= near.radius_km * 1000)
        km = np.where(told, np.rint(np.where(told, apart, 0) / 1000), -1).astype(np.int64)
        return _ordered(rows, km, offset, limit)

    def search(self, asked: Filters, near: Near | None, *, offset: int, limit: int) -> Window:
        """Full text and filters; with `near`, only what lies within its radius. Those whose name answers `q`
        first, then the nearest, then by id."""
        columns = self._services
        rows = passing(service_tests(columns, asked), self.service_count)
        if near is not None:
            rows = self._around(rows, near)
        rows = self._without_doubles(rows, asked)
        km = np.full(len(rows), -1, dtype=np.int64)
        if near is not None:
            km = np.rint(self._metres(rows, near) / 1000).astype(np.int64)
        if asked.q is None:
            return _ordered(rows, km, offset, limit)
        return _ordered(rows, km, offset, limit, hundredths=columns.names.shares(asked.q, rows))

    def structure_row(self, ident: str) -> int | None:
        return self._structures.ids.find(ident)

    def service_row(self, ident: str) -> int | None:
        return self._services.ids.find(ident)

    # Bodies: pieces of JSON, to be joined

    def service_pieces(self, row: int) -> tuple[memoryview | bytes, ...]:
        """A service."""
        begin = int(self._bodies.services.offsets[row])
        return self._service_bytes[begin : begin + int(self._bodies.service_cuts[row])], b"}"

    def detailed_service(self, row: int) -> memoryview:
        """A service with its structure."""
        return _piece(self._service_bytes, self._bodies.services, row)

    def listed_structure(self, row: int) -> memoryview:
        """A structure with its score and the ids of its duplicates."""
        return _piece(self._structure_bytes, self._bodies.structures, row)

    def detailed_structure(self, row: int) -> list[memoryview | bytes]:
        """A structure with its duplicates whole and its services."""
        begin = int(self._bodies.structures.offsets[row])
        certified = self._structure_bytes[begin : begin + int(self._bodies.structure_cuts[row, 1])]
        twins = [twin for twin in self._group_of(row) if twin != row]
        return [
            certified,
            b',"score_qualite":%s,"doublons":[' % str(float(self._structures.score[row])).encode(),
            *_listed(self._plain(twin) for twin in twins),
            b'],"services":[',
            *_listed(self.service_pieces(int(service)) for service in self._services_of[row]),
            b"]}",
        ]

    def _plain(self, row: int) -> tuple[memoryview | bytes, ...]:
        """The v1 fields of a structure alone."""
        begin = int(self._bodies.structures.offsets[row])
        return self._structure_bytes[begin : begin + int(self._bodies.structure_cuts[row, 0])], b"}"

    def _group_of(self, row: int) -> list[int]:
        return np.flatnonzero(self._structures.group == self._structures.group[row]).tolist()

    # Parts

    def _around(self, rows: Rows, near: Near) -> Rows:
        """Those of `rows` within the radius, ascending."""
        point, radius_m = (near.latitude, near.longitude), near.radius_km * 1000
        close = self._services.grid.around(point, radius_m)
        if 2 * len(close) < len(rows):  # fewer distances are worth a sort
            marked = np.zeros(self.service_count, dtype=np.bool_)
            marked[rows] = True
            rows = np.sort(close[marked[close]])
        kept: Rows = rows[self._metres(rows, near) <= radius_m]  # nan is within nothing
        return kept

    def _metres(self, rows: Rows, near: Near) -> NDArray[np.float64]:
        return metres((near.latitude, near.longitude), self._services.places[:, rows])

    def _without_doubles(self, rows: Rows, asked: Filters) -> Rows:
        if not asked.exclure_doublons:
            return rows
        owners = self._services.structure[rows]
        best = np.isin(owners, self._best_structures(united([owners], are_sorted=False)))
        kept: Rows = rows[best]
        return kept

    def _best_structures(self, structures: Rows) -> Rows:
        """Those with the best score, then the latest date, of their group; equals all stay."""
        group, score = self._structures.group[structures], self._structures.score[structures]
        date = self._structures.date_maj[structures]
        order = np.lexsort((-date, -score, group))
        ranked = structures[order]
        first = np.concatenate(([True], np.diff(group[order]) != 0)) if len(order) else np.zeros(0, bool)
        head = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
        same = (score[order] == score[order][head]) & (date[order] == date[order][head])
        kept: Rows = ranked[same]
        return kept

    def _best_of_groups(self, rows: Rows) -> Rows:
        best = np.sort(self._best_structures(rows))
        _groups, first = np.unique(self._structures.group[best], return_index=True)
        kept: Rows = best[first]
        return kept


def _window(rows: Rows, offset: int, limit: int) -> Window:
    page = rows[offset : offset + limit]
    none = np.zeros(len(page), dtype=np.int64)
    return Window(len(rows), page, none - 1, none)


def _ordered(
    rows: Rows, km: NDArray[np.int64], offset: int, limit: int, *, hundredths: NDArray[np.int64] | None = None
) -> Window:
    """`rows` ascend, so the row breaks ties as the id does."""
    if hundredths is None:
        hundredths = np.zeros(len(rows), dtype=np.int64)
    keys = ((100 - hundredths) << 50) + (np.where(km < 0, FAR, km) << 32) + np.arange(len(rows))
    end = offset + limit
    if end < len(rows):
        order = np.argpartition(keys, end)[:end]
        order = order[np.argsort(keys[order])]
    else:
        order = np.argsort(keys)
    page = order[offset:end]
    return Window(len(rows), rows[page], km[page], hundredths[page])


def _piece(whole: memoryview, texts: Texts, row: int) -> memoryview:
    return whole[int(texts.offsets[row]) : int(texts.offsets[row + 1])]


def _listed(items: Iterable[tuple[memoryview | bytes, ...]]) -> list[memoryview | bytes]:
    pieces: list[memoryview | bytes] = []
    for number, item in enumerate(items):
        if number:
            pieces.append(b",")
        pieces.extend(item)
    return pieces
