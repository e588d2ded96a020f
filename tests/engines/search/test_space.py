"""The grid never loses a place within the radius."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from allervers.engines.search._columns import Grid
from allervers.engines.search._space import distances_m

latitudes = st.floats(-90, 90) | st.sampled_from([90.0, -90.0, 0.0, 43.65, 89.999])
longitudes = st.floats(-180, 180) | st.sampled_from([180.0, -180.0, 0.0, 3.85, 179.999])
points = st.tuples(latitudes, longitudes)
radii = st.integers(0, 3_000_000) | st.sampled_from([0, 500, 50_000, 20_100_000])


@st.composite
def around(draw: st.DrawFn) -> tuple[tuple[float, float], list[tuple[float, float]]]:
    """A point, and places many of which are near it."""
    here = draw(points)
    step = st.floats(-0.6, 0.6)
    near = st.tuples(step, step).map(lambda off: (clip(here[0] + off[0], 90), turned(here[1] + off[1])))
    return here, draw(st.lists(near | points, max_size=30))


def clip(degrees: float, most: float) -> float:
    return max(-most, min(most, degrees))


def turned(longitude: float) -> float:
    return longitude - 360 if longitude > 180 else longitude + 360 if longitude < -180 else longitude


@given(around(), radii)
def test_the_grid_holds_every_place_within_the_radius(
    town: tuple[tuple[float, float], list[tuple[float, float]]], radius_m: int
) -> None:
    here, places = town
    array = np.array(places, dtype=np.float64).reshape(len(places), 2)

    near = Grid.of(array).around(here, radius_m).tolist()

    within = np.flatnonzero(distances_m(here, array[:, 0], array[:, 1]) <= radius_m).tolist()
    assert len(near) == len(set(near))
    assert set(within) <= set(near)


def test_the_grid_leaves_the_rest_of_the_country_alone() -> None:
    places = np.array([(43.6, 3.9), (43.7, 3.8), (48.85, 2.35), (np.nan, np.nan), (-20.9, 55.45)])

    assert sorted(Grid.of(places).around((43.632, 3.822), 50_000).tolist()) == [0, 1]


def test_distances_of_known_places() -> None:
    """Paris to Montpellier (by the chord of unit vectors), a degree of the equator, the poles, no place."""
    paris, equator, pole = (48.8566, 2.3522), (0.0, 0.0), (90.0, 0.0)

    assert distances_m(paris, np.array([43.6108]), np.array([3.8767])).tolist() == [594_941]
    assert distances_m(equator, np.array([0.0, 0.0]), np.array([1.0, np.nan])).tolist() == [111_195, -1]
    assert distances_m(pole, np.array([-90.0, 90.0]), np.array([7.0, 9.0])).tolist() == [20_015_114, 0]
