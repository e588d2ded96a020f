"""The Web Mercator plane: degrees to pixels of a zoom, pixels to tiles.

Source: EPSG:3857, in the pixels of tiles: x grows to the east, y to the south, the world is 512·2^z px wide.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

TILE_PX: Final = 512
"""CSS pixels: the side of a tile."""
GRAIN: Final = 16
"""Parts of a pixel that stored coordinates count in: finer than the eye, and zoom 17 fits in an int32."""
MAX_LATITUDE: Final = 85.0511
"""Degrees: where the square ends."""

Points = NDArray[np.float64]


def to_world(degrees: NDArray[Any]) -> Points:
    """Longitudes and latitudes to pixels of zoom 0. Shapes: (n, 2) → (n, 2)."""
    x = (degrees[:, 0] + 180.0) / 360.0
    sine = np.sin(np.radians(np.clip(degrees[:, 1], -MAX_LATITUDE, MAX_LATITUDE)))
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    return np.column_stack((x, y)) * TILE_PX


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Pixels of zoom 0 to (longitude, latitude)."""
    longitude = x / TILE_PX * 360.0 - 180.0
    latitude = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y / TILE_PX))))
    return longitude, float(latitude)


def tile_of(latitude: float, longitude: float, zoom: int) -> tuple[int, int]:
    """The x and y of the tile that holds a place."""
    x, y = to_world(np.array([[longitude, latitude]]))[0] * 2**zoom / TILE_PX
    return int(x), int(y)
