"""Perimeters: two projections, two generations, rings that cross themselves."""

import math
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from allervers.territory.ground.perimeters import read_perimeters
from allervers.territory.ground.projection import around, from_lambert93
from allervers.territory.ground.refusal import GroundRefused
from tests.territory.ground.files import BOW_TIE, LAMBERT, SQUARE, feature, perimeters


def lambert93(longitude: float, latitude: float) -> tuple[float, float]:
    """The projection forth, by the book (NT/G 71, ALG0001 and ALG0003): ours only goes back."""
    e, n, c = 0.0818191910428158, 0.7256077650532670, 11_754_255.426096
    phi = math.radians(latitude)
    slope = ((1 - e * math.sin(phi)) / (1 + e * math.sin(phi))) ** (e / 2)
    isometric = math.log(math.tan(math.pi / 4 + phi / 2) * slope)
    radius, turn = c * math.exp(-n * isometric), n * math.radians(longitude - 3)
    return 700_000 + radius * math.sin(turn), 12_655_612.049876 - radius * math.cos(turn)


@given(st.floats(-5, 9.5), st.floats(41, 51.2))
def test_lambert93_comes_back_to_degrees(longitude: float, latitude: float) -> None:
    back = from_lambert93(np.array([lambert93(longitude, latitude)]))

    assert back == pytest.approx(np.array([[longitude, latitude]]), abs=1e-9)


def test_the_origin_of_lambert93_is_where_ign_says() -> None:
    assert from_lambert93(np.array([[700_000.0, 6_600_000.0]])) == pytest.approx(np.array([[3.0, 46.5]]))


def test_metres_around_a_point_are_those_of_the_ellipsoid() -> None:
    """One minute of latitude at 45° is 1852.2 m; of longitude, 1314.1 m (WGS84)."""
    points = np.array([[3.0, 45.0 + 1 / 60], [3.0 + 1 / 60, 45.0]])

    north, east = around(points, longitude=3.0, latitude=45.0)

    assert (north[0], north[1]) == (0, pytest.approx(1852.2, abs=0.2))
    assert (east[0], east[1]) == (pytest.approx(1314.1, abs=0.2), 0)


def test_a_perimeter_is_read_with_its_generation(tmp_path: Path) -> None:
    file = perimeters(tmp_path / "q.geojson", feature(), feature("QN03405M", lib_qp="x", nom_qp="LA MOSSON"))

    first, second = read_perimeters(file).found

    assert (first.code, first.year, first.name, first.towns) == ("QP034005", 2015, "Mosson", ("34172",))
    assert (second.code, second.year, second.name) == ("QN03405M", 2024, "La Mosson")
    assert first.shape.equals(shapely.Polygon(SQUARE))


@pytest.mark.parametrize(
    "crs", [None, {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}]
)
def test_lambert93_is_known_by_its_name_or_its_numbers(tmp_path: Path, crs: object) -> None:
    file = perimeters(tmp_path / "q.geojson", feature(ring=LAMBERT), crs=crs)

    shape = read_perimeters(file).found[0].shape

    assert shape.bounds == pytest.approx((3.8669, 43.6156, 3.8795, 43.6247), abs=0.001)


def test_a_ring_that_crosses_itself_is_mended_and_said(tmp_path: Path) -> None:
    read = read_perimeters(perimeters(tmp_path / "q.geojson", feature(ring=BOW_TIE)))

    assert read.found[0].shape.is_valid
    assert read.found[0].shape.area == pytest.approx(0.01 * 0.01 / 2)
    assert read.notes == ("Le périmètre de Mosson (QP034005) se croisait lui-même : il a été réparé.",)


def test_what_is_no_perimeter_is_left_out_and_said(tmp_path: Path) -> None:
    bad = [
        feature("Q0340"),
        feature("QP034006", ring=[[0, 0]], kind="Point"),
        feature("QP034007", ring=[[3.8, 43.6], [3.9, 43.7], [3.8, 43.6], [3.8, 43.6]]),
        feature("QP034008", ring=[[2e9, 3e9], [2e9, 4e9], [3e9, 4e9], [2e9, 3e9]]),
        feature("QP034005"),
    ]

    read = read_perimeters(perimeters(tmp_path / "q.geojson", feature(), *bad))

    assert [one.code for one in read.found] == ["QP034005"]
    assert [note.partition(" : ")[0] for note in read.notes] == [
        f"Périmètre {number} laissé de côté" for number in range(2, 7)
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"\xff\xfe", b'{"features": []}', b'{"features": [null, 3, {}]}', b"{" * 9000],
)
def test_a_file_without_perimeters_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "q.geojson").write_bytes(content)

    with pytest.raises(GroundRefused) as refused:
        read_perimeters(tmp_path / "q.geojson")

    assert refused.value.sentence.startswith("« q.geojson »")
