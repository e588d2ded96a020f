"""Keeping what searches and readers tell us."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from allervers.accounts.actor import ANONYMOUS, Actor
from allervers.accounts.policies import require
from allervers.directory.models import EmptySearch, ErrorReport, Kind
from allervers.directory.policies import can_report_error
from allervers.journal import actions as journal


@transaction.atomic
def count_empty_search(
    *, needs: Sequence[str], publics: Sequence[str], code_insee: str, now: datetime
) -> EmptySearch:
    """One more search that found nothing, by day: needs and municipality, never who or in which words."""
    day = timezone.localdate(now)
    facts = {"needs": sorted(needs), "publics": sorted(publics), "code_insee": code_insee}
    key = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    count, is_new = EmptySearch.objects.select_for_update().get_or_create(day=day, key=key, defaults=facts)
    if not is_new:
        EmptySearch.objects.filter(pk=count.pk).update(times=F("times") + 1)
    journal.record("search.found_nothing", "empty_search", count.uid, by=ANONYMOUS.ref, at=now)
    return count


@transaction.atomic
def report_error(kind: Kind, ident: str, *, what: str, details: str, by: Actor, now: datetime) -> ErrorReport:
    """Keep what a reader says is wrong with a sheet."""
    require(can_report_error(by))
    report = ErrorReport.objects.create(kind=kind, ident=ident, what=what, details=details, reported_at=now)
    journal.record(
        "error.reported", "error_report", report.uid, by=by.ref, at=now, fields=["what", "details"]
    )
    return report
