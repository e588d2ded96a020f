"""A run on its way: whose it is, what it would do, and the row that remembers it. Steps of the actions."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allervers.accounts.actor import Actor
from allervers.directory.intake.mapping import TableMapping
from allervers.directory.intake.missing import absences, too_many
from allervers.directory.intake.report import Report
from allervers.directory.intake.staged import Staged
from allervers.directory.models import Feed, ImportRun


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
