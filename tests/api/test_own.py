"""What people get on the site, asked by programs: the objects of the command line, or a sentence."""

import logging
from collections.abc import Callable
from typing import Any

import orjson
import pytest
import shapely
from django.test import Client

from allervers.api.limits import Limits
from allervers.api.views import own
from allervers.territory.models import Neighbourhood, Territory
from allervers.territory.queries.neighbourhoods import forget_neighbourhoods
from tests.factories import NOW

Post = Callable[..., tuple[int, Any]]
SECRET = "zzqxj mon secret"


@pytest.fixture
def post(directory: None, client: Client) -> Post:
    """`post("find", {...})` → (status, JSON). Bytes go as they are."""

    def post(name: str, body: object) -> tuple[int, Any]:
        data = body if isinstance(body, bytes) else orjson.dumps(body)
        answer = client.post(f"/api/allervers/{name}", data, content_type="application/json")
        return answer.status_code, orjson.loads(answer.content)

    return post


def test_understand_tells_needs_publics_and_urgency(post: Post) -> None:
    status, said = post("understand", {"text": "je cherche une nounou, je dors dehors"})

    assert status == 200
    assert set(said) == {"thematiques", "publics", "urgent"}
    assert "famille--garde-denfants" in [one["value"] for one in said["thematiques"]]
    assert "115" in said["urgent"]["numbers"]


def test_find_answers_words_and_codes_alike(post: Post) -> None:
    words = post("find", {"text": "je cherche une nounou", "code_insee": "34172"})
    codes = post("find", {"needs": ["famille--garde-denfants"], "lat": 43.61, "lon": 3.87})

    assert (words[0], codes[0]) == (200, 200)
    assert set(words[1]) == {"understood", "total", "results", "hints"}
    assert {one["service_id"] for one in codes[1]["results"]} >= {"shared/1"}
    assert {one["service_id"] for one in words[1]["results"]} >= {"shared/1"}
    assert codes[1]["results"][0]["service_id"] == "shared/1"
    assert codes[1]["results"][0]["distance_m"] == 0
    assert all(one["reasons"] for one in codes[1]["results"])


def test_find_takes_a_typed_place_and_says_when_it_is_unknown(post: Post) -> None:
    known = post("find", {"needs": ["famille"], "from": "34172 Montpellier"})
    unknown = post("find", {"needs": ["famille"], "from": "zzzzz qqqqq"})

    assert known[0] == 200
    assert unknown == (
        422,
        {
            "detail": "« zzzzz qqqqq » n’est ni une adresse ni une commune connues. Essayez le code postal.",
            "places": [],
        },
    )


def test_find_never_ends_without_someone_to_call(post: Post) -> None:
    status, said = post("find", {"needs": ["sante"], "lat": 43.61, "lon": 3.87, "free": True})

    assert (status, said["total"]) == (200, 0)
    assert any("Appelez" in hint for hint in said["hints"])


