"""Distances on the WGS84 ellipsoid, by the chord between two points.

Points are kept as earth-centred coordinates: a chord costs three products, where a haversine costs four sines
for each row. From chord to arc, one correction with the mean radius: within 1 m of the geodesic at 50 km.
Source: EPSG Guidance Note 7-2, « geographic/geocentric conversions ».
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

SEMI_MAJOR_M: Final = 6_378_137.0
FLATTENING: Final = 1 / 298.257223563
ECCENTRICITY_2: Final = FLATTENING * (2 - FLATTENING)
MEAN_RADIUS_M: Final = 6_371_008.8
CELL_DEGREES: Final = 0.25
"""Degrees: cells of about 28 km × 19 km, a few dozen for 50 km."""
COLUMNS: Final = 2048
"""More than 360 / CELL_DEGREES, so that a cell is one number: row × COLUMNS + column."""


def earth_centred(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres from the centre of the Earth. Shapes: (n,) → (3, n); nan stays nan."""
    phi, lam = np.radians(latitudes), np.radians(longitudes)
    normal = SEMI_MAJOR_M / np.sqrt(1 - ECCENTRICITY_2 * np.sin(phi) ** 2)
    flat = normal * np.cos(phi)
    return np.stack((flat * np.cos(lam), flat * np.sin(lam), normal * (1 - ECCENTRICITY_2) * np.sin(phi)))


def metres(point: tuple[float, float], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """From `point` (degrees) to each of `places` (earth-centred). Shapes: (3, n) → (n,); nan stays nan."""
    here = earth_centred(np.array([point[0]]), np.array([point[1]]))
    apart = places - here
    chord = np.sqrt(np.einsum("ij,ij->j", apart, apart))
    arc: NDArray[np.float64] = 2 * MEAN_RADIUS_M * np.arcsin(np.minimum(chord / (2 * MEAN_RADIUS_M), 1))
    return arc


def cells(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.int64]:
    """The grid cell of each place; no coordinate may be nan. Shapes: (n,)."""
    rows = np.floor((latitudes + 90) / CELL_DEGREES).astype(np.int64)
    columns = np.floor((longitudes + 180) / CELL_DEGREES).astype(np.int64)
    return rows * COLUMNS + columns


def cell_ranges(point: tuple[float, float], radius_m: float) -> list[tuple[int, int]]:
    """Inclusive ranges of cells that hold every place within `radius_m` of `point`."""
    reach = (
        math.degrees(radius_m * 1.01 / MEAN_RADIUS_M) + 1e-6
    )  # the ellipsoid is up to 0.6 % from its sphere
    south, north = max(point[0] - reach, -90.0), min(point[0] + reach, 90.0)
    narrow = min(math.cos(math.radians(south)), math.cos(math.radians(north)))
    half = reach / narrow * 1.02 + 1e-6 if narrow > 0.02 and reach < 45 else 360.0
    west, east = point[1] - half, point[1] + half
    if west < -180 or east > 180:
        west, east = -180.0, 180.0
    first, last = (math.floor((edge + 90) / CELL_DEGREES) for edge in (south, north))
    left, right = (math.floor((edge + 180) / CELL_DEGREES) for edge in (west, east))
    return [(row * COLUMNS + left, row * COLUMNS + right) for row in range(first, last + 1)]
