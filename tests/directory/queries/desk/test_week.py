"""Whom to call this week: the stalest, and the most looked-at that lack something."""

from datetime import date, timedelta

import pytest

from allervers.directory.actions.looks import Looks, forget_looks, write_looks
from allervers.directory.models import Kind, Service, SheetLook
from allervers.directory.queries.desk.week import sheets_to_call
from tests.factories import NOW, make_organisation, make_service

pytestmark = pytest.mark.django_db
COMPLETE = {
    "horaires_accueil": "24/7",
    "frais": "gratuit",
    "publics": ["familles"],
    "adresse": "1 rue du Port",
}


def complete(**fields: object) -> Service:
    return make_service(**{**COMPLETE, **fields})


def looked(service: Service, times: int, *, days_ago: int = 0) -> None:
    write_looks({(NOW.date() - timedelta(days=days_ago), Kind.SERVICE, service.ident): times}, now=NOW)


def names(limit: int = 10) -> list[str]:
    return [call.service.nom for call in sheets_to_call(now=NOW, limit=limit)]


def test_recent_and_complete_sheets_need_no_call() -> None:
    looked(complete(), 50)

    assert sheets_to_call(now=NOW) == []


def test_stalest_and_most_looked_at_incomplete_come_in_turn() -> None:
    complete(nom="Vieille", confirmed_on=date(2024, 1, 1))
    complete(nom="Très vieille", confirmed_on=date(2020, 1, 1))
    looked(make_service(nom="Peu regardée"), 2)
    looked(make_service(nom="Très regardée"), 9)
    make_service(nom="Incomplète que personne ne regarde")

    assert names() == ["Très regardée", "Très vieille", "Peu regardée", "Vieille"]
    assert names(limit=2) == ["Très regardée", "Très vieille"]


def test_a_sheet_is_called_once_with_all_its_reasons() -> None:
    owner = make_organisation(telephone="")
    looked(make_service(organisation=owner, confirmed_on=date(2025, 11, 24)), 3)

    call = sheets_to_call(now=NOW)[0]

    assert (call.days, call.looks, call.phone) == (365, 3, "")
    assert call.missing == ("telephone", "horaires_accueil", "frais", "publics", "adresse")
    assert len(sheets_to_call(now=NOW)) == 1


def test_what_the_organisation_says_is_not_missing() -> None:
    owner = make_organisation(horaires_accueil="24/7", adresse="1 rue du Port")
    looked(make_service(organisation=owner, frais="gratuit", publics=[]), 3)

    assert sheets_to_call(now=NOW) == []


def test_looks_of_long_ago_do_not_count() -> None:
    looked(make_service(), 50, days_ago=31)

    assert sheets_to_call(now=NOW) == []


def test_retired_sheets_are_not_called() -> None:
    complete(confirmed_on=date(2020, 1, 1), retired_at=NOW)

    assert sheets_to_call(now=NOW) == []


def test_statements_do_not_grow_with_the_sheets(django_assert_num_queries) -> None:
    for _number in range(12):
        looked(make_service(confirmed_on=date(2020, 1, 1)), 1)

    with django_assert_num_queries(3):
        assert len(sheets_to_call(now=NOW)) == 10


def test_looks_are_counted_in_memory_and_written_once() -> None:
    looks, service = Looks(), make_service()
    for _time in range(3):
        assert looks.add(Kind.SERVICE, service.ident, day=NOW.date()) is False

    write_looks(looks.taken(), now=NOW)
    write_looks(looks.taken(), now=NOW)
    looked(service, 2)

    row = SheetLook.objects.get()
    assert (row.day, row.kind, row.ident, row.times) == (NOW.date(), "service", service.ident, 5)


def test_looks_go_after_a_quarter() -> None:
    looked(make_service(), 1, days_ago=93)
    looked(make_service(), 1, days_ago=92)

    forget_looks(now=NOW)

    assert [row.day for row in SheetLook.objects.all()] == [NOW.date() - timedelta(days=92)]
