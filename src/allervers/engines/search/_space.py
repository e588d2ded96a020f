"""Places: distances on the sphere, and a grid to look only near the person."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

EARTH_M: Final = 6_371_008.8
"""Metres: mean radius (IUGG)."""
CELL_DEGREES: Final = 0.05
"""Degrees: cells of about 5.5 km × 4 km in France, a few dozen for the usual radius."""
COLUMNS: Final = 8192
"""More than 360 / CELL_DEGREES, so that a cell is one number: row × COLUMNS + column."""


def on_earth(latitude: float | None, longitude: float | None) -> bool:
    """True for finite coordinates within the usual bounds, in degrees."""
    if latitude is None or longitude is None:
        return False
    return -90 <= latitude <= 90 and -180 <= longitude <= 180


def distances_m(
    point: tuple[float, float], latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Whole metres from `point` (haversine); -1 where a coordinate is nan. Shapes: (n,)."""
    here, there = np.radians(point[0]), np.radians(latitudes)
    across = np.sin(np.radians(longitudes - point[1]) / 2) ** 2
    chord = np.sin((there - here) / 2) ** 2 + np.cos(here) * np.cos(there) * across
    metres = np.rint(2 * EARTH_M * np.arcsin(np.sqrt(np.clip(chord, 0, 1))))
    return np.where(np.isnan(metres), -1, metres).astype(np.int64)


def cells(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.int64]:
    """The grid cell of each place; no coordinate may be nan. Shapes: (n,)."""
    rows = np.floor((latitudes + 90) / CELL_DEGREES).astype(np.int64)
    columns = np.floor((longitudes + 180) / CELL_DEGREES).astype(np.int64)
    return rows * COLUMNS + columns


def cell_ranges(point: tuple[float, float], radius_m: int) -> list[tuple[int, int]]:
    """Inclusive ranges of cells that hold every place within `radius_m` of `point`."""
    reach = math.degrees((radius_m + 1) / EARTH_M)
    south, north = max(point[0] - reach, -90.0), min(point[0] + reach, 90.0)
    west, east = _longitudes(point[1], reach, south=south, north=north)
    first, last = (math.floor((edge + 90) / CELL_DEGREES) for edge in (south, north))
    left, right = (math.floor((edge + 180) / CELL_DEGREES) for edge in (west, east))
    return [(row * COLUMNS + left, row * COLUMNS + right) for row in range(first, last + 1)]


def _longitudes(longitude: float, reach: float, *, south: float, north: float) -> tuple[float, float]:
    """West and east edges; the whole turn near the poles and across the 180th meridian."""
    narrow = min(math.cos(math.radians(south)), math.cos(math.radians(north)))
    sine = math.sin(math.radians(min(reach, 90.0)))
    if narrow <= sine:
        return -180.0, 180.0
    # The widest point of a circle on a sphere: asin(sin r / cos latitude), a little more at the box's edge.
    half = math.degrees(math.asin(sine / narrow))
    if longitude - half < -180 or longitude + half > 180:
        return -180.0, 180.0
    return longitude - half, longitude + half
