"""A human's correction beats the source, survives every refresh, and can be taken back."""

from datetime import timedelta

import pytest

from allervers.accounts.actor import ANONYMOUS, SYSTEM, Actor
from allervers.accounts.policies import NotAllowed
from allervers.directory.actions.correcting import (
    BadValues,
    ChangedMeanwhile,
    NoSheet,
    close,
    confirm,
    correct,
    object_to_contact,
    take_back,
)
from allervers.directory.actions.hand_made import create_organisation, create_service
from allervers.directory.corrections import CONTACT, shown_values
from allervers.directory.models import FormerRecord, Kind, Organisation, Overlay, Record, Service
from allervers.directory.queries.exchange import service_entries, structure_entries
from allervers.directory.queries.overlays import outlived_corrections
from allervers.journal.models import Entry
from tests.factories import NOW

OPERATOR = Actor(7, is_operator=True)
LATER = NOW + timedelta(days=1)


def corrected(
    values: dict, *, ident: str = "essai--1", kind: Kind = Kind.STRUCTURE, **options
) -> list[Overlay]:
    known = {"seen": {}, "reason": "appelé ce matin", "by": OPERATOR, "now": NOW}
    return correct(kind, ident, values=values, **(known | options))


@pytest.fixture
def one_house(take_in, write, make_structure, make_service):
    def delivered(now=NOW, service: dict | None = None, **fields):
        structures = write("a.csv", [make_structure(1, **fields)])
        return take_in(structures, write("b.csv", [make_service(1, of=1, **(service or {}))]), now=now)

    delivered()
    return delivered


def telephone() -> str:
    return Organisation.objects.get().telephone


def test_correction_survives_refreshes_and_the_source_comes_back_when_it_is_taken_back(one_house):
    (overlay,) = corrected({"telephone": "0199005678"})
    corrected_at_once = telephone()
    one_house(LATER, telephone="0199009999", nom="Un autre nom")
    survived = telephone(), Organisation.objects.get().nom

    take_back(overlay.uid, by=OPERATOR, now=LATER)

    assert corrected_at_once == "0199005678"
    assert survived == ("0199005678", "Un autre nom")
    assert telephone() == "0199009999"
    overlay.refresh_from_db()
    assert (overlay.by, overlay.reason, overlay.at, overlay.value, overlay.source_value) == (
        "user:7",
        "appelé ce matin",
        NOW,
        "0199005678",
        "0199001234",
    )
    assert (overlay.taken_back_by, overlay.taken_back_at) == ("user:7", LATER)


def test_correction_of_a_correction_keeps_both_and_shows_the_last(one_house):
    corrected({"telephone": "0199005678"})
    corrected({"telephone": "0199005679"}, now=LATER)

    assert telephone() == "0199005679"
    assert [one.taken_back_at for one in Overlay.objects.order_by("pk")] == [LATER, None]


def test_emptied_field_stays_empty(one_house):
    corrected({"telephone": None, "latitude": None, "longitude": None})
    one_house(LATER, nom="Un autre nom")

    house = Organisation.objects.get()
    assert (house.telephone, house.latitude, house.longitude) == ("", None, None)


def test_second_editor_sees_what_changed_and_overwrites_nothing(one_house):
    seen = shown_values(Organisation.objects.get(), Kind.STRUCTURE)
    corrected({"telephone": "0199005678"}, seen=seen)

    with pytest.raises(ChangedMeanwhile) as refused:
        corrected({"nom": "Ma maison", "telephone": "0199000000"}, seen=seen)

    assert refused.value.differences == {"telephone": ("0199001234", "0199005678")}
    assert (telephone(), Organisation.objects.get().nom) == ("0199005678", "Maison 1")


def test_value_that_the_schema_refuses_changes_nothing(one_house):
    with pytest.raises(BadValues) as refused:
        corrected({"telephone": "0199005678", "courriel": "pas une adresse"})

    assert [fault.field for fault in refused.value.faults] == ["courriel"]
    assert (telephone(), Overlay.objects.count()) == ("0199001234", 0)


@pytest.mark.parametrize("field", ["id", "source", "date_maj", "inconnu"])
def test_what_makes_a_record_itself_is_not_corrected(one_house, field):
    with pytest.raises(BadValues):
        corrected({field: "2026-01-01"})


def test_value_as_shown_is_no_correction(one_house):
    lists = {"thematiques": ["famille--soutien-aidants", "famille--garde-denfants"]}
    assert corrected({"telephone": "0199001234", "siret": None}) == []
    assert corrected(lists, kind=Kind.SERVICE) == []


