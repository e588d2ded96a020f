"""What a run would change, as people want to see it first: the first of each kind, field by field."""

from typing import Any

import orjson

from allervers.directory.intake.canonical import Values, canonical
from allervers.directory.intake.missing import absent_records
from allervers.directory.intake.staged import RECORD, Staged
from allervers.directory.models import Feed, Kind

MOST_SHOWN = 20  # of each kind

Entry = dict[str, Any]


def preview(staged: Staged, feed: Feed | None, *, partial: bool, now: Any) -> dict[str, list[Entry]]:
    """{"added", "changed", "missing", "retired": [{"kind", "id", "nom"}…]}; a changed one has "fields":
    {name: [before, after]}, None where empty; none when the record merely comes back."""
    gone = [] if partial or feed is None else absent_records(staged, feed, now=now, limit=MOST_SHOWN)
    return {
        "added": _added(staged),
        "changed": _changed(staged),
        "missing": [entry for entry, is_due in gone if not is_due][:MOST_SHOWN],
        "retired": [entry for entry, is_due in gone if is_due][:MOST_SHOWN],
    }


def _added(staged: Staged) -> list[Entry]:
    rows = staged.rows(
        f"SELECT kind, ident, payload FROM {staged['record']} WHERE is_new AND NOT waiting"
        f" ORDER BY kind, ident LIMIT {MOST_SHOWN}"
    )
    return [_named(kind, ident, _values(payload, kind)) for kind, ident, payload in rows]


def _changed(staged: Staged) -> list[Entry]:
    rows = staged.rows(
        f"SELECT s.kind, s.ident, r.payload, s.payload FROM {staged['record']} AS s"
        f" JOIN {RECORD} AS r ON r.kind = s.kind AND r.ident = s.ident AND NOT r.quarantined"
        f" WHERE NOT s.is_new AND NOT s.waiting ORDER BY s.kind, s.ident LIMIT {MOST_SHOWN}"
    )
    return [
        _named(kind, ident, _values(after, kind))
        | {"fields": differences(_values(before, kind), _values(after, kind))}
        for kind, ident, before, after in rows
    ]


def differences(before: Values, after: Values) -> dict[str, list[object]]:
    """{field: [before, after]} where they differ, None where empty; the order of a list says nothing."""
    names = dict.fromkeys([*before, *after])
    return {
        name: [before.get(name), after.get(name)]
        for name in names
        if _compared(before.get(name)) != _compared(after.get(name))
    }


def _compared(value: object) -> object:
    return sorted(map(str, value)) if isinstance(value, list) else value


def _values(payload: object, kind: object) -> Values:
    """SQLite gives JSON as its text, PostgreSQL as what it says."""
    received = orjson.loads(payload) if isinstance(payload, str | bytes) else payload
    return canonical(received, Kind(str(kind)))  # type: ignore[arg-type]


def _named(kind: object, ident: object, values: Values) -> Entry:
    return {"kind": str(kind), "id": str(ident), "nom": values.get("nom")}
