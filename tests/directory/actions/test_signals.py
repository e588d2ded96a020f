"""What searches and readers tell us is counted and kept, without anyone's name."""

import pytest

from allervers.accounts.actor import ANONYMOUS, Actor
from allervers.directory.actions.signals import count_empty_search, report_error
from allervers.directory.models import EmptySearch, ErrorReport, Kind
from allervers.journal.models import Entry
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_empty_searches_of_a_day_are_one_count_whatever_the_order() -> None:
    for needs in (["mobilite", "sante"], ["sante", "mobilite"], ["sante"]):
        count_empty_search(needs=needs, publics=[], code_insee="34172", now=NOW)

    counts = EmptySearch.objects.order_by("times").values_list("needs", "code_insee", "times")
    assert list(counts) == [(["sante"], "34172", 1), (["mobilite", "sante"], "34172", 2)]


def test_an_empty_search_names_nobody() -> None:
    count_empty_search(needs=["sante"], publics=[], code_insee="", now=NOW)

    assert list(Entry.objects.values_list("verb", "by", "fields")) == [
        ("search.found_nothing", "anonymous", [])
    ]


@pytest.mark.parametrize("who", [ANONYMOUS, Actor(user_id=3)])
def test_a_reported_error_is_kept_and_journalled_without_its_words(who: Actor) -> None:
    report_error(Kind.SERVICE, "essai--1", what="phone", details="faux numéro", by=who, now=NOW)

    kept = ErrorReport.objects.get()
    assert (kept.kind, kept.ident, kept.what, kept.details) == ("service", "essai--1", "phone", "faux numéro")
    entry = Entry.objects.get()
    assert (entry.verb, entry.by, entry.subject_uid, entry.fields) == (
        "error.reported", who.ref, kept.uid, ["details", "what"],
    )  # fmt: skip
