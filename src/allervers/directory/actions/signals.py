"""Keeping what searches and readers tell us."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from allervers.accounts.actor import ANONYMOUS, SYSTEM, Actor
from allervers.accounts.policies import require
from allervers.directory.models import EmptySearch, ErrorReport, Kind
from allervers.directory.policies import can_answer_errors, can_report_error
from allervers.journal import actions as journal

CONTACT_DAYS = 30  # how long a reader's phone or e-mail is kept without an answer


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
def report_error(
    kind: Kind, ident: str, *, what: str, details: str, contact: str = "", by: Actor, now: datetime
) -> ErrorReport:
    """Keep what a reader says is wrong with a sheet; `contact` (phone or e-mail) when they want an answer."""
    require(can_report_error(by))
    report = ErrorReport.objects.create(
        kind=kind, ident=ident, what=what, details=details, contact=contact, reported_at=now
    )
    fields = ["what", "details", *(["contact"] if contact else [])]
    journal.record("error.reported", "error_report", report.uid, by=by.ref, at=now, fields=fields)
    return report


@dataclass
class AlreadyAnswered(Exception):
    """Someone else of the desk was first."""

    report: ErrorReport


@transaction.atomic
def answer_error(uid: UUID, *, answer: ErrorReport.Answer, by: Actor, now: datetime) -> ErrorReport:
    """The report is dealt with; how to reach who made it is erased. Raises NotAllowed, AlreadyAnswered."""
    require(can_answer_errors(by))
    report = ErrorReport.objects.select_for_update().get(uid=uid)
    if report.answered_at:
        raise AlreadyAnswered(report)
    report.answered_at, report.answer, report.contact = now, answer, ""
    report.save(update_fields=["answered_at", "answer", "contact"])
    journal.record(
        "error.answered", "error_report", report.uid, by=by.ref, at=now, fields=["answer", "contact"]
    )
    return report


@transaction.atomic
def forget_contacts(*, now: datetime) -> int:
    """After thirty days without an answer, how to reach who made a report is erased all the same."""
    old = ErrorReport.objects.filter(reported_at__lt=now - timedelta(days=CONTACT_DAYS)).exclude(contact="")
    erased = list(old.select_for_update())
    for report in erased:
        report.contact = ""
        report.save(update_fields=["contact"])
        journal.record(
            "error.contact_erased", "error_report", report.uid, by=SYSTEM.ref, at=now, fields=["contact"]
        )
    return len(erased)
