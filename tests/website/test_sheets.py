"""A sheet says what it knows and what it does not; gone ones lead elsewhere; errors are kept."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from allervers.directory.models import ErrorReport, Organisation, Service
from allervers.journal.models import Entry
from tests.factories import NOW, make_organisation, make_service
from tests.website.conftest import CARE, HOME
from tests.website.reading import read

pytestmark = pytest.mark.django_db


def test_complete_sheet_says_everything(client: Client) -> None:
    owner = make_organisation(ident="hirondelles", nom="Les Hirondelles")
    today = timezone.localdate()
    make_service(
        ident="creche", organisation=owner, publics=["familles"], modes_mobilisation=["telephoner"],
        horaires_accueil="24/7", adresse="8 place du Marché", commune="Montpellier", code_postal="34000",
        frais="gratuit", telephone="0199004567", confirmed_on=today - timedelta(days=12),
    )  # fmt: skip

    page = read(client.get(f"/services/creche?besoin={CARE}&{HOME}"))

    assert page.title == "Halte-garderie, Les Hirondelles – Allervers"
    assert page.h1 == "Halte-garderie"
    for said in (
        "Accueil des enfants quelques heures.",
        "Familles, parents",
        "Téléphoner",
        "Ouvert",
        "8 place du Marché, 34000 Montpellier",
        "Gratuit",
        "il y a 12 jours par « essai »",
        "Écrite par « essai »",
    ):
        assert said in page.words
    assert page.link("Appeler le 01 99 00 45 67") == "tel:0199004567"
    assert page.link("Les réponses") == f"/recherche?besoin={CARE}&{HOME}"
    assert page.link("Les Hirondelles") == "/structures/hirondelles"
    assert page.link("Signaler une erreur") == "/services/creche/signaler"


def test_bare_sheet_writes_unknown_as_unknown_and_gives_someone_to_call(client: Client) -> None:
    owner = make_organisation(telephone="", commune="", code_insee="", latitude=None, longitude=None)
    make_service(ident="creche", organisation=owner, description="")

    page = read(client.get("/services/creche"))

    for said in (
        "Ce n’est pas précisé. Demandez : on vous dira.",
        "Ce n’est pas précisé. Appelez avant de venir.",
        "Les horaires ne sont pas indiqués.",
        "Pas de téléphone indiqué.",
    ):
        assert said in page.words
    assert 'href="tel:3939"' in page.html
    assert "Les réponses" not in page.words


def test_old_sheet_asks_to_call_first(client: Client) -> None:
    make_service(ident="creche", confirmed_on=date(2014, 5, 1))

    page = read(client.get("/services/creche"))

    assert "ans par « essai » : appelez avant de vous déplacer" in page.words


@pytest.mark.parametrize("ident", ["a/b", "ça et là", "100%", "a?b#c", "../x", "é+é"])
def test_idents_hold_anything(client: Client, ident: str) -> None:
    owner = make_organisation(ident=ident)
    make_service(ident=ident, organisation=owner, nom="Français")

    sheet = read(client.get(reverse("website:service", args=[ident])))

    assert sheet.h1 == "Français"
    assert read(client.get(sheet.link("Maison du quartier"))).h1 == "Maison du quartier"
    assert client.get(sheet.link("Signaler une erreur")).status_code == 200


def test_what_others_wrote_is_shown_as_text(client: Client) -> None:
    make_service(
        ident="creche", nom="<script>alert(1)</script>", description='"><img src=x onerror=alert(1)>'
    )

    html = client.get("/services/creche").content.decode()

    assert "<script>alert" not in html and "<img" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_organisation_lists_what_one_finds_there(client: Client) -> None:
    owner = make_organisation(ident="maison", nom="Maison")
    make_service(ident="b", organisation=owner, nom="Crèche")
    make_service(ident="a", organisation=owner, nom="Ateliers")
    make_service(ident="c", organisation=owner, nom="Fermé", retired_at=NOW)

    page = read(client.get("/structures/maison"))

    listed = [said for said, address in page.links if address.startswith("/services/")]
    assert listed == ["Ateliers", "Crèche"]
    assert page.title == "Maison – Allervers"


def test_sheet_never_known_is_not_found_with_a_next_step(client: Client) -> None:
    response = client.get("/services/jamais")

    assert response.status_code == 404
    assert "Dire de quoi j’ai besoin" in read(response).words


def test_retired_sheet_is_gone_and_names_the_nearest(client: Client, town: None) -> None:
    Service.objects.filter(ident="creche-0").update(retired_at=NOW)

    response = client.get("/services/creche-0")

    page = read(response)
    assert response.status_code == 410
    assert "« Accueil 0 » n’est plus dans l’annuaire" in page.words
    assert len(page.cards) == 3
    assert ("Accueil 0", "Crèche 0") not in page.cards
    assert 'name="robots" content="noindex"' in page.html


def test_retired_organisation_is_gone_and_takes_its_services_along(client: Client, town: None) -> None:
    Organisation.objects.filter(ident="petite-1").update(retired_at=NOW)

    organisation, service = client.get("/structures/petite-1"), client.get("/services/creche-1")

    assert (organisation.status_code, service.status_code) == (410, 410)
    assert "Dire de quoi j’ai besoin" in read(organisation).words
    assert len(read(organisation).cards) == 3


@pytest.mark.parametrize("door", ["services", "structures"])
def test_reported_error_is_kept_and_journalled_without_its_words(client: Client, door: str) -> None:
    owner = make_organisation(ident="x")
    make_service(ident="x", organisation=owner)

    response = client.post(f"/{door}/x/signaler", {"what": "phone", "details": "motplanté"})

    assert (response.status_code, response["Location"]) == (303, "/merci")
    kept = ErrorReport.objects.values_list("kind", "ident", "what", "details")
    assert list(kept) == [("service" if door == "services" else "structure", "x", "phone", "motplanté")]
    entry = Entry.objects.get(verb="error.reported")
    assert sorted(entry.fields) == ["details", "what"]
    assert "motplanté" not in str(vars(entry))


def test_report_without_a_reason_is_refused_and_kept_on_the_page(client: Client) -> None:
    make_service(ident="x")

    response = client.post("/services/x/signaler", {"details": "le portail est fermé"})

    page = read(response)
    assert response.status_code == 422
    assert "Choisissez ce qui ne va pas." in page.words
    assert "le portail est fermé" in page.html
    assert ErrorReport.objects.count() == 0


def test_sheet_and_its_history_cost_four_statements(client: Client) -> None:
    make_service(ident="x")

    with CaptureQueriesContext(connection) as asked:
        client.get("/services/x")

    read_first = [query["sql"].split(" FROM ")[1].split()[0] for query in asked.captured_queries]
    assert [table for table in read_first if "territory_" not in table] == [
        '"directory_service"',
        '"directory_overlay"',
        '"directory_formerrecord"',
        '"directory_confirmation"',
    ]
