"""The description says what the routes do."""

from typing import Any

import pytest
from django.test import Client

from allervers.api.openapi import document
from allervers.api.routes import DETAILS, LISTS, VOCABULARIES
from tests.api.conftest import Ask


def test_every_route_is_described() -> None:
    own = {f"/api/allervers/{name}" for name in ("understand", "find", "geocode", "neighbourhoods")}
    v1 = {*LISTS, *VOCABULARIES, *(f"{prefix}{{id}}" for prefix in DETAILS)}

    assert set(document()["paths"]) == v1 | own


def test_every_reference_leads_somewhere() -> None:
    schemas = document()["components"]["schemas"]

    def references(node: Any) -> set[str]:
        if isinstance(node, dict):
            own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
            return own.union(*(references(value) for value in node.values()))
        return set().union(*(references(value) for value in node)) if isinstance(node, list) else set()

    assert references(document()) <= {f"#/components/schemas/{name}" for name in schemas}


def test_examples_run(ask: Ask) -> None:
    examples = [
        operation["x-example"]
        for methods in document()["paths"].values()
        for operation in methods.values()
        if "x-example" in operation
    ]

    assert len(examples) == 4
    for example in examples:
        path, _, query = example.removeprefix("/api/v1/").partition("?")
        assert ask(path, **dict(pair.split("=") for pair in query.split("&")))[0] == 200


@pytest.mark.django_db
def test_the_documentation_is_one_page_without_outside_scripts(client: Client) -> None:
    page = client.get("/api/docs").content.decode()

    assert page.count("<h1") == 1
    assert "/api/v1/search/services" in page
    assert 'src="http' not in page
    assert client.get("/api/openapi.json").json()["openapi"] == "3.1.0"
