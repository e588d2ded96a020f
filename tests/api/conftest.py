"""A small directory that holds what machines stumble on, and someone who asks."""

from collections.abc import Callable
from datetime import date
from typing import Any

import orjson
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from allervers.directory.actions.indexing import build_index
from allervers.directory.queries.indexes import forget_index
from tests.factories import NOW, make_organisation, make_service

Ask = Callable[..., tuple[int, Any]]


@pytest.fixture
def directory(db: None) -> None:
    """Ids with `/` and `%`, an id that a structure and a service share, nulls, twins."""
    centre = make_organisation(ident="shared/1", nom="Centre social", siret="21340172201787")
    twin = make_organisation(
        ident="dora--2", source="dora", nom="Le centre", siret="21340172201787", date_maj=date(2024, 1, 1)
    )
    far = make_organisation(ident="dora--3", source="dora", nom="À Paris", code_insee="75101", siret="")
    make_service(
        ident="shared/1",
        organisation=centre,
        nom="Garder les enfants",
        publics=["familles"],
        frais="gratuit",
        modes_accueil=["en-presentiel"],
        latitude=43.61,
        longitude=3.87,
        code_insee="34172",
    )
    make_service(ident="a%20b", organisation=twin, source="dora", publics=["tous-publics"], frais="payant")
    make_service(
        ident="c",
        organisation=far,
        source="dora",
        thematiques=["mobilite--preparer-un-permis"],
        publics=None,
        modes_accueil=["a-distance"],
        zone_eligibilite=["75"],
        code_insee="75101",
    )
    make_service(ident="d", organisation=far, zone_eligibilite=["34"], modes_accueil=["a-distance"])
    forget_index()
    build_index(now=NOW)


@pytest.fixture
def ask(directory: None, client: Client) -> Ask:
    """`ask("services", thematiques=…)` → (status, JSON)."""

    def ask(path: str, **query: Any) -> tuple[int, Any]:
        answer = client.get(f"/api/v1/{path}", query)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
        return answer.status_code, orjson.loads(body) if body else None

    return ask


def ids(page: Any) -> list[str]:
    return [item.get("service", item)["id"] for item in page["items"]]


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
