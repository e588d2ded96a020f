"""The state of each feed: when it came last, what it brought, what waits, what broke and since when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from allervers.directory.models import Delivery, Feed, ImportRun, Record, Schedule

OVER = (Delivery.State.APPLIED, Delivery.State.REFUSED, Delivery.State.DISCARDED)


@dataclass(frozen=True, slots=True)
class FeedState:
    """One line of the page « Aujourd’hui »."""

    slug: str
    uid: UUID
    records: int  # live and in quarantine
    quarantined: int
    last_run: ImportRun | None
    delivery: Delivery | None  # the one under way, if any
    broken_since: datetime | None  # the first refusal since it last worked
    broken_uid: UUID | None  # the latest of those refusals
    broken_sentence: str
    schedule: Schedule | None

    @property
    def counts(self) -> dict[str, Any]:
        return self.last_run.report if self.last_run else {}


def feed_states() -> list[FeedState]:
    """Every feed, broken ones first. Four statements, however many feeds."""
    feeds = Feed.objects.select_related("schedule").annotate(
        held=Count("records"), waiting=Count("records", filter=Q(records__quarantined=True))
    )
    runs = _latest_runs()
    deliveries = _deliveries()
    states = [_state(feed, runs.get(feed.pk), deliveries.get(feed.pk, [])) for feed in feeds]
    return sorted(states, key=lambda state: (state.broken_since is None, state.slug))


def feed_state(slug: str) -> FeedState | None:
    return next((state for state in feed_states() if state.slug == slug), None)


def feed_runs(slug: str, *, limit: int) -> list[ImportRun]:
    """The latest first, without their reports' rows being read by anyone."""
    return list(ImportRun.objects.filter(feed__slug=slug)[:limit])


def delivery(uid: UUID) -> Delivery | None:
    return Delivery.objects.select_related("feed", "run").filter(uid=uid).first()


def runs_held() -> list[ImportRun]:
    """What waits for a yes, however it came."""
    return list(ImportRun.objects.select_related("feed").filter(state=ImportRun.State.HELD))


def records_waiting() -> int:
    return Record.objects.filter(quarantined=True).count()


def _latest_runs() -> dict[int, ImportRun]:
    """Applied ones, by feed."""
    applied = ImportRun.objects.filter(state=ImportRun.State.APPLIED)
    return {run.feed_id: run for run in applied.order_by("pk").defer("files")}


def _deliveries() -> dict[int, list[Delivery]]:
    """By feed, the latest first."""
    found: dict[int, list[Delivery]] = {}
    for one in Delivery.objects.order_by("-pk"):
        found.setdefault(one.feed_id, []).append(one)
    return found


def _state(feed: Any, last_run: ImportRun | None, deliveries: list[Delivery]) -> FeedState:
    under_way = next((one for one in deliveries if one.state not in OVER), None)
    refused = _refused_since_success([one for one in deliveries if one.state in OVER], last_run)
    return FeedState(
        slug=feed.slug,
        uid=feed.uid,
        records=feed.held,
        quarantined=feed.waiting,
        last_run=last_run,
        delivery=under_way,
        broken_since=refused[-1].finished_at if refused else None,
        broken_uid=refused[0].uid if refused else None,
        broken_sentence=refused[0].sentence if refused else "",
        schedule=getattr(feed, "schedule", None),
    )


def _refused_since_success(over: list[Delivery], last_run: ImportRun | None) -> list[Delivery]:
    """The refusals, latest first, that no success has followed: by delivery or by the command line."""
    worked_at = last_run.finished_at if last_run else None
    refused = []
    for one in over:
        if one.state == Delivery.State.APPLIED:
            break
        if one.state != Delivery.State.REFUSED:
            continue
        if worked_at and one.finished_at and one.finished_at < worked_at:
            break
        refused.append(one)
    return refused