def test_only_operators_correct_and_unknown_sheets_are_said(one_house):
    with pytest.raises(NotAllowed):
        corrected({"nom": "Ma maison"}, by=ANONYMOUS)
    with pytest.raises(NoSheet):
        corrected({"nom": "Ma maison"}, ident="essai--9")


def test_machines_are_told_corrections_too(one_house):
    corrected({"telephone": "0199005678"})
    corrected({"frais": "gratuit"}, kind=Kind.SERVICE)

    assert b'"telephone":"0199005678"' in next(structure_entries()).body
    assert next(service_entries()).frais == "gratuit"


def test_objection_removes_the_name_everywhere_and_keeps_it_out(one_house):
    one_house(service={CONTACT: "Camille Essai"})
    one_house(LATER, service={CONTACT: "Camille Essai", "nom": "Un autre nom"})
    corrected({CONTACT: "Camille Autre"}, kind=Kind.SERVICE)

    object_to_contact("essai--1", by=OPERATOR, now=LATER)
    at_once = Service.objects.get().contact_nom_prenom
    one_house(LATER, service={CONTACT: "Camille Essai", "nom": "Encore un nom"})

    assert (at_once, Service.objects.get().contact_nom_prenom) == ("", "")
    kept = [*Record.objects.values(), *FormerRecord.objects.values(), *Overlay.objects.values()]
    assert "Camille" not in str(kept)
    assert Service.objects.get().nom == "Encore un nom"


def test_closed_sheet_stays_closed_until_it_is_taken_back(one_house):
    overlay = close(Kind.STRUCTURE, "essai--1", reason="rideau fermé", by=OPERATOR, now=NOW)
    one_house(LATER, nom="Un autre nom")
    closed = Organisation.objects.get().retired_at

    take_back(overlay.uid, by=OPERATOR, now=LATER)

    assert closed == NOW
    assert Organisation.objects.get().retired_at is None


def test_confirmation_beats_an_older_date_of_the_source_and_yields_to_a_later_one(one_house):
    confirm(Kind.STRUCTURE, "essai--1", by=OPERATOR, now=NOW)
    confirmed = Organisation.objects.values_list("confirmed_on", "confirmed_by").get()
    one_house(LATER, date_maj="2026-11-05")
    older = str(Organisation.objects.get().confirmed_on)
    one_house(LATER, date_maj="2026-11-26")
    newer = Organisation.objects.values_list("confirmed_on", "confirmed_by").get()

    assert (str(confirmed[0]), confirmed[1], older) == ("2026-11-24", "guichet", "2026-11-24")
    assert (str(newer[0]), newer[1]) == ("2026-11-26", "essai")


def test_corrections_that_the_source_has_outlived_are_listed(one_house):
    corrected({"telephone": "0199005678"})
    before = outlived_corrections()
    one_house(LATER, telephone="0199009999")

    assert before == []
    assert [(one.field, says) for one, says in outlived_corrections()] == [("telephone", "0199009999")]


def test_sheet_made_by_hand_lives_like_the_others(one_house, write, make_structure, take_in):
    house = create_organisation({"nom": "Les voisins", "telephone": "0199005555"}, by=OPERATOR, now=NOW)
    service = create_service(
        house.ident,
        {"nom": "Café du jeudi", "description": "Un café.", "thematiques": ["famille--garde-denfants"]},
        by=OPERATOR,
        now=NOW,
    )
    corrected({"telephone": "0199006666"}, ident=house.ident)
    one_house(LATER, nom="Un autre nom")

    house.refresh_from_db()
    assert (house.telephone, house.retired_at, house.record.feed, house.source) == (
        "0199006666",
        None,
        None,
        "guichet",
    )
    assert service.organisation == house
    assert service.ident in [entry.id for entry in service_entries()]
    with pytest.raises(BadValues):
        create_organisation({"telephone": "0199005555"}, by=OPERATOR, now=NOW)


def test_journal_holds_verbs_and_fields_never_values(one_house):
    (overlay,) = corrected({"telephone": "0199005678"})
    take_back(overlay.uid, by=SYSTEM, now=NOW)

    entries = list(Entry.objects.filter(subject_kind="structure").values_list("verb", "by", "fields"))
    assert entries == [
        ("sheet.corrected", "user:7", ["telephone"]),
        ("correction.taken_back", "system", ["telephone"]),
    ]
