"""Each sheet tells its life: where it comes from, who confirmed it, every change since."""

from datetime import date, timedelta

import pytest

from allervers.accounts.actor import Actor
from allervers.directory.actions.correcting import confirm, correct, object_to_contact, take_back
from allervers.directory.models import Kind, Organisation
from allervers.directory.quality import organisation_freshness, service_freshness
from allervers.directory.queries.history import history
from tests.directory.actions.conftest import data_folder, make_structure, take_in, write
from tests.factories import NOW, make_organisation, make_service

__all__ = ["data_folder", "make_structure", "take_in", "write"]  # fixtures: the same files and data folder
OPERATOR = Actor(7, is_operator=True)


def test_history_tells_versions_corrections_and_confirmations(take_in, write, make_structure):
    take_in(write("a.json", [make_structure(1)]), feed="open-data")
    later = [NOW + timedelta(days=number) for number in range(6)]
    change = {"telephone": "0199002222", "date_maj": "2026-11-20"}
    take_in(write("a.json", [make_structure(1, **change)]), feed="open-data", now=later[1])
    seen = {"seen": {}, "reason": "appelé", "by": OPERATOR}
    (overlay,) = correct(Kind.STRUCTURE, "essai--1", values={"nom": "Ma maison"}, now=later[2], **seen)
    confirm(Kind.STRUCTURE, "essai--1", by=OPERATOR, now=later[3])
    take_back(overlay.uid, by=OPERATOR, now=later[4])
    take_in(write("a.json", [make_structure(2)]), feed="open-data", now=later[5])

    told = history(Organisation.objects.get(ident="essai--1"))

    assert (told.source, told.feed, told.missing_since) == ("essai", "open-data", later[5])
    assert (str(told.confirmed_on), told.confirmed_by) == ("2026-11-27", "guichet")
    assert told.corrections == {}
    assert [(event.at, event.what, event.by, dict(event.fields)) for event in told.events] == [
        (later[5], "missing", "", {}),
        (later[4], "taken_back", "user:7", {"nom": []}),
        (later[3], "confirmed", "user:7", {}),
        (later[2], "corrected", "user:7", {"nom": ["Maison 1", "Ma maison"]}),
        (later[1], "changed", "", {"telephone": ["0199001234", "0199002222"]}),
        (NOW, "received", "", {}),
    ]


@pytest.mark.django_db
def test_objection_leaves_no_name_in_the_history():
    service = make_service(contact_nom_prenom="Camille Essai")
    object_to_contact(service.ident, by=OPERATOR, now=NOW)
    service.refresh_from_db()

    told = history(service)

    assert "objected" in [event.what for event in told.events]
    assert "Camille" not in str(told)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("confirmed_on", "fields", "score", "reasons"),
    [
        (date(2026, 11, 1), {"horaires_accueil": "Mo-Fr 09:00-12:00"}, 1.0, ()),
        (date(2026, 11, 1), {}, 0.87, ("pas d’horaires",)),
        (
            date(2025, 9, 20),
            {"telephone": ""},
            0.46,
            ("pas confirmée depuis 14 mois", "pas d’horaires", "ni téléphone ni courriel"),
        ),
        (
            date(2020, 1, 1),
            {"telephone": "", "commune": ""},
            0.0,
            ("pas confirmée depuis 82 mois", "pas d’horaires", "ni téléphone ni courriel", "pas d’adresse"),
        ),
    ],
)
def test_freshness_says_its_reasons(confirmed_on, fields, score, reasons):
    organisation = make_organisation(confirmed_on=confirmed_on, **fields)

    fresh = organisation_freshness(organisation, today=date(2026, 11, 24))

    assert (fresh.score, fresh.reasons) == (score, reasons)


@pytest.mark.django_db
def test_service_borrows_what_it_lacks_and_remote_needs_no_address():
    organisation = make_organisation(commune="", horaires_accueil="Mo-Fr 09:00-12:00")
    service = make_service(organisation=organisation, modes_accueil=["a-distance"], frais="gratuit")

    assert service_freshness(service, organisation, today=date(2026, 11, 24)).reasons == ()
