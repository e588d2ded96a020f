"""Lambert-93 (EPSG:2154) to degrees, and metres around a point: no library of projections for two formulas.

Source: IGN, NT/G 71, algorithms ALG0002 and ALG0004; RGF93 is WGS84 within a metre.
"""

import math

import numpy as np
from numpy.typing import NDArray

_N = 0.7256077650532670  # exponent of the projection
_C = 11_754_255.426096  # metres
_XS, _YS = 700_000.0, 12_655_612.049876  # metres: the pole in the plane
_E = 0.0818191910428158  # first eccentricity of GRS80
_LON0 = math.radians(3.0)
_PRECISION = 1e-11  # radians, a tenth of a millimetre
X_BOUNDS, Y_BOUNDS = (0.0, 1_300_000.0), (6_000_000.0, 7_200_000.0)  # metres: mainland and Corsica

_A, _E2 = 6_378_137.0, 0.00669437999014  # metres, WGS84


def from_lambert93(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(x, y) in metres to (longitude, latitude) in degrees. Shapes: (n, 2) → (n, 2)."""
    dx, dy = points[:, 0] - _XS, points[:, 1] - _YS
    longitudes = _LON0 + np.arctan(-dx / dy) / _N
    isometric = -np.log(np.hypot(dx, dy) / _C) / _N
    return np.degrees(np.column_stack((longitudes, _latitudes(isometric))))


def _latitudes(isometric: NDArray[np.float64]) -> NDArray[np.float64]:
    """ALG0002: the latitude of an isometric latitude, by fixed point."""
    found = 2 * np.arctan(np.exp(isometric)) - math.pi / 2
    while True:
        sine = _E * np.sin(found)
        better = 2 * np.arctan(((1 + sine) / (1 - sine)) ** (_E / 2) * np.exp(isometric)) - math.pi / 2
        if not np.any(np.abs(better - found) > _PRECISION):  # nan never moves
            return np.asarray(better)
        found = better


def in_lambert93(x: float, y: float) -> bool:
    return X_BOUNDS[0] <= x <= X_BOUNDS[1] and Y_BOUNDS[0] <= y <= Y_BOUNDS[1]


def around(points: NDArray[np.float64], *, longitude: float, latitude: float) -> NDArray[np.float64]:
    """(longitude, latitude) in degrees to metres east and north of a point. Shapes: (n, 2) → (n, 2).

    The plane that touches the ellipsoid there: within 0.1 % up to 20 km.
    """
    sine = math.sin(math.radians(latitude))
    curvature = 1 - _E2 * sine * sine
    north = _A * (1 - _E2) / curvature**1.5
    east = _A / math.sqrt(curvature) * math.cos(math.radians(latitude))
    return np.asarray(np.radians(points - np.array((longitude, latitude))) * np.array((east, north)))
