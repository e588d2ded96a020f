"""Priority neighbourhoods in memory: in which one a point lies, and how far from a limit.

Two generations may be loaded: a question is answered by one of them, the latest unless another is asked for.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from shapely import Geometry

from allervers.territory.ground.projection import around
from allervers.territory.models import Neighbourhood
from allervers.territory.queries.ground import current_ground

KEPT_SECONDS = 1.0  # a running server sees within this time what a command has changed


@dataclass(frozen=True)
class Quarter:
    """A neighbourhood ready to be asked. `shape`: (longitude, latitude) in WGS84. `year`: 2015 or 2024."""

    code: str
    year: int
    name: str
    municipalities: tuple[str, ...]
    shape: Geometry = field(compare=False, repr=False)

    @cached_property
    def centre(self) -> tuple[float, float]:
        """(latitude, longitude) of a point that is surely inside."""
        point = shapely.point_on_surface(self.shape) if not self._holds_centroid else self.shape.centroid
        return point.y, point.x

    @property
    def _holds_centroid(self) -> bool:
        return bool(self.shape.contains(self.shape.centroid))

    def holds(self, latitude: float, longitude: float) -> bool:
        return bool(shapely.intersects_xy(self.shape, longitude, latitude))

    def distance_m(self, latitude: float, longitude: float) -> float:
        """Metres to the perimeter, 0 inside: measured in the plane that touches the ground at the point."""

        def plane(points: np.ndarray) -> np.ndarray:
            return around(points, longitude=longitude, latitude=latitude)

        return float(shapely.distance(shapely.transform(self.shape, plane), shapely.Point(0, 0)))


@dataclass(frozen=True, slots=True)
class Near:
    """The closest neighbourhood of a point. `distance_m`: metres to its limit, 0 inside."""

    quarter: Quarter
    distance_m: float


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    quarters: tuple[Quarter, ...]
    read_at: float


_kept: _Kept | None = None  # one reference, replaced whole: threads need no lock


def neighbourhoods(year: int | None = None) -> tuple[Quarter, ...]:
    """Those of one generation, by name: the latest loaded, or `year`'s. Looked up once a second."""
    every = _every()
    wanted = year or max((quarter.year for quarter in every), default=0)
    return tuple(quarter for quarter in every if quarter.year == wanted)


def neighbourhood(code: str) -> Quarter | None:
    """By its code, of either generation."""
    return next((quarter for quarter in _every() if quarter.code == code), None)


def neighbourhood_at(latitude: float, longitude: float, *, year: int | None = None) -> Quarter | None:
    """The one whose perimeter holds the point; on the line counts as inside."""
    return next((one for one in neighbourhoods(year) if one.holds(latitude, longitude)), None)


def nearest_neighbourhood(latitude: float, longitude: float, *, year: int | None = None) -> Near | None:
    """The one whose limit is closest, and how far."""
    return nearest_of(neighbourhoods(year), latitude, longitude)


def nearest_of(quarters: Sequence[Quarter], latitude: float, longitude: float) -> Near | None:
    nearest = [Near(one, one.distance_m(latitude, longitude)) for one in quarters]
    return min(nearest, key=lambda near: near.distance_m, default=None)


def forget_neighbourhoods() -> None:
    """Read them again next time: they have just changed."""
    global _kept
    _kept = None


def _every() -> tuple[Quarter, ...]:
    global _kept
    kept, now = _kept, time.monotonic()
    if kept is not None and now - kept.read_at <= KEPT_SECONDS:
        return kept.quarters
    ground = current_ground()
    version = ground.pk if ground else 0
    quarters = kept.quarters if kept is not None and kept.version == version else _read()
    _kept = _Kept(version, quarters, now)
    return quarters


def _read() -> tuple[Quarter, ...]:
    rows = sorted(Neighbourhood.objects.all(), key=lambda row: (-row.year, row.name, row.code))
    return tuple(_quarter(row) for row in rows)


def _quarter(row: Neighbourhood) -> Quarter:
    drawn = shapely.from_wkb(bytes(row.perimeter))
    shapely.prepare(drawn)
    return Quarter(row.code, row.year, row.name, tuple(row.municipalities), drawn)
