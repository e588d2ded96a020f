"""The end of an import: shown by one short transaction."""

from typing import Any

from django.db import transaction

from allervers.directory.changes import tell
from allervers.directory.coming import Coming, keep_run
from allervers.directory.intake.merge import merge
from allervers.directory.intake.missing import mark_missing, mark_seen
from allervers.directory.intake.report import Report
from allervers.directory.intake.staged import Staged
from allervers.directory.laying_over import lay_over_staged
from allervers.directory.models import Feed, ImportRun
from allervers.directory.queries.indexes import index_is_stale
from allervers.journal import actions as journal


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
