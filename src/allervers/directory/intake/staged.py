"""The staged rows, seen by the site's own connection, so that set-based statements may join them.

SQLite attaches the staging file; PostgreSQL receives its tables as temporary ones, by COPY.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from allervers.directory.intake.normalise import COLUMNS
from allervers.directory.intake.staging import Staging
from allervers.directory.models import Organisation, Record, Service
from allervers.directory.models.record import Kind

RECORD, ORGANISATION, SERVICE = (model._meta.db_table for model in (Record, Organisation, Service))
SHEETS = {Kind.STRUCTURE: ORGANISATION, Kind.SERVICE: SERVICE}
BATCH = 1_000  # rows read at once from the staging file


@dataclass(frozen=True, slots=True)
class Staged:
    """A cursor of the site's connection, and the names under which it knows the staged tables."""

    cursor: CursorWrapper
    prefix: str

    def __getitem__(self, table: str) -> str:
        return f'{self.prefix}"{table}"' if self.prefix.endswith(".") else f'"{self.prefix}{table}"'

    def execute(self, statement: str, parameters: list[Any] | None = None) -> None:
        self.cursor.execute(statement, parameters or [])

    def rows(self, statement: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        self.execute(statement, parameters)
        return list(self.cursor.fetchall())


@contextmanager
def attached(staging: Staging) -> Iterator[Staged]:
    """For the length of the block, which stands outside of any transaction: SQLite asks it."""
    staging.release()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with _copied(staging, cursor) as staged:
                yield staged
        else:
            cursor.execute("ATTACH DATABASE %s AS staged", [str(staging.path)])
            try:
                yield Staged(cursor, "staged.")
            finally:
                cursor.execute("DETACH DATABASE staged")


# Columns of the staging file, with the types that join ours. Sheets borrow theirs from our own tables.
TABLES = {
    "pair": {"kind": "text", "source": "text"},
    "seen": {"kind": "text", "ident": "text", "unchanged": "boolean"},
    "record": {
        "kind": "text",
        "ident": "text",
        "uid": "uuid",
        "source": "text",
        "payload": "jsonb",
        "content_hash": "text",
        "structure_ident": "text",
        "is_new": "boolean",
        "waiting": "boolean",
        "feed_id": "bigint",
        "received_at": "timestamptz",
    },
}
KEYS = {"seen": "(kind, ident)", "record": "(kind, ident)"}


@contextmanager
def _copied(staging: Staging, cursor: CursorWrapper) -> Iterator[Staged]:
    staged = Staged(cursor, "staged_")
    made = [staged[name] for name in [*TABLES, *(kind.value for kind in Kind)]]
    cursor.execute(f"DROP TABLE IF EXISTS {', '.join(made)}")
    try:
        with closing(sqlite3.connect(staging.path)) as source:
            for name, columns in TABLES.items():
                types = ", ".join(f'"{column}" {type_}' for column, type_ in columns.items())
                cursor.execute(f"CREATE TEMPORARY TABLE {staged[name]} ({types})")
                _copy(source, cursor, name, into=staged[name], columns=list(columns))
                if name in KEYS:
                    cursor.execute(f"CREATE INDEX ON {staged[name]} {KEYS[name]}")
            for kind, table in SHEETS.items():
                _copy_sheets(source, cursor, kind, table, into=staged[kind.value])
            for name in made:
                cursor.execute(f"ANALYZE {name}")
        yield staged
    finally:
        if not connection.needs_rollback and connection.is_usable():
            cursor.execute(f"DROP TABLE IF EXISTS {', '.join(made)}")


def _copy_sheets(
    source: sqlite3.Connection, cursor: CursorWrapper, kind: Kind, table: str, *, into: str
) -> None:
    columns = [*COLUMNS[kind], "uid"]
    listed = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(f"CREATE TEMPORARY TABLE {into} AS SELECT {listed} FROM {table} WITH NO DATA")
    _copy(source, cursor, kind.value, into=into, columns=columns)


def _copy(
    source: sqlite3.Connection, cursor: CursorWrapper, table: str, *, into: str, columns: list[str]
) -> None:
    """Every value as text: PostgreSQL reads it as its column's type."""
    listed = ", ".join(f'"{column}"' for column in columns)
    rows = source.execute(f'SELECT {listed} FROM "{table}"')
    with cursor.copy(f"COPY {into} ({listed}) FROM STDIN") as copy:
        while batch := rows.fetchmany(BATCH):
            for row in batch:
                copy.write_row(None if value is None else str(value) for value in row)
