"""Distances against Vincenty's inverse formula on the same ellipsoid."""

import math
from typing import Final

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from allervers.engines.exchange._space import cell_ranges, cells, earth_centred, metres

A: Final = 6_378_137.0
F: Final = 1 / 298.257223563
B: Final = A * (1 - F)

LATITUDES, LONGITUDES = st.floats(-60, 70), st.floats(-179, 179)


def vincenty(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Metres. Source: Vincenty 1975, Survey Review 23."""
    if here == there:
        return 0.0
    u1, u2 = (math.atan((1 - F) * math.tan(math.radians(p[0]))) for p in (here, there))
    apart = lam = math.radians(there[1] - here[1])
    for _step in range(200):
        sin_s = math.hypot(
            math.cos(u2) * math.sin(lam),
            math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam),
        )
        if sin_s == 0:
            return 0.0
        cos_s = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        sigma = math.atan2(sin_s, cos_s)
        sin_a = math.cos(u1) * math.cos(u2) * math.sin(lam) / sin_s
        cos2_a = 1 - sin_a**2
        cos_2m = cos_s - 2 * math.sin(u1) * math.sin(u2) / cos2_a if cos2_a else 0.0
        c = F / 16 * cos2_a * (4 + F * (4 - 3 * cos2_a))
        before = lam
        lam = apart + (1 - c) * F * sin_a * (sigma + c * sin_s * (cos_2m + c * cos_s * (2 * cos_2m**2 - 1)))
        if abs(lam - before) < 1e-12:
            break
    u_2 = cos2_a * (A**2 - B**2) / B**2
    big_a = 1 + u_2 / 16384 * (4096 + u_2 * (-768 + u_2 * (320 - 175 * u_2)))
    big_b = u_2 / 1024 * (256 + u_2 * (-128 + u_2 * (74 - 47 * u_2)))
    delta = cos_s * (2 * cos_2m**2 - 1) - big_b / 6 * cos_2m * (4 * sin_s**2 - 3) * (4 * cos_2m**2 - 3)
    return B * big_a * (sigma - big_b * sin_s * (cos_2m + big_b / 4 * delta))


@given(LATITUDES, LONGITUDES, st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))
def test_within_a_metre_of_the_geodesic_nearby(lat: float, lon: float, up: float, right: float) -> None:
    there = (lat + up, lon + right)
    found = metres((lat, lon), earth_centred(np.array([there[0]]), np.array([there[1]])))[0]

    assert abs(found - vincenty((lat, lon), there)) < 1


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES, st.sampled_from((500, 50_000, 400_000)))
def test_cells_hold_every_place_within_the_radius(
    lat: float, lon: float, lat2: float, lon2: float, radius: int
) -> None:
    cell = int(cells(np.array([lat2]), np.array([lon2]))[0])
    apart = metres((lat, lon), earth_centred(np.array([lat2]), np.array([lon2])))[0]

    looked_at = any(first <= cell <= last for first, last in cell_ranges((lat, lon), radius))
    assert looked_at or apart > radius
