"""Extracts of OpenStreetMap: what is read, what is left, what is refused."""

import os
from pathlib import Path

import pytest

from allervers.engines.cartography import (
    Bounds,
    ExtractUnreadable,
    Rank,
    clip_extract,
    read_extract,
)
from tests.engines.cartography.towns import SOUTH, WEST, write_extract

RING = [(WEST, SOUTH), (WEST + 0.01, SOUTH), (WEST + 0.01, SOUTH + 0.01), (WEST, SOUTH)]
LINE = [(WEST, SOUTH), (WEST + 0.01, SOUTH)]
FAR = [(WEST + 1, SOUTH), (WEST + 1.01, SOUTH)]


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    return write_extract(
        tmp_path / "town.osm.pbf",
        [
            ({"highway": "primary", "name": "Avenue  du Lac "}, LINE),
            ({"highway": "footway"}, LINE),
            ({"highway": "platform"}, LINE),
            ({"waterway": "river"}, LINE),
            ({"natural": "water"}, RING),
            ({"leisure": "park"}, RING),
            ({"highway": "residential", "name": "Rue Loin"}, FAR),
        ],
    )


def test_streets_rivers_waters_and_parks_are_read(extract: Path) -> None:
    ground = read_extract(extract)

    assert [(street.name, street.rank) for street in ground.streets] == [
        ("Avenue du Lac", Rank.MAIN),
        ("", Rank.PATH),
        ("Rue Loin", Rank.STREET),
    ]
    assert (len(ground.rivers), len(ground.water), len(ground.parks)) == (1, 1, 1)


def test_bounds_leave_out_what_is_far(extract: Path) -> None:
    ground = read_extract(extract, bounds=Bounds(WEST, SOUTH - 0.01, WEST + 0.1, SOUTH + 0.1))

    assert [street.name for street in ground.streets] == ["Avenue du Lac", ""]


def test_a_clipped_extract_keeps_whole_ways_with_their_tags(extract: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.osm.pbf"

    ways = clip_extract(extract, kept, Bounds(WEST - 0.1, SOUTH - 0.1, WEST + 0.005, SOUTH + 0.1))

    assert ways == 6
    assert read_extract(kept).streets == read_extract(extract).streets[:2]


def test_where_all_ways_are_of_one_kind_names_and_lengths_tell_the_main_ones(tmp_path: Path) -> None:
    def way(name: str, length: float) -> tuple[dict[str, str], list[tuple[float, float]]]:
        return {"highway": "residential", "name": name}, [(WEST, SOUTH), (WEST + length, SOUTH)]

    path = write_extract(
        tmp_path / "flat.osm.pbf",
        [
            way("AV DU LAC", 0.02),
            way("Avenue courte", 0.002),
            way("Rue longue", 0.02),
            way("Imp X", 0.02),
            way("", 1),
        ],
    )

    assert [street.rank for street in read_extract(path).streets] == [
        Rank.MAIN,
        Rank.STREET,
        Rank.SECONDARY,
        Rank.SMALL,
        Rank.SMALL,
    ]


@pytest.mark.parametrize("content", [b"", b"not a map", os.urandom(5000), b"<osm version='0.6'></osm>"])
def test_what_is_no_extract_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "hostile.osm.pbf"
    path.write_bytes(content)

    with pytest.raises(ExtractUnreadable):
        read_extract(path)
    with pytest.raises(ExtractUnreadable):
        clip_extract(path, tmp_path / "kept.osm.pbf", Bounds(0, 0, 1, 1))


def test_a_cut_extract_is_refused(extract: Path) -> None:
    content = extract.read_bytes()
    extract.write_bytes(content[: len(content) * 2 // 3])

    with pytest.raises(ExtractUnreadable):
        read_extract(extract)
