"""The visible change, as a few set-based statements over the staged rows, in portable SQL (ON CONFLICT)."""

from datetime import datetime

from django.db import connection
from django.db.models import Model

from allervers.directory.intake.normalise import COLUMNS
from allervers.directory.intake.staged import ORGANISATION, RECORD, Staged
from allervers.directory.models import Feed, FormerRecord, Kind, Organisation, Service

FORMER = FormerRecord._meta.db_table


def merge(staged: Staged, feed: Feed, *, now: datetime) -> None:
    """Show all that is staged. Inside the caller's transaction; the order is that of the foreign keys."""
    _leave_quarantine(staged)
    _keep_former(staged, now)
    _merge_records(staged, feed, now)
    _merge_sheets(staged, Organisation, Kind.STRUCTURE, joins="", keys={"record_id": "r.id"})
    _merge_sheets(
        staged,
        Service,
        Kind.SERVICE,
        joins=f"JOIN {ORGANISATION} AS o ON o.ident = r.structure_ident",
        keys={"record_id": "r.id", "organisation_id": "o.id"},
    )


def moment(now: datetime) -> object:
    """As the database writes it."""
    return connection.ops.adapt_datetimefield_value(now)


def _leave_quarantine(staged: Staged) -> None:
    """What becomes visible, or is visible as it is, waits no more."""
    staged.execute(
        f"""
        DELETE FROM {RECORD} WHERE kind = 'service' AND quarantined AND (
            EXISTS (SELECT 1 FROM {staged["record"]} AS s
                    WHERE s.kind = {RECORD}.kind AND s.ident = {RECORD}.ident AND NOT s.waiting)
            OR EXISTS (SELECT 1 FROM {staged["seen"]} AS s
                       WHERE s.kind = {RECORD}.kind AND s.ident = {RECORD}.ident AND s.unchanged))
        """
    )


def _keep_former(staged: Staged, now: datetime) -> None:
    """What live records said until now, where the run says something else."""
    staged.execute(
        f"""
        INSERT INTO {FORMER} (record_id, feed_id, source, payload, content_hash, received_at, replaced_at)
        SELECT r.id, r.feed_id, r.source, r.payload, r.content_hash, r.received_at, %s
        FROM {RECORD} AS r
        JOIN {staged["record"]} AS s ON s.kind = r.kind AND s.ident = r.ident AND NOT s.waiting
        WHERE NOT r.quarantined AND r.content_hash <> s.content_hash
        """,
        [moment(now)],
    )


def _merge_records(staged: Staged, feed: Feed, now: datetime) -> None:
    """A record that waits as it waited already keeps the time when it came."""
    staged.execute(
        f"""
        INSERT INTO {RECORD} (uid, kind, ident, feed_id, source, payload, content_hash, received_at,
                              structure_ident, quarantined, missing_runs)
        SELECT s.uid, s.kind, s.ident, coalesce(s.feed_id, %s), s.source, s.payload, s.content_hash,
               coalesce(s.received_at, %s), s.structure_ident, s.waiting, 0
        FROM {staged["record"]} AS s WHERE true
        ON CONFLICT (kind, ident, quarantined) DO UPDATE SET
            feed_id = excluded.feed_id, source = excluded.source, payload = excluded.payload,
            content_hash = excluded.content_hash, received_at = excluded.received_at,
            structure_ident = excluded.structure_ident
        WHERE {RECORD}.content_hash <> excluded.content_hash
        """,
        [feed.pk, moment(now)],
    )


def _merge_sheets(
    staged: Staged, model: type[Model], kind: Kind, *, joins: str, keys: dict[str, str]
) -> None:
    """One sheet a live record. A sheet that was retired comes back."""
    names = [name for name in COLUMNS[kind] if name != "ident"]
    columns = ", ".join(f'"{name}"' for name in ["uid", "ident", *names, *keys])
    values = ", ".join([*(f's."{name}"' for name in ["uid", "ident", *names]), *keys.values()])
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in [*names, *keys])
    staged.execute(
        f"""
        INSERT INTO {model._meta.db_table} ({columns})
        SELECT {values}
        FROM {staged[kind.value]} AS s
        JOIN {staged["record"]} AS w ON w.kind = '{kind.value}' AND w.ident = s.ident AND NOT w.waiting
        JOIN {RECORD} AS r ON r.kind = '{kind.value}' AND r.ident = s.ident AND NOT r.quarantined
        {joins}
        WHERE true
        ON CONFLICT (ident) DO UPDATE SET {changes}, "retired_at" = NULL
        """
    )
