"""What a map is made from: plain values in degrees of WGS84, longitude first."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

from shapely import LineString, MultiPolygon, Polygon

Surface: TypeAlias = Polygon | MultiPolygon


class Rank(IntEnum):
    """How wide a street is drawn, and how soon it is named."""

    MAIN = 0
    SECONDARY = 1
    STREET = 2
    SMALL = 3
    PATH = 4


@dataclass(frozen=True, slots=True)
class Street:
    """A way, or a piece of one; `name` may be empty."""

    line: LineString
    rank: Rank
    name: str = ""


@dataclass(frozen=True, slots=True)
class Perimeter:
    """A neighbourhood whose limit is drawn and whose name is written."""

    name: str
    shape: Surface


@dataclass(frozen=True, slots=True)
class Town:
    """A name written at a place, for the widest views."""

    name: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Ground:
    """All that is drawn. `limits`: of the municipalities, which stand out from what lies around."""

    streets: tuple[Street, ...] = ()
    rivers: tuple[LineString, ...] = ()
    water: tuple[Surface, ...] = ()
    parks: tuple[Surface, ...] = ()
    perimeters: tuple[Perimeter, ...] = ()
    limits: tuple[Surface, ...] = ()
    towns: tuple[Town, ...] = field(default=())

    @property
    def is_drawn(self) -> bool:
        """Something but names of towns."""
        return bool(self.streets or self.perimeters or self.limits or self.water or self.parks)

    @property
    def is_empty(self) -> bool:
        return not (self.is_drawn or self.towns)
