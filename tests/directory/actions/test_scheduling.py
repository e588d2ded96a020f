"""A feed is fetched at its rhythm, once an hour that has come, and says what broke."""

from datetime import timedelta

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from allervers.accounts.actor import ANONYMOUS, SYSTEM
from allervers.accounts.policies import NotAllowed
from allervers.directory.actions.deliveries import deliver
from allervers.directory.actions.scheduling import schedule_feed, stop_schedule
from allervers.directory.models import Delivery, Feed, Schedule
from allervers.directory.tasks import refresh
from tests.cast import client_of, make_operator
from tests.factories import NOW

pytestmark = pytest.mark.django_db
URL = "https://exemple.example/services.csv"
WEEKLY = Schedule.Rhythm.WEEKLY


@pytest.fixture
def feed() -> Feed:
    return Feed.objects.create(slug="mairie", created_at=NOW)


def test_feed_is_fetched_at_once_then_at_its_rhythm(feed: Feed) -> None:
    schedule_feed(feed, urls=[URL], rhythm=WEEKLY, by=SYSTEM, now=NOW)

    refresh(NOW)
    refresh(NOW + timedelta(days=6))
    Delivery.objects.update(state="applied")
    refresh(NOW + timedelta(days=7))

    assert [one.asked_at for one in Delivery.objects.order_by("pk")] == [NOW, NOW + timedelta(days=7)]
    assert DBTaskResult.objects.count() == 2


def test_feed_that_is_still_being_read_is_not_asked_again(feed: Feed) -> None:
    schedule_feed(feed, urls=[URL], rhythm=Schedule.Rhythm.DAILY, by=SYSTEM, now=NOW)

    for day in range(3):
        refresh(NOW + timedelta(days=day))

    assert Delivery.objects.count() == 1


def test_address_that_leads_inside_breaks_the_feed_and_says_so(feed: Feed) -> None:
    schedule_feed(feed, urls=["http://127.0.0.1:1/a.csv"], rhythm=WEEKLY, by=SYSTEM, now=NOW)
    refresh(NOW)

    deliver(Delivery.objects.get().uid, now=NOW)

    delivery = Delivery.objects.get()
    assert delivery.state == "refused" and "réseau privé" in delivery.sentence


def test_feed_that_is_stopped_is_fetched_no_more(feed: Feed) -> None:
    schedule_feed(feed, urls=[URL], rhythm=WEEKLY, by=SYSTEM, now=NOW)
    stop_schedule(feed, by=SYSTEM, now=NOW)

    refresh(NOW + timedelta(days=8))

    assert not Delivery.objects.exists()


def test_visitor_may_not_schedule(feed: Feed) -> None:
    with pytest.raises(NotAllowed):
        schedule_feed(feed, urls=[URL], rhythm=WEEKLY, by=ANONYMOUS, now=NOW)


def test_operator_schedules_on_the_page_of_the_feed(feed: Feed, settings) -> None:
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    operator: Client = client_of(make_operator())

    refused = operator.post("/bureau/sources/mairie", {"urls": "file:///etc/passwd", "rhythm": "weekly"})
    kept = operator.post("/bureau/sources/mairie", {"urls": f" {URL}\n\n", "rhythm": "daily"})

    page = operator.get("/bureau/sources/mairie").content.decode()
    schedule = Schedule.objects.get()
    assert (refused.status_code, kept.status_code) == (422, 303)
    assert (schedule.urls, schedule.rhythm) == ([URL], "daily")
    assert "la prochaine fois le" in page
    assert operator.post("/bureau/sources/mairie/arreter").status_code == 303
    assert not Schedule.objects.exists()
