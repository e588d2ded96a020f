"""When a feed is fetched: declared once by an operator, then brought by the scheduler."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from allervers.accounts.actor import SYSTEM, Actor
from allervers.accounts.policies import require
from allervers.directory.intake.download import check_url
from allervers.directory.models import Delivery, Feed, Schedule
from allervers.directory.policies import can_import
from allervers.journal import actions as journal

EVERY = {
    Schedule.Rhythm.DAILY: timedelta(days=1),
    Schedule.Rhythm.WEEKLY: timedelta(days=7),
    Schedule.Rhythm.MONTHLY: timedelta(days=30),
}
UNDER_WAY = (Delivery.State.WAITING, Delivery.State.RUNNING)


@transaction.atomic
def schedule_feed(
    feed: Feed, *, urls: Sequence[str], rhythm: Schedule.Rhythm, by: Actor, now: datetime
) -> Schedule:
    """Fetch these files together at this rhythm, from now on. Raises NotAllowed, Refused."""
    require(can_import(by))
    for url in urls:
        check_url(url)
    said = {"urls": list(urls), "rhythm": rhythm, "next_at": now}
    schedule, _is_new = Schedule.objects.update_or_create(feed=feed, defaults=said)
    journal.record("schedule.declared", "schedule", schedule.uid, by=by.ref, at=now, fields=sorted(said))
    return schedule


@transaction.atomic
def stop_schedule(feed: Feed, *, by: Actor, now: datetime) -> None:
    """The feed comes by hand again; what it brought stays."""
    require(can_import(by))
    schedule = Schedule.objects.select_for_update().filter(feed=feed).first()
    if schedule is not None:
        journal.record("schedule.stopped", "schedule", schedule.uid, by=by.ref, at=now)
        schedule.delete()


@transaction.atomic
def due_deliveries(*, now: datetime) -> list[Delivery]:
    """One for each feed whose hour has come, and the next hour. Two schedulers at once take each once."""
    due = Schedule.objects.select_for_update(skip_locked=True).filter(next_at__lte=now)
    made = []
    for schedule in due.order_by("next_at"):
        schedule.next_at = now + EVERY[Schedule.Rhythm(schedule.rhythm)]
        schedule.save(update_fields=["next_at"])
        if Delivery.objects.filter(feed=schedule.feed_id, state__in=UNDER_WAY).exists():
            continue  # the former one is not over: the next hour will do
        delivery = Delivery.objects.create(feed_id=schedule.feed_id, asked_at=now)
        journal.record("delivery.scheduled", "delivery", delivery.uid, by=SYSTEM.ref, at=now)
        made.append(delivery)
    return made
