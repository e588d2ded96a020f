"""The rules of the data·inclusion API, asked as its clients ask."""

from typing import Any

import pytest
from data_inclusion.schema.v1 import Service, Structure
from django.test import Client

from tests.api.conftest import Ask, ids


def test_lists_are_by_id_and_pages_hold_each_record_once(ask: Ask) -> None:
    _status, whole = ask("services")
    pages = [ask("services", page=number, size=1)[1] for number in (1, 2, 3, 4, 5)]

    assert ids(whole) == ["a%20b", "c", "d", "shared/1"]
    assert [ident for page in pages for ident in ids(page)] == ids(whole)
    assert [page["size"] for page in pages] == [1, 1, 1, 1, 0]
    assert {key: whole[key] for key in ("total", "page", "size", "pages")} == {
        "total": 4,
        "page": 1,
        "size": 4,
        "pages": 1,
    }


def test_records_hold_every_field_of_the_schema(ask: Ask) -> None:
    service = ask("services")[1]["items"][0]
    structure = ask("structures")[1]["items"][0]

    assert set(service) == {*Service.model_fields, "adresse_certifiee", "score_qualite"}
    assert set(structure) == {*Structure.model_fields, "adresse_certifiee", "score_qualite", "doublons"}
    assert service["modes_accueil"] is None


def test_an_id_with_a_slash_and_one_that_two_kinds_share(ask: Ask) -> None:
    assert ask("services/shared/1")[1]["nom"] == "Garder les enfants"
    assert ask("structures/shared/1")[1]["nom"] == "Centre social"
    assert ask("services/a%2520b")[1]["id"] == "a%20b"


def test_a_detailed_structure_holds_its_services_and_its_twins(ask: Ask) -> None:
    _status, told = ask("structures/shared/1")

    assert [service["id"] for service in told["services"]] == ["shared/1"]
    assert [twin["id"] for twin in told["doublons"]] == ["dora--2"]
    assert set(told["doublons"][0]) == set(Structure.model_fields)
    assert ask("services/shared/1")[1]["structure"]["id"] == "shared/1"


def test_unknown_addresses_are_not_found(ask: Ask) -> None:
    assert ask("services/gone") == (404, {"detail": "Not Found"})
    assert ask("nothing") == (404, {"detail": "Not Found"})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"thematiques": "mobilite"}, ["c"]),
        ({"thematiques": ["mobilite", "famille--garde-denfants"]}, ["a%20b", "c", "d", "shared/1"]),
        ({"publics": "familles"}, ["a%20b", "shared/1"]),
        ({"publics": ["familles", "tous-publics"]}, ["a%20b", "c", "d", "shared/1"]),
        ({"frais": "gratuit"}, ["shared/1"]),
        ({"sources": "absent"}, []),
        ({"sources": ""}, []),
        ({"code_departement": "75"}, ["c"]),
        ({"slug_region": "ile-de-france"}, ["c"]),
        ({"code_region": "11", "code_departement": "34"}, []),
        ({"code_commune": "75056"}, []),
        ({"code_commune": "99999"}, []),
        ({"recherche_public": "famille"}, ["shared/1"]),
        ({"modes_accueil": "a-distance"}, ["c", "d"]),
        ({"size": "1", "page": "99999999999"}, []),
        ({"unknown": "x", "page": ["7", "1"]}, ["a%20b", "c", "d", "shared/1"]),
    ],
)
def test_filters_find(ask: Ask, query: dict[str, Any], found: list[str]) -> None:
    status, page = ask("services", **query)

    assert (status, ids(page)) == (200, found)


def test_search_gives_what_one_may_use_and_how_far(ask: Ask) -> None:
    _status, page = ask("search/services", code_commune="34172", lat="43.60", lon="3.87")
    _status, paris = ask("search/services", code_commune="75101")

    assert [(item["service"]["id"], item["distance"]) for item in page["items"]] == [
        ("shared/1", 1),
        ("d", None),
    ]
    assert [(item["service"]["id"], item["distance"]) for item in paris["items"]] == [("c", None)]
    assert page["items"][0]["service"]["structure"]["nom"] == "Centre social"