def test_geocode_tells_places(post: Post) -> None:
    status, said = post("geocode", {"text": "Montpellier"})

    assert status == 200
    assert (said["results"][0]["kind"], said["results"][0]["code_insee"]) == ("municipality", "34172")


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        (b"{", 400, "La demande n’est pas du JSON en UTF-8. Vérifiez-la, puis renvoyez-la."),
        (b"", 400, "La demande n’est pas du JSON en UTF-8. Vérifiez-la, puis renvoyez-la."),
        (b'{"text": "\xff"}', 400, "La demande n’est pas du JSON en UTF-8. Vérifiez-la, puis renvoyez-la."),
        (
            b'{"text": "\\ud800"}',
            400,
            "La demande n’est pas du JSON en UTF-8. Vérifiez-la, puis renvoyez-la.",
        ),
        ([], 422, "La demande est un objet JSON : {…}."),
        ({}, 422, "Dites ce que vous cherchez : « text », « needs » ou « publics »."),
        ({"text": "a", "lat": 43.6}, 422, "« lat » et « lon » vont ensemble."),
        (
            {"text": "a", "lat": 430, "lon": 3},
            422,
            "« lat » ne convient pas : on attend une latitude en degrés.",
        ),
        ({"text": "a", "code_insee": "99999"}, 422, "« code_insee » n’est le code d’aucune commune."),
        (
            {"needs": ["voler"]},
            422,
            "« needs » ne convient pas : on attend une liste de codes de thématiques ou de catégories.",
        ),
        (
            {"text": "a", "from": "b", "code_insee": "34172"},
            422,
            "Choisissez entre « from » et un point ou une commune.",
        ),
        ({"text": "a", "open_at": "9999-12-31T23:59"}, 422, "« open_at » : l’année va de 2000 à 2100."),
        ({"text": "a" * 70_000}, 413, "La demande dépasse 64 ko. Raccourcissez-la."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_bad_question_is_told_in_a_sentence(post: Post, body: object, status: int, sentence: str) -> None:
    assert post("find", body) == (status, {"detail": sentence})


def test_a_missing_or_unknown_field_is_named_without_quoting_what_was_typed(post: Post) -> None:
    missing = post("geocode", {})
    unknown = post("understand", {"text": "a", SECRET: 1})

    assert missing[0] == unknown[0] == 422
    assert missing[1]["detail"].startswith("Il manque « text » : on attend une adresse")
    assert unknown[1] == {"detail": "Un champ est inconnu. Les champs sont : text."}


def test_nothing_typed_is_logged(
    post: Post, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("understand", "find", "geocode"):
        post(name, {"text": SECRET})
        post(name, {"text": SECRET, "wrong": SECRET})
    post("find", {"needs": ["famille"], "from": SECRET})

    written = capfd.readouterr()
    assert "zzqxj" not in caplog.text + written.out + written.err


@pytest.mark.django_db
def test_other_sites_may_ask_and_other_methods_may_not() -> None:
    browser = Client(enforce_csrf_checks=True)
    crossing = {"Origin": "https://ailleurs.example", "Sec-Fetch-Site": "cross-site"}
    asked = browser.post(
        "/api/allervers/geocode",
        b'{"text": "Montpellier"}',
        content_type="application/json",
        headers=crossing,
    )
    before = browser.options("/api/allervers/geocode", headers=crossing)
    read = browser.get("/api/allervers/geocode")

    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (200, "*")
    assert (before.status_code, before["Access-Control-Allow-Methods"]) == (204, "POST")
    assert "Content-Type" in before["Access-Control-Allow-Headers"]
    assert (read.status_code, read["Allow"]) == (405, "POST, OPTIONS")


@pytest.mark.django_db
def test_a_visitor_who_asks_too_much_is_told_when_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "_limits", Limits(burst=1, per_second=0.1))
    ask = {"data": b'{"text": "Montpellier"}', "content_type": "application/json"}
    far = [client.post("/api/allervers/geocode", REMOTE_ADDR="192.0.2.1", **ask) for _ in range(2)]  # type: ignore[arg-type]
    here = [client.post("/api/allervers/geocode", **ask) for _ in range(2)]  # type: ignore[arg-type]

    assert [one.status_code for one in far] == [200, 429]
    assert far[1]["Retry-After"] == "10"
    assert [one.status_code for one in here] == [200, 200]


@pytest.mark.django_db
def test_neighbourhoods_without_ground_are_an_empty_collection(client: Client) -> None:
    forget_neighbourhoods()
    answer = client.get("/api/allervers/neighbourhoods")
    refused = client.get("/api/allervers/neighbourhoods?year=1999")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/geo+json")
    assert answer.json() == {"type": "FeatureCollection", "features": []}
    assert (refused.status_code, refused.json()) == (422, {"detail": "« year » est 2015 ou 2024."})


@pytest.mark.django_db
def test_a_neighbourhood_is_drawn_and_placed_in_its_town(client: Client) -> None:
    territory = Territory.objects.create(
        slug="montpellier", name="Montpellier", time_zone="Europe/Paris", created_at=NOW
    )
    drawn = shapely.box(3.81, 43.62, 3.83, 43.64)
    Neighbourhood.objects.create(
        territory=territory,
        code="QN03401M",
        year=2024,
        name="La Mosson",
        municipalities=["34172"],
        perimeter=shapely.to_wkb(drawn),
    )
    forget_neighbourhoods()
    told = client.get("/api/allervers/neighbourhoods").json()
    older = client.get("/api/allervers/neighbourhoods?year=2015").json()
    forget_neighbourhoods()

    assert older["features"] == []
    (feature,) = told["features"]
    assert feature["properties"] == {
        "code": "QN03401M",
        "year": 2024,
        "name": "La Mosson",
        "towns": [{"code_insee": "34172", "nom": "Montpellier"}],
    }
    assert shapely.equals(shapely.from_geojson(orjson.dumps(feature["geometry"]).decode()), drawn)
