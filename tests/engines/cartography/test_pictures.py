"""Tiles and pictures: same bytes, seams that match, pins inside, frames that cannot be."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from allervers.engines.cartography import (
    DARK,
    FIRST_ZOOM,
    LAST_ZOOM,
    LIGHT,
    Area,
    Atlas,
    AtlasUnreadable,
    BadFrame,
    FolderTaken,
    Frame,
    Ground,
    NothingDrawn,
    Pin,
    Town,
    build,
    tile_of,
)
from tests.engines.cartography.towns import SOUTH, WEST, crossing_town, square

PLACES = st.tuples(st.floats(43.55, 43.75), st.floats(3.7, 4.0))


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    folder = tmp_path_factory.mktemp("map") / "built"
    build(crossing_town(), folder)
    return Atlas.open(folder)


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(png)).convert("RGB")).astype(int)


def colour(text: str) -> list[int]:
    return list(bytes.fromhex(text[1:]))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("sharpness", [1, 2])
def test_a_tile_has_its_size_and_its_few_colours(atlas: Atlas, theme, sharpness: int) -> None:
    x, y = tile_of(SOUTH + 0.01, WEST + 0.02, 14)

    image = Image.open(BytesIO(atlas.tile(14, x, y, theme=theme, sharpness=sharpness)))

    assert (image.size, image.mode) == ((512 * sharpness, 512 * sharpness), "P")
    assert len(image.getcolors()) <= 16
    assert "OpenStreetMap" in image.text["Copyright"]


def test_the_same_ground_gives_the_same_bytes(atlas: Atlas, tmp_path: Path) -> None:
    build(crossing_town(), tmp_path / "again")
    again = Atlas.open(tmp_path / "again")

    for zoom in range(FIRST_ZOOM, LAST_ZOOM + 1):
        x, y = tile_of(SOUTH + 0.01, WEST + 0.02, zoom)
        assert again.tile(zoom, x, y, theme=LIGHT) == atlas.tile(zoom, x, y, theme=LIGHT)


@pytest.mark.parametrize("zoom", range(FIRST_ZOOM, LAST_ZOOM + 1))
def test_what_crosses_two_tiles_goes_on_from_one_to_the_other(atlas: Atlas, zoom: int) -> None:
    """Both tiles are halves of one picture: streets, dashes and names alike."""
    x, y = tile_of(SOUTH + 0.01, WEST + 0.03, zoom)
    whole = pixels(atlas.picture(Frame(zoom, x * 512, y * 512, 1024, 512), theme=LIGHT))

    halves = [pixels(atlas.tile(zoom, x + step, y, theme=LIGHT)) for step in (0, 1)]

    assert (np.hstack(halves) == whole).all()


def test_an_avenue_is_white_on_the_ground_of_its_neighbourhood(atlas: Atlas) -> None:
    frame = Frame.centred((SOUTH + 0.01, WEST + 0.035), zoom=16, width=200, height=200)

    picture = pixels(atlas.picture(frame, theme=LIGHT))

    assert picture[100, 5].tolist() == colour(LIGHT.main)
    assert picture[10, 5].tolist() == colour(LIGHT.perimeter)


def test_a_lake_hides_the_ground_and_what_is_beyond_the_limits_is_apart(atlas: Atlas) -> None:
    lake = Frame.centred((SOUTH + 0.02, WEST + 0.025), zoom=16, width=20, height=20)
    away = Frame.centred((SOUTH - 0.05, WEST - 0.05), zoom=16, width=20, height=20)

    assert pixels(atlas.picture(lake, theme=LIGHT))[10, 10].tolist() == colour(LIGHT.water)
    assert pixels(atlas.picture(away, theme=LIGHT))[10, 10].tolist() == colour(LIGHT.around)


@given(places=st.lists(PLACES, min_size=1, max_size=20))
def test_every_place_is_inside_its_frame(places: list[tuple[float, float]]) -> None:
    frame = Frame.around(places, width=400, height=440, margin=56)

    for place in places:
        x, y = frame.pixel(*place)
        assert 55 <= x <= 345
        assert 55 <= y <= 385


@given(place=PLACES, zoom=st.integers(FIRST_ZOOM, LAST_ZOOM))
def test_a_pixel_and_its_place_answer_each_other(place: tuple[float, float], zoom: int) -> None:
    frame = Frame.centred(place, zoom=zoom, width=300, height=200)

    assert frame.place(*frame.pixel(*place)) == pytest.approx(place, abs=1e-7)
    assert frame.pixel(*place) == pytest.approx((150, 100), abs=1)


def test_a_pin_is_drawn_at_its_place_over_all(atlas: Atlas) -> None:
    frame = Frame.centred((SOUTH + 0.01, WEST + 0.02), zoom=15, width=300, height=300)
    pin = Pin(SOUTH + 0.01, WEST + 0.02, "3, 7")

    bare, pinned = (pixels(atlas.picture(frame, theme=LIGHT, pins=pins)) for pins in ((), (pin,)))

    changed = np.argwhere((np.abs(bare - pinned) > 60).any(axis=2))
    top, left = changed.min(axis=0)
    bottom, right = changed.max(axis=0)
    assert 105 <= top < bottom <= 152
    assert (left + right) / 2 == pytest.approx(150, abs=2)


def test_an_area_tints_what_it_covers(atlas: Atlas) -> None:
    frame = Frame.centred((SOUTH - 0.004, WEST - 0.004), zoom=14, width=100, height=100)
    area = Area(square(WEST - 0.009, SOUTH - 0.009, 0.01), "#ff0000", opacity=0.5)

    bare, tinted = (pixels(atlas.picture(frame, theme=LIGHT, areas=areas)) for areas in ((), (area,)))

    assert tinted[50, 50, 1] < bare[50, 50, 1] - 40


def test_towns_alone_make_a_map(tmp_path: Path) -> None:
    build(Ground(towns=(Town("Rivelaine", WEST, SOUTH),)), tmp_path / "map")
    atlas = Atlas.open(tmp_path / "map")

    assert atlas.tile(11, *tile_of(SOUTH, WEST, 11), theme=LIGHT) != atlas.tile(11, 0, 0, theme=LIGHT)
    assert atlas.bounds.south < SOUTH < atlas.bounds.north


def test_nothing_makes_no_map(tmp_path: Path) -> None:
    with pytest.raises(NothingDrawn):
        build(Ground(), tmp_path / "map")

    assert list(tmp_path.iterdir()) == []


def test_a_build_never_writes_over_another(tmp_path: Path) -> None:
    build(crossing_town(), tmp_path / "map")

    with pytest.raises(FolderTaken):
        build(crossing_town(), tmp_path / "map")


def test_a_cut_map_is_refused(tmp_path: Path) -> None:
    build(crossing_town(), tmp_path / "map")
    file = next((tmp_path / "map").iterdir())
    file.write_bytes(file.read_bytes()[:-100])

    with pytest.raises(AtlasUnreadable):
        Atlas.open(tmp_path / "map")


@pytest.mark.parametrize(
    "tile", [(FIRST_ZOOM - 1, 0, 0), (LAST_ZOOM + 1, 0, 0), (12, 4096, 0), (12, 0, 4096), (12, -1, 0)]
)
def test_a_tile_of_no_world_is_refused(atlas: Atlas, tile: tuple[int, int, int]) -> None:
    with pytest.raises(BadFrame):
        atlas.tile(*tile, theme=LIGHT)


@pytest.mark.parametrize("place", [(float("nan"), 3.8), (91.0, 3.8), (43.6, 181.0)])
def test_a_place_out_of_the_world_is_refused(place: tuple[float, float]) -> None:
    with pytest.raises(BadFrame):
        Frame.around([place], width=10, height=10)
