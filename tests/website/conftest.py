"""A small town with its directory and its index, asked as a browser would."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from allervers.directory.actions.indexing import build_index
from allervers.directory.queries.indexes import forget_index
from tests.factories import NOW, make_organisation, make_service
from tests.territory.towns import declare

CARE = "famille--garde-denfants"
JOBS = "trouver-un-emploi--repondre-a-des-offres-demploi"
CV = "preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation"
FRENCH = "lecture-ecriture-calcul--maitriser-le-francais"
HOME = "lat=43.632&lon=3.822"


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}


@pytest.fixture
def own_index(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.INDEX_FOLDER = tmp_path / "index"
    forget_index()
    yield
    forget_index()


@pytest.fixture
def index(db: None, own_index: None) -> Callable[[], object]:
    """Call it once the records are there."""
    return lambda: build_index(now=NOW)


@pytest.fixture
def town(index: Callable[[], object]) -> None:
    """Montpellier: one large organisation and twelve small ones keep children, four help to find a job."""
    declare()
    large = make_organisation(ident="grande", nom="Grande crèche", latitude=43.6325, longitude=3.8225)
    for number in range(5):
        make_service(
            ident=f"grande/{number}", organisation=large, nom=f"Section {number}", frais="gratuit",
            horaires_accueil="24/7", publics=["familles"],
        )  # fmt: skip
    for number in range(12):
        owner = make_organisation(
            ident=f"petite-{number}", nom=f"Crèche {number}", latitude=43.633 + number / 500
        )
        make_service(ident=f"creche-{number}", organisation=owner, nom=f"Accueil {number}", frais="payant")
    for number in range(4):
        owner = make_organisation(ident=f"emploi-{number}", nom=f"Agence {number}", latitude=43.66)
        make_service(
            ident=f"offres-{number}", organisation=owner, nom=f"Offres {number}", thematiques=[JOBS],
            description="Des offres.", modes_accueil=["a-distance", "en-presentiel"],
        )  # fmt: skip
    index()


@pytest.fixture
def ask(client: Client, town: None) -> Callable[..., HttpResponse]:
    """`ask("une nounou", lieu="34000")`: what the first page posts."""

    def asked(mots: str = "", **fields: str) -> HttpResponse:
        return client.post("/demande", {"mots": mots, **fields})  # type: ignore[return-value]

    return asked


def pairs(address: str) -> list[tuple[str, str]]:
    """What a redirect bears."""
    return parse_qsl(urlsplit(address).query)