def test_search_without_a_municipality_gives_all_by_id(ask: Ask) -> None:
    _status, page = ask("search/services", lat="43.60", lon="3.87")

    assert ids(page) == ["a%20b", "c", "d", "shared/1"]
    assert {item["distance"] for item in page["items"]} == {None}


def test_doubles_are_left_out_of_structures(ask: Ask) -> None:
    assert ids(ask("structures", exclure_doublons="true")[1]) == ["shared/1", "dora--3"]


def test_full_text_wants_all_words(ask: Ask) -> None:
    _status, page = ask("search", q="garder enfants social")

    assert [(item["service"]["id"], item["score_recherche"]) for item in page["items"]] == [
        ("shared/1", 0.66)
    ]
    assert ask("search", q="")[1]["total"] == 0


@pytest.mark.parametrize(
    ("path", "query", "fault"),
    [
        ("services", {"page": "0"}, ("greater_than_equal", ["query", "page"], "0")),
        ("services", {"size": "10001"}, ("less_than_equal", ["query", "size"], "10001")),
        ("services", {"thematiques": "x"}, ("enum", ["query", "thematiques", 0], "x")),
        ("services", {"frais": ""}, ("enum", ["query", "frais", 0], "")),
        ("services", {"code_commune": "34"}, ("string_too_short", ["query", "code_commune"], "34")),
        (
            "structures",
            {"exclure_doublons": "peut-être"},
            ("bool_parsing", ["query", "exclure_doublons"], "peut-être"),
        ),
        ("search", {"distance": "1.5"}, ("int_parsing", ["query", "distance"], "1.5")),
        ("search", {"lat": "inf", "lon": "1"}, ("finite_number", ["query", "lat"], "inf")),
        ("search", {"q": "a\0b"}, ("string_pattern_mismatch", ["query", "q"], "a\0b")),
    ],
)
def test_bad_values_are_told_one_by_one(
    ask: Ask, path: str, query: dict[str, str], fault: tuple[Any, ...]
) -> None:
    status, told = ask(path, **query)

    assert status == 422
    assert [(one["type"], one["loc"], one["input"]) for one in told["detail"]] == [fault]
    assert set(told["detail"][0]) == {"type", "loc", "msg", "input"}


@pytest.mark.parametrize(
    "query", [{"lat": "43"}, {"lon": "3"}, {"code_commune": "99999"}, {"code_commune": "2a004"}]
)
def test_a_place_that_is_none_is_told_in_a_sentence(ask: Ask, query: dict[str, str]) -> None:
    status, told = ask("search/services", **query)

    assert status == 422
    assert isinstance(told["detail"], str)


def test_methods_slashes_and_preflights(directory: None, client: Client) -> None:
    refused = client.post("/api/v1/services")
    moved = client.get("/api/v1/services/?size=1")
    preflight = client.options("/api/v1/services", headers={"Access-Control-Request-Method": "GET"})

    assert (refused.status_code, refused["Allow"], refused.json()) == (
        405,
        "GET",
        {"detail": "Method Not Allowed"},
    )
    assert (moved.status_code, moved["Location"]) == (307, "/api/v1/services?size=1")
    assert (preflight.status_code, preflight["Access-Control-Allow-Origin"]) == (204, "*")
    assert client.head("/api/v1/services").status_code == 200


def test_an_answer_is_kept_by_its_tag_and_packed_when_asked(directory: None, client: Client) -> None:
    first = client.get("/api/v1/services")
    again = client.get("/api/v1/services", headers={"If-None-Match": first["ETag"]})
    packed = {
        name: client.get("/api/v1/services", headers={"Accept-Encoding": name})["Content-Encoding"]
        for name in ("gzip", "br")
    }

    assert (again.status_code, again.content) == (304, b"")
    assert "Last-Modified" in first
    assert packed == {"gzip": "gzip", "br": "br"}
    assert "Content-Encoding" not in first


def test_a_token_that_we_did_not_issue_is_ignored(directory: None, client: Client) -> None:
    assert client.get("/api/v1/services", headers={"Authorization": "Bearer nobody"}).status_code == 200


def test_vocabularies_and_sources(ask: Ask) -> None:
    _status, frais = ask("doc/frais")
    _status, sources = ask("sources")

    assert [set(value) for value in frais] == [{"value", "label", "description"}] * 2
    assert [source["slug"] for source in sources] == ["dora", "essai"]
