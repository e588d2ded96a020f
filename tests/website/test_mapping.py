"""The map beside the answers: pins that match the list, tiles, and a picture for who has no script."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from pytest_django.fixtures import Settings

from allervers.territory.queries.maps import forget_map
from allervers.territory.tiles import sweep
from allervers.website.pages.mapping import Numbered, grouped
from tests.territory.drawn import VERSION, draw_map
from tests.website.conftest import CARE, HOME

TILE = f"/carte/{VERSION}-1/clair/1/14/8366/5976.png"


@pytest.fixture(autouse=True)
def own_ground(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.GROUND_FOLDER, settings.TILES_FOLDER = tmp_path / "ground", tmp_path / "tiles"
    forget_map()
    yield
    forget_map()


@pytest.fixture
def mapped(town: None) -> None:
    draw_map()


def test_the_list_bears_the_numbers_of_the_map(client: Client, mapped: None) -> None:
    html = client.get(f"/recherche?besoin={CARE}&{HOME}").content.decode()

    assert [f'data-pin="{number}"' in html for number in (1, 10, 11)] == [True, True, False]
    assert 'id="carte"' in html
    assert 'href="https://www.openstreetmap.org/copyright"' in html


def test_the_rest_of_the_list_goes_on_counting(client: Client, mapped: None) -> None:
    html = client.get(f"/recherche?besoin={CARE}&{HOME}&page=2").content.decode()

    assert 'data-pin="11"' in html
    assert 'data-pin="10"' not in html


def test_without_a_ground_there_is_no_map(client: Client, town: None) -> None:
    html = client.get(f"/recherche?besoin={CARE}&{HOME}").content.decode()

    assert 'id="carte"' not in html
    assert "data-pin" not in html
    assert client.get(TILE).status_code == 404


def test_the_picture_without_script_is_a_picture_in_both_themes(client: Client, mapped: None) -> None:
    html = client.get(f"/recherche?besoin={CARE}&{HOME}").content.decode()
    frame = html.split("<noscript>")[1].split("</noscript>")[0].replace("&amp;", "&")

    for address in (frame.split('srcset="')[1].split('"')[0], frame.split('src="')[1].split('"')[0]):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert Image.open(BytesIO(answer.content)).size == (800, 880)


def test_a_tile_is_kept_and_may_be_kept_by_browsers(client: Client, mapped: None, tmp_path: Path) -> None:
    first, again = client.get(TILE), client.get(TILE)

    assert first.content == again.content
    assert "immutable" in first["Cache-Control"]
    assert "max-age=31536000" in first["Cache-Control"]
    assert [path.name for path in (tmp_path / "tiles").rglob("*.png")] == ["5976.png"]


def test_a_tile_of_a_former_map_leads_to_the_new_one(client: Client, mapped: None) -> None:
    answer = client.get(TILE.replace(VERSION, "20250101T000000-00000000"))

    assert (answer.status_code, answer["Location"]) == (302, TILE)


@pytest.mark.parametrize(
    "part", [("clair", "vert"), ("/1/14/", "/3/14/"), ("/14/", "/31/"), ("8366", "99999999")]
)
def test_a_tile_that_cannot_be_is_not_found(client: Client, mapped: None, part: tuple[str, str]) -> None:
    assert client.get(TILE.replace(*part)).status_code == 404


@pytest.mark.parametrize(
    "query", ["", "p=1:nan,3", "p=1:43.6", "p=1:43.6,3.8,2", "p=1:99,3", "p=une-longue-inscription:43.6,3.8"]
)
def test_a_picture_that_cannot_be_is_refused(client: Client, mapped: None, query: str) -> None:
    assert client.get(f"/carte/{VERSION}-1/clair.png?{query}").status_code == 400


def test_answers_that_share_a_place_share_a_pin() -> None:
    def at(number: int, latitude: str) -> Numbered:
        return Numbered(number, latitude, "3.80000")

    pins = [
        at(1, "43.60000"),
        at(2, "43.61000"),
        at(3, "43.60000"),
        *(at(n, "43.62000") for n in range(4, 8)),
    ]

    assert grouped(pins) == {
        "43.60000,3.80000": "1, 3",
        "43.61000,3.80000": "2",
        "43.62000,3.80000": "4 … 7",
    }


def test_a_sweep_keeps_the_tiles_drawn_last_within_the_bound(tmp_path: Path) -> None:
    for number in range(10):
        path = tmp_path / "now" / f"{number}.png"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes(100))
        os.utime(path, ns=(number, number))
    (tmp_path / "former").mkdir()
    (tmp_path / "former" / "0.png").write_bytes(b"x")

    sweep(tmp_path, "now", most_bytes=500)

    assert sorted(path.name for path in tmp_path.rglob("*.png")) == ["6.png", "7.png", "8.png", "9.png"]


def test_addresses_of_pictures_hold_the_rounded_place_alone(client: Client, mapped: None) -> None:
    html = client.get(f"/recherche?besoin={CARE}&lat=43.63216&lon=3.82249").content.decode()

    assert "ici=43.632%2C3.822" in html
    assert "43.63216" not in html.split('id="carte"')[1].split("</section>")[0]
