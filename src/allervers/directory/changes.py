"""Telling the indexes that the directory changed: one row, in the transaction of the change itself."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from allervers.directory.models import Change

MOST_NAMED = 1_000  # services that a small change may touch: beyond, an index is built


def tell(now: datetime, *, services: Collection[str] | None = None) -> Change:
    """`services`: ids of those whose search answers may differ now; None: too many to name."""
    _in_order_of_commits()
    named = None if services is None or len(services) > MOST_NAMED else sorted(services)
    return Change.objects.create(at=now, services=named)


def _in_order_of_commits() -> None:
    """No later change may commit first: an index would believe it holds this one. SQLite writes alone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Change._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
