"""Counting tries: in the database, before they are judged, for as long as they count."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from allervers.accounts.actions.attempts import ACCOUNT_LIMIT, ADDRESS_LIMIT, WINDOW, TooOften, count_attempt
from allervers.accounts.actor import ANONYMOUS
from allervers.accounts.models import Attempt
from allervers.journal.models import Entry

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def attempt(number: int = 0, *, address: str = "203.0.113.9", at: datetime = NOW) -> UUID:
    return count_attempt(address=address, email=f"a{number}@exemple.example", by=ANONYMOUS, now=at)


def test_the_wait_shrinks_as_time_goes() -> None:
    for second in range(ACCOUNT_LIMIT):
        attempt(at=NOW + timedelta(seconds=second))

    waits = []
    for minutes in (1, 10, 14):
        with pytest.raises(TooOften) as refused:
            attempt(at=NOW + timedelta(minutes=minutes))
        waits.append(refused.value.minutes)

    assert waits == [14, 5, 1]


def test_a_refused_try_does_not_prolong_the_wait() -> None:
    for _time in range(ACCOUNT_LIMIT):
        attempt()
    with pytest.raises(TooOften):
        attempt(at=NOW + WINDOW / 2)

    attempt(at=NOW + WINDOW)

    assert Attempt.objects.count() == 2  # the former ones are gone


def test_reaching_a_limit_is_journalled_once() -> None:
    uids = [attempt() for _time in range(ACCOUNT_LIMIT)]
    for _time in range(3):
        with pytest.raises(TooOften):
            attempt()

    assert list(Entry.objects.values_list("verb", "by", "subject_uid")) == [
        ("sign_in.limit_reached", "anonymous", uids[-1])
    ]


def test_an_ipv6_household_is_one_address() -> None:
    for number in range(ADDRESS_LIMIT):
        attempt(number, address=f"2001:db8:1:2::{number:x}")

    with pytest.raises(TooOften):
        attempt(99, address="2001:db8:1:2:ffff::1")
    attempt(99, address="2001:db8:1:3::1")
