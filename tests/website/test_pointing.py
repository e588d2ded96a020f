"""A point on the map, with script or without: touched twice, rounded in the address, never guessed."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from pytest_django.fixtures import Settings

from allervers.territory.queries.maps import current_map, forget_map
from allervers.website.pages.pointing import CLOSE_ZOOM, HEIGHT, WIDTH, frame_of
from tests.territory.drawn import draw_map
from tests.website.conftest import CARE, pairs
from tests.website.reading import read

CLOSE = f"{CLOSE_ZOOM}:43.632,3.822"


@pytest.fixture(autouse=True)
def own_ground(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.GROUND_FOLDER, settings.TILES_FOLDER = tmp_path / "ground", tmp_path / "tiles"
    forget_map()
    yield
    forget_map()


@pytest.fixture
def mapped(town: None) -> None:
    draw_map()


def touch(x: int, y: int, view: str) -> dict[str, str]:
    return {"point.x": str(x), "point.y": str(y), "vue": view}


def test_a_touched_point_is_the_place_it_shows_rounded(client: Client, mapped: None) -> None:
    x, y = (round(pixel) for pixel in frame_of(current_map(), CLOSE).pixel(43.63416, 3.81987))

    asked = client.post("/demande", {"image": "garde", **touch(x, y, CLOSE)})
    moved = client.post("/demande/lieu", {"besoin": CARE, "gratuit": "1", **touch(x, y, CLOSE)})

    place = [("lat", "43.634"), ("lon", "3.820")]
    assert pairs(asked["Location"]) == [("besoin", CARE), *place]
    assert pairs(moved["Location"]) == [("besoin", CARE), *place, ("gratuit", "1")]


def test_from_far_a_touch_comes_closer_around_it_and_keeps_the_question(client: Client, mapped: None) -> None:
    far = "11:43.632,3.822"

    page = client.post("/demande", {"mots": "une nounou", **touch(WIDTH // 2, HEIGHT // 2, far)})

    html = page.content.decode()
    assert read(page).h1 == "Votre endroit sur la carte"
    assert f'name="vue" value="{CLOSE}"' in html
    assert 'name="mots" value="une nounou"' in html


@pytest.mark.parametrize("point", [(0, 0), (WIDTH + 1, 5), (5, HEIGHT + 1)])
def test_the_key_on_the_picture_shows_no_place_and_says_what_to_do(
    client: Client, mapped: None, point: tuple[int, int]
) -> None:
    page = client.post("/demande", {"mots": "une nounou", **touch(*point, CLOSE)})

    assert read(page).h1 == "Où êtes-vous, à peu près ?"
    assert "Au clavier, choisissez plutôt un quartier ou un lieu." in read(page).words


def test_the_picture_is_drawn_in_the_size_that_is_touched(client: Client, mapped: None) -> None:
    html = client.post("/demande", {"mots": "une nounou", "sans_adresse": "1"}).content.decode()
    tag = re.search(r'<input class="point__picture"[^>]*>', html)
    assert tag
    address = tag[0].split('src="')[1].split('"')[0].replace("&amp;", "&")

    picture = Image.open(BytesIO(client.get(address).content))

    assert f'width="{WIDTH}" height="{HEIGHT}"' in tag[0]
    assert picture.size == (2 * WIDTH, 2 * HEIGHT)


@pytest.mark.parametrize("view", ["x", "14:", "14:99,3", "40:43.6,3.8", "14:nan,3.8", "14:1,2,3"])
def test_a_view_that_no_page_gives_is_refused(client: Client, mapped: None, view: str) -> None:
    address = f"/carte/{current_map().version}/clair/endroit.png"

    assert client.get(address, {"vue": view}).status_code == 400
    assert client.post("/demande", {"mots": "x", **touch(5, 5, view)}).status_code == 400


def test_without_a_map_no_picture_is_offered(client: Client, town: None) -> None:
    page = client.post("/demande", {"mots": "une nounou", "sans_adresse": "1"})

    assert 'type="image"' not in page.content.decode()
