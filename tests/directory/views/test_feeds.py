"""Today: what came, what waits, what broke and since when; a file sent by hand."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from allervers.directory.actions.deliveries import deliver
from allervers.directory.models import Delivery, Feed, ImportRun, Organisation
from allervers.directory.queries.desk.feeds import feed_states
from allervers.directory.queries.indexes import forget_index
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)
STRUCTURE = {
    "id": "essai--1", "source": "essai", "nom": "Maison du quartier", "date_maj": "2026-11-16",
    "commune": "Montpellier", "code_postal": "34000", "code_insee": "34172",
}  # fmt: skip


@pytest.fixture(autouse=True)
def own_data(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.DATA, settings.INDEX_FOLDER = tmp_path, tmp_path / "index"
    forget_index()
    yield
    forget_index()


def sent(operator: Client, records: object, feed: str = "essai") -> str:
    """The address that the browser is sent to."""
    file = SimpleUploadedFile("structures.json", json.dumps(records).encode())
    answer = operator.post("/bureau/depot", {"feed": feed, "sent": file})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def refusal(feed: Feed, minutes: int) -> Delivery:
    at = NOW + timedelta(minutes=minutes)
    return Delivery.objects.create(
        feed=feed, state="refused", sentence="Non.", asked_at=at, started_at=at, finished_at=at
    )


def applied(feed: Feed, minutes: int) -> ImportRun:
    at = NOW + timedelta(minutes=minutes)
    return ImportRun.objects.create(
        feed=feed, started_at=at, finished_at=at, report={"read": 1, "rejected": []}
    )


def test_upload_shows_its_progress_then_its_report(operator: Client) -> None:
    address = sent(operator, [STRUCTURE, {**STRUCTURE, "id": "essai--2", "siret": "12"}])
    waiting = operator.get(address).content.decode()
    bar = operator.get(address, headers={"HX-Request": "true"})

    uid = UUID(address.rsplit("/", 1)[-1])
    deliver(uid, now=NOW)
    to_read = operator.get(address).content.decode()
    operator.post(f"{address}/appliquer")
    deliver(uid, now=NOW)

    over = operator.get(address).content.decode()
    last_bar = operator.get(address, headers={"HX-Request": "true"})
    assert "Voici ce qui changerait" in to_read and "Seraient ajoutées" in to_read
    assert "Vérification en cours" in waiting and '<meta http-equiv="refresh"' in waiting
    assert "hx-get" in bar.content.decode() and "HX-Refresh" not in bar
    assert last_bar["HX-Refresh"] == "true"
    assert "Import terminé" in over and "http-equiv" not in over
    assert "Un numéro SIRET a 14 chiffres" in over


def test_refused_file_is_said_and_can_be_sent_again(operator: Client) -> None:
    address = sent(operator, {"rien": "ici"})

    deliver(UUID(address.rsplit("/", 1)[-1]), now=NOW)

    page = operator.get(address).content.decode()
    today = operator.get("/bureau").content.decode()
    assert "Import refusé" in page and "n’a pas changé" in page and "/bureau/depot?source=essai" in page
    assert "En panne depuis le" in today


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"feed": "essai"}, "Choisissez un fichier."),
        ({"feed": "É t é"}, "Des lettres sans accent"),
        ({"feed": "essai", "sent": SimpleUploadedFile("a.csv", b"")}, "Ce fichier est vide."),
        ({"feed": "e", "sent": [SimpleUploadedFile(f"{n}.csv", b"a") for n in range(11)]}, "Dix fichiers"),
    ],
)
def test_upload_that_cannot_be_is_said(operator: Client, fields: dict[str, object], words: str) -> None:
    answer = operator.post("/bureau/depot", fields)

    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Delivery.objects.exists()


def test_feed_is_broken_since_the_first_refusal_that_no_success_followed() -> None:
    feed = Feed.objects.create(slug="essai", created_at=NOW)
    refusal(feed, 0)
    applied(feed, 5)
    first, last = refusal(feed, 10), refusal(feed, 20)

    state = feed_states()[0]

    assert (state.broken_since, state.broken_uid) == (first.finished_at, last.uid)


def test_feed_that_works_again_is_broken_no_more() -> None:
    feed = Feed.objects.create(slug="essai", created_at=NOW)
    refusal(feed, 10)
    applied(feed, 20)

    assert feed_states()[0].broken_since is None


def test_broken_feeds_come_first_in_a_known_number_of_statements(django_assert_num_queries) -> None:
    for name in "abcd":
        feed = Feed.objects.create(slug=name, created_at=NOW)
        applied(feed, 0)
    refusal(feed, 10)

    with django_assert_num_queries(3):
        assert [state.slug for state in feed_states()] == ["d", "a", "b", "c"]


def test_feed_that_is_not_there_is_not_found(operator: Client) -> None:
    assert operator.get("/bureau/sources/rien").status_code == 404
    assert operator.get(f"/bureau/depots/{UUID(int=1)}").status_code == 404
    assert operator.get(f"/bureau/imports/{UUID(int=1)}").status_code == 404


def test_columns_of_any_table_are_matched_by_eye_and_kept_with_the_feed(operator: Client) -> None:
    table = "Dénomination;Tél;Ville;CP\nLes Tilleuls;01 99 00 12 12;Montpellier;34080\n"
    file = SimpleUploadedFile("liste.csv", table.encode())
    address = str(operator.post("/bureau/depot", {"feed": "mairie", "sent": file})["Location"])
    uid = UUID(address.rsplit("/", 1)[-1])
    deliver(uid, now=NOW)
    asked = operator.get(f"{address}/colonnes").content.decode()
    fields = {
        "colonne-0": "nom",
        "colonne-1": "telephone",
        "colonne-2": "commune",
        "colonne-3": "code_postal",
    }

    twice = operator.post(f"{address}/colonnes", {**fields, "colonne-1": "nom"})
    chosen = operator.post(f"{address}/colonnes", fields)
    deliver(uid, now=NOW)
    operator.post(f"{address}/appliquer")
    deliver(uid, now=NOW)

    assert "Les Tilleuls" in asked and (twice.status_code, chosen.status_code) == (422, 303)
    assert Organisation.objects.get().nom == "Les Tilleuls"
    assert (Feed.objects.get().mapping or {})["structures"]["telephone"] == "Tél"
