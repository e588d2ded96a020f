"""The end of an import: planned, then shown by one short transaction, or held until someone says yes."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from allervers.accounts.actor import Actor
from allervers.directory.actions.changes import tell
from allervers.directory.actions.laying_over import lay_over_staged
from allervers.directory.intake.mapping import TableMapping
from allervers.directory.intake.merge import merge
from allervers.directory.intake.missing import absences, mark_missing, mark_seen, too_many
from allervers.directory.intake.report import Report
from allervers.directory.intake.staged import Staged
from allervers.directory.models import Feed, ImportRun
from allervers.directory.queries.indexes import index_is_stale
from allervers.journal import actions as journal


@dataclass(frozen=True, slots=True)
class Coming:
    """One run on its way: whose it is, how it was asked for."""

    feed: str
    by: Actor
    now: datetime
    began: float  # seconds, monotonic
    partial: bool = False
    uid: UUID | None = None
    mapping: TableMapping | None = None  # what the columns of the files are, when it must be said
    held: ImportRun | None = None  # the run that was held, and that someone said yes to

    @property
    def known_feed(self) -> Feed | None:
        return Feed.objects.filter(slug=self.feed).first()


def plan(staged: Staged, report: Report, coming: Coming) -> None:
    """Say in the report what applying it would do to what it does not hold. Reads only."""
    if coming.partial:
        return
    found = absences(staged, coming.known_feed, now=coming.now)
    report.missing = sum(absence.missing for absence in found)
    report.retired = sum(absence.due for absence in found)
    report.held = too_many(found)


def apply(staged: Staged, report: Report, facts: list[dict[str, Any]], coming: Coming) -> bool:
    """The short transaction. True when an index must be built for it."""
    was_fresh = not index_is_stale()
    with transaction.atomic():
        feed, _is_new = Feed.objects.get_or_create(slug=coming.feed, defaults={"created_at": coming.now})
        merge(staged, feed, now=coming.now)
        mark_seen(staged, feed, partial=coming.partial)
        if not coming.partial:
            mark_missing(staged, feed, now=coming.now)
        lay_over_staged(staged)
        report.held = []
        keep_run(report, facts, coming, feed=feed, state=ImportRun.State.APPLIED)
        journal.record("feed.imported", "feed", feed.uid, by=coming.by.ref, at=coming.now, fields=["records"])
        nothing_new = was_fresh and not (report.added or report.changed or report.retired)
        if nothing_new:  # the index already holds all that this run brought
            return False
        tell(coming.now)
        return True


def keep_run(
    report: Report, facts: list[dict[str, Any]], coming: Coming, *, feed: Feed, state: ImportRun.State
) -> ImportRun:
    """The run with its report; a run that was held keeps its row and its uid."""
    run = coming.held or ImportRun(feed=feed, started_at=coming.now)
    if coming.uid and not coming.held:
        run.uid = coming.uid
    if coming.held:
        run.decided_at, run.decided_by = coming.now, coming.by.ref
    run.state, run.partial, run.files = state, coming.partial, facts
    run.finished_at = coming.now + timedelta(seconds=time.monotonic() - coming.began)
    report.run = run.uid
    run.report = report.as_json()
    run.save()
    return run
