"""The visible change, as a few set-based statements over the staged rows. SQLite (ON CONFLICT, ATTACH)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from allervers.directory.intake.normalise import COLUMNS
from allervers.directory.intake.staging import Staging
from allervers.directory.models import Feed, Kind, Organisation, Record, Service

RECORD, ORGANISATION, SERVICE = (model._meta.db_table for model in (Record, Organisation, Service))


@contextmanager
def attached(staging: Staging) -> Iterator[CursorWrapper]:
    """Attach the staging file to the site's connection. Outside of any transaction: SQLite asks it."""
    staging.release()
    with connection.cursor() as cursor:
        cursor.execute("ATTACH DATABASE %s AS staged", [str(staging.path)])
        try:
            yield cursor
        finally:
            cursor.execute("DETACH DATABASE staged")


def count_missing(cursor: CursorWrapper, feed: Feed | None) -> int:
    """Live records of this feed that the run does not hold, among the kinds and sources that it does hold."""
    if feed is None:
        return 0
    cursor.execute(
        f"""
        SELECT count(*) FROM {RECORD} AS r
        WHERE r.feed_id = %s AND NOT r.quarantined
          AND EXISTS (SELECT 1 FROM staged.pair AS p WHERE p.kind = r.kind AND p.source = r.source)
          AND NOT EXISTS (SELECT 1 FROM staged.seen AS s WHERE s.kind = r.kind AND s.ident = r.ident)
        """,
        [feed.pk],
    )
    return int(cursor.fetchone()[0])


def merge(cursor: CursorWrapper, feed: Feed, *, now: datetime) -> None:
    """Show all that is staged. Inside the caller's transaction; the order is that of the foreign keys."""
    _leave_quarantine(cursor)
    _merge_records(cursor, feed, now)
    _merge_sheets(cursor, Organisation, Kind.STRUCTURE, joins="", keys={"record_id": "r.id"})
    _merge_sheets(
        cursor,
        Service,
        Kind.SERVICE,
        joins=f"JOIN {ORGANISATION} AS o ON o.ident = r.structure_ident",
        keys={"record_id": "r.id", "organisation_id": "o.id"},
    )


def _leave_quarantine(cursor: CursorWrapper) -> None:
    """What becomes visible, or is visible as it is, waits no more."""
    cursor.execute(
        f"""
        DELETE FROM {RECORD} WHERE kind = 'service' AND quarantined AND (
            EXISTS (SELECT 1 FROM staged.record AS s
                    WHERE s.kind = {RECORD}.kind AND s.ident = {RECORD}.ident AND NOT s.waiting)
            OR EXISTS (SELECT 1 FROM staged.seen AS s
                       WHERE s.kind = {RECORD}.kind AND s.ident = {RECORD}.ident AND s.unchanged))
        """
    )


def _merge_records(cursor: CursorWrapper, feed: Feed, now: datetime) -> None:
    """A record that waits as it waited already keeps the time when it came."""
    moment = connection.ops.adapt_datetimefield_value(now)
    cursor.execute(
        f"""
        INSERT INTO {RECORD} (uid, kind, ident, feed_id, source, payload, content_hash, received_at,
                              structure_ident, quarantined)
        SELECT s.uid, s.kind, s.ident, coalesce(s.feed_id, %s), s.source, s.payload, s.content_hash,
               coalesce(s.received_at, %s), s.structure_ident, s.waiting
        FROM staged.record AS s WHERE true
        ON CONFLICT (kind, ident, quarantined) DO UPDATE SET
            feed_id = excluded.feed_id, source = excluded.source, payload = excluded.payload,
            content_hash = excluded.content_hash, received_at = excluded.received_at,
            structure_ident = excluded.structure_ident
        WHERE {RECORD}.content_hash <> excluded.content_hash
        """,
        [feed.pk, moment],
    )


def _merge_sheets(
    cursor: CursorWrapper, model: type[Model], kind: Kind, *, joins: str, keys: dict[str, str]
) -> None:
    """One sheet a live record. A sheet that was retired comes back."""
    names = [name for name in COLUMNS[kind] if name != "ident"]
    columns = ", ".join(f'"{name}"' for name in ["uid", "ident", *names, *keys])
    values = ", ".join([*(f's."{name}"' for name in ["uid", "ident", *names]), *keys.values()])
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in [*names, *keys])
    cursor.execute(
        f"""
        INSERT INTO {model._meta.db_table} ({columns})
        SELECT {values}
        FROM staged."{kind.value}" AS s
        JOIN staged.record AS w ON w.kind = '{kind.value}' AND w.ident = s.ident AND NOT w.waiting
        JOIN {RECORD} AS r ON r.kind = '{kind.value}' AND r.ident = s.ident AND NOT r.quarantined
        {joins}
        WHERE true
        ON CONFLICT (ident) DO UPDATE SET {changes}, "retired_at" = NULL
        """
    )
