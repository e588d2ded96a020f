"""Errors that readers report: answered to who left a phone, which is then erased."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from allervers.accounts.actor import ANONYMOUS
from allervers.directory.actions.signals import CONTACT_DAYS, forget_contacts, report_error
from allervers.directory.models import ErrorReport, Kind
from allervers.journal.models import Entry
from tests.factories import NOW, make_service

pytestmark = pytest.mark.django_db
CONTACT = "01 99 00 55 66"


def reported(contact: str = CONTACT, **fields: str) -> ErrorReport:
    service = make_service(ident=fields.pop("ident", "essai--7"), nom="Garde tôt le matin")
    said = {"what": "phone", "details": "Personne ne répond.", **fields}
    return report_error(Kind.SERVICE, service.ident, **said, contact=contact, by=ANONYMOUS, now=NOW)


def test_reader_may_leave_a_way_to_be_answered(client: Client) -> None:
    make_service(ident="essai--7")

    answer = client.post("/services/essai--7/signaler", {"what": "phone", "contact": CONTACT})

    assert (answer.status_code, answer["Location"]) == (303, "/merci")
    assert ErrorReport.objects.get().contact == CONTACT


def test_contact_that_is_none_is_refused_and_nothing_is_kept(client: Client) -> None:
    make_service(ident="essai--7")

    answer = client.post("/services/essai--7/signaler", {"what": "phone", "contact": "moi"})

    assert answer.status_code == 422 and "On ne peut pas vous répondre ainsi" in answer.content.decode()
    assert not ErrorReport.objects.exists()


def test_who_awaits_an_answer_comes_first(operator: Client) -> None:
    reported("", ident="essai--1")
    waiting = reported(ident="essai--2")

    page = operator.get("/bureau/signalements").content.decode()

    assert page.index(f"/bureau/signalements/{waiting.uid}") < page.index("non</td>")
    assert CONTACT not in page  # shown only to who opens the report


def test_report_shows_what_was_said_and_whom_to_call(operator: Client) -> None:
    report = reported()

    page = operator.get(f"/bureau/signalements/{report.uid}").content.decode()

    for words in (
        "Garde tôt le matin",
        "Personne ne répond.",
        CONTACT,
        'href="/bureau/fiches/services/essai--7"',
    ):
        assert words in page


def test_answer_erases_the_contact_and_is_journalled_without_it(operator: Client) -> None:
    report = reported()

    answer = operator.post(f"/bureau/signalements/{report.uid}", {"answer": "corrected"})

    report.refresh_from_db()
    entry = Entry.objects.last()
    assert answer.status_code == 303
    assert (report.answer, report.contact, bool(report.answered_at)) == ("corrected", "", True)
    assert entry and (entry.verb, entry.fields) == ("error.answered", ["answer", "contact"])
    assert str(report.uid) not in operator.get("/bureau/signalements").content.decode()


def test_second_operator_is_told_that_the_first_has_answered(operator: Client) -> None:
    report = reported()
    operator.post(f"/bureau/signalements/{report.uid}", {"answer": "corrected"})

    answer = operator.post(f"/bureau/signalements/{report.uid}", {"answer": "right"})

    report.refresh_from_db()
    assert answer.status_code == 409 and "Quelqu’un d’autre" in answer.content.decode()
    assert report.answer == "corrected"


def test_answer_without_a_choice_is_asked_again(operator: Client) -> None:
    report = reported()

    answer = operator.post(f"/bureau/signalements/{report.uid}", {})

    report.refresh_from_db()
    assert answer.status_code == 422 and report.answered_at is None and report.contact == CONTACT


def test_contact_goes_after_thirty_days_and_the_report_stays() -> None:
    report = reported()

    assert forget_contacts(now=NOW + timedelta(days=CONTACT_DAYS, minutes=-1)) == 0
    assert forget_contacts(now=NOW + timedelta(days=CONTACT_DAYS, minutes=1)) == 1

    report.refresh_from_db()
    assert (report.contact, report.details, report.answered_at) == ("", "Personne ne répond.", None)
    assert forget_contacts(now=timezone.now() + timedelta(days=90)) == 0
