"""Counting which sheets are looked at, by day and never by whom.

A page must not wait for a write: looks are counted in memory and written by a thread, once a minute.
A killed worker forgets the looks of its last minute.
"""

import threading
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import connections, transaction
from django.db.models import F

from allervers.accounts.actor import ANONYMOUS, SYSTEM
from allervers.directory.models import Kind, SheetLook
from allervers.journal import actions as journal

WRITTEN_EVERY_SECONDS = 60.0
KEPT_DAYS = 92  # a quarter says which sheets matter

Look = tuple[date, Kind, str]


class Looks:
    """Those of this process that are not written yet."""

    def __init__(self) -> None:
        self._counts: Counter[Look] = Counter()
        self._lock = threading.Lock()
        self._written_at = time.monotonic()

    def add(self, kind: Kind, ident: str, *, day: date) -> bool:
        """True when it is time to write."""
        with self._lock:
            self._counts[(day, kind, ident)] += 1
            due = time.monotonic() - self._written_at > WRITTEN_EVERY_SECONDS
            if due:
                self._written_at = time.monotonic()
            return due

    def taken(self) -> Counter[Look]:
        """All of them, once."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
            return counts


looks = Looks()


def look_at(kind: Kind, ident: str, *, now: datetime) -> None:
    """One more look at a sheet."""
    if looks.add(kind, ident, day=now.date()):
        threading.Thread(target=_write_apart, args=(now,), name="looks", daemon=True).start()


def _write_apart(now: datetime) -> None:
    try:
        write_looks(looks.taken(), now=now)
    finally:
        connections.close_all()


@transaction.atomic
def write_looks(counts: Mapping[Look, int], *, now: datetime) -> None:
    """Add to the counts of the day."""
    for (day, kind, ident), times in sorted(counts.items()):
        row, _is_new = SheetLook.objects.get_or_create(day=day, kind=kind, ident=ident)
        SheetLook.objects.filter(pk=row.pk).update(times=F("times") + times)
        journal.record("sheet.looked_at", "sheet_look", row.uid, by=ANONYMOUS.ref, at=now)


@transaction.atomic
def forget_looks(*, now: datetime) -> None:
    """Counts of more than a quarter ago go."""
    old = SheetLook.objects.filter(day__lt=now.date() - timedelta(days=KEPT_DAYS))
    if last := old.order_by("-pk").first():
        journal.record("sheet.looks_forgotten", "sheet_look", last.uid, by=SYSTEM.ref, at=now)
        old.delete()
