"""The rectangle of a picture: from degrees to its pixels, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely import Polygon

from allervers.engines.cartography._errors import BadFrame
from allervers.engines.cartography._plane import MAX_LATITUDE, TILE_PX, to_degrees, to_world
from allervers.engines.cartography._styles import FIRST_ZOOM, LAST_ZOOM

MOST_PX: Final = 4096
"""Pixels of a side: a poster in A2 at 170 dpi; beyond, a wish to fill the memory."""
NEAREST_ZOOM: Final = 15
"""Around one place alone: about 900 m across 512 px, the streets are named."""

Place = tuple[float, float]
"""(latitude, longitude) in WGS84 degrees."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle in degrees. Raises: BadFrame where it is empty or out of the world."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        if not (-180 <= self.west < self.east <= 180 and -90 <= self.south < self.north <= 90):
            raise BadFrame(f"{self.west},{self.south},{self.east},{self.north}")

    @property
    def polygon(self) -> Polygon:
        return shapely.box(self.west, self.south, self.east, self.north)


@dataclass(frozen=True, slots=True)
class Frame:
    """`width` × `height` CSS pixels of `zoom`; `left`, `top`: its upper left corner in that zoom's plane."""

    zoom: int
    left: float
    top: float
    width: int
    height: int

    def __post_init__(self) -> None:
        if not FIRST_ZOOM <= self.zoom <= LAST_ZOOM:
            raise BadFrame(f"zoom {self.zoom}")
        if not (0 < self.width <= MOST_PX and 0 < self.height <= MOST_PX):
            raise BadFrame(f"{self.width} × {self.height} px")

    @classmethod
    def tile(cls, zoom: int, x: int, y: int) -> "Frame":
        """The frame of a tile. Raises: BadFrame."""
        if not (FIRST_ZOOM <= zoom <= LAST_ZOOM and 0 <= x < 2**zoom and 0 <= y < 2**zoom):
            raise BadFrame(f"tile {zoom}/{x}/{y}")
        return cls(zoom, x * TILE_PX, y * TILE_PX, TILE_PX, TILE_PX)

    @classmethod
    def centred(cls, place: Place, *, zoom: int, width: int, height: int) -> "Frame":
        x, y = _world([place])[0] * 2.0**zoom
        return cls(zoom, round(x - width / 2), round(y - height / 2), width, height)

    @classmethod
    def around(
        cls, places: Sequence[Place], *, width: int, height: int, margin: int = 0, nearest: int = NEAREST_ZOOM
    ) -> "Frame":
        """The closest view that holds all `places`, `margin` px from the border. Raises: BadFrame for none.

        Places too far apart for the widest zoom are seen as far as it goes, from their middle.
        """
        if not places:
            raise BadFrame("no place")
        world = _world(places)
        low, high = world.min(axis=0), world.max(axis=0)
        room = np.array([max(width - 2 * margin, 1), max(height - 2 * margin, 1)])
        zoom = nearest
        while zoom > FIRST_ZOOM and bool(np.any((high - low) * 2.0**zoom > room)):
            zoom -= 1
        x, y = (low + high) / 2 * 2.0**zoom
        return cls(zoom, round(x - width / 2), round(y - height / 2), width, height)

    def pixel(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a place is in the picture, in CSS pixels from its upper left corner; it may lie outside."""
        x, y = _world([(latitude, longitude)])[0] * 2.0**self.zoom
        return float(x - self.left), float(y - self.top)

    def place(self, x: float, y: float) -> Place:
        """Which place a pixel shows."""
        longitude, latitude = to_degrees((self.left + x) / 2.0**self.zoom, (self.top + y) / 2.0**self.zoom)
        return latitude, longitude

    @property
    def tiles(self) -> list[tuple[int, int]]:
        """The tiles that the frame touches."""
        xs = range(int(self.left // TILE_PX), int((self.left + self.width - 1) // TILE_PX) + 1)
        ys = range(int(self.top // TILE_PX), int((self.top + self.height - 1) // TILE_PX) + 1)
        return [(x, y) for x in xs for y in ys]


def _world(places: Sequence[Place]) -> np.ndarray:
    for latitude, longitude in places:
        if not (-MAX_LATITUDE <= latitude <= MAX_LATITUDE and -180 <= longitude <= 180):  # refuses NaN too
            raise BadFrame(f"{latitude}, {longitude}")
    return to_world(np.array([(longitude, latitude) for latitude, longitude in places]))
