"""Staging: rows wait in an SQLite file of their own, so that a run of any size keeps constant memory.

The file is worth nothing after a crash: it is written without a journal, and the next run sweeps it away.
"""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from allervers.directory.intake.normalise import COLUMNS, Columns
from allervers.directory.models import Kind

STEM = "import-"
BATCH = 500  # rows written, or looked up, at once

SCHEMA = """
CREATE TABLE seen (
    kind TEXT, ident TEXT, source TEXT, content_hash TEXT,
    file TEXT, row INTEGER, unchanged INTEGER DEFAULT 0,
    PRIMARY KEY (kind, ident)
) WITHOUT ROWID;
CREATE TABLE record (
    kind TEXT, ident TEXT, uid TEXT, source TEXT, payload TEXT, content_hash TEXT, structure_ident TEXT,
    file TEXT, row INTEGER, is_new INTEGER, waiting INTEGER DEFAULT 0,
    feed_id INTEGER, received_at TEXT,
    PRIMARY KEY (kind, ident)
);
CREATE INDEX record_structure ON record (structure_ident);
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a record was first met in this run."""

    content_hash: str
    file: str
    row: int


@dataclass(frozen=True, slots=True)
class Staged:
    """A good row, ready to be shown. A freed record keeps the `feed_id` and `received_at` of its run."""

    kind: Kind
    ident: str
    uid: str  # 32 hexadecimal digits, for a record that is new
    sheet_uid: str
    source: str
    payload: str  # JSON, verbatim
    content_hash: str
    structure_ident: str
    file: str
    row: int
    is_new: bool  # no live record bears this kind and id
    columns: Columns
    feed_id: int | None = None
    received_at: str | None = None


@contextmanager
def staging(folder: Path) -> Iterator["Staging"]:
    """A new staging file, gone at the end. The caller holds the import lock: older files are of dead runs."""
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    store = Staging(folder / f"{STEM}{secrets.token_hex(8)}.sqlite3")
    try:
        yield store
    finally:
        store.close()
        _sweep(folder)


def _sweep(folder: Path) -> None:
    for path in folder.glob(f"{STEM}*"):
        try:
            path.unlink(missing_ok=True)
        except OSError:  # Windows: still open somewhere; the next run will do it
            continue


class Staging:
    """The rows of one run. `path` can be attached to another connection once `release` was called."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {SCHEMA}")
        for kind, columns in COLUMNS.items():
            names = ", ".join(f'"{name}"' for name in columns)
            self._connection.execute(f'CREATE TABLE "{kind.value}" ({names}, uid, PRIMARY KEY (ident))')
        self._connection.execute("BEGIN")

    def close(self) -> None:
        self._connection.close()

    def release(self) -> None:
        """All that was written is on disk and unlocked: another connection may attach the file."""
        self._connection.execute("CREATE TABLE pair AS SELECT DISTINCT kind, source FROM seen")
        # What leaves the quarantine is there too, but says nothing of what else its source holds.
        self._connection.execute(
            "INSERT OR IGNORE INTO seen (kind, ident, source, content_hash, file, row)"
            " SELECT kind, ident, source, content_hash, file, row FROM record WHERE NOT waiting"
        )
        self._connection.execute("COMMIT")
        self._connection.close()

    def first_seen(self, kind: Kind, ident: str) -> Seen | None:
        row = self._connection.execute(
            "SELECT content_hash, file, row FROM seen WHERE kind = ? AND ident = ?", (kind.value, ident)
        ).fetchone()
        return Seen(*row) if row else None

    def see(self, kind: Kind, ident: str, *, source: str, content_hash: str, file: str, row: int) -> None:
        self._connection.execute(
            "INSERT INTO seen (kind, ident, source, content_hash, file, row) VALUES (?, ?, ?, ?, ?, ?)",
            (kind.value, ident, source, content_hash, file, row),
        )

    def leave_unchanged(self, kind: Kind, ident: str) -> None:
        self._connection.execute(
            "UPDATE seen SET unchanged = 1 WHERE kind = ? AND ident = ?", (kind.value, ident)
        )

    def add(self, rows: Iterable[Staged]) -> None:
        for row in rows:
            self._connection.execute(
                "INSERT INTO record (kind, ident, uid, source, payload, content_hash, structure_ident,"
                " file, row, is_new, feed_id, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    row.kind.value, row.ident, row.uid, row.source, row.payload, row.content_hash,
                    row.structure_ident, row.file, row.row, row.is_new, row.feed_id, row.received_at,
                ),
            )  # fmt: skip
            names = COLUMNS[row.kind]
            marks = ", ".join("?" * (len(names) + 1))
            self._connection.execute(
                f'INSERT INTO "{row.kind.value}" VALUES ({marks})',
                (*(row.columns[name] for name in names), row.sheet_uid),
            )

    def has_structure(self, ident: str) -> bool:
        found = self._connection.execute("SELECT 1 FROM structure WHERE ident = ?", (ident,))
        return found.fetchone() is not None

    def structures_asked_for(self) -> Iterator[list[str]]:
        """Structures that services of this run name and that the run does not bring, by batches."""
        cursor = self._connection.execute(
            "SELECT DISTINCT structure_ident FROM record WHERE kind = 'service'"
            " AND structure_ident NOT IN (SELECT ident FROM structure)"
        )
        while batch := cursor.fetchmany(BATCH):
            yield [ident for (ident,) in batch]

    def hold_services_of(self, structures: Iterable[str]) -> None:
        """The services of these structures wait in quarantine."""
        self._connection.executemany(
            "UPDATE record SET waiting = 1 WHERE structure_ident = ?", ((ident,) for ident in structures)
        )

    def waiting(self) -> Iterator[tuple[str, int, str, str]]:
        """(file, row, id, structure_id) of what waits, in the order of arrival."""
        return self._connection.execute(
            "SELECT file, row, ident, structure_ident FROM record WHERE waiting ORDER BY file, row"
        )

    def counts(self) -> tuple[int, int]:
        """(added, changed): records that will be live."""
        added, changed = self._connection.execute(
            "SELECT coalesce(sum(is_new), 0), coalesce(sum(NOT is_new), 0) FROM record WHERE NOT waiting"
        ).fetchone()
        return added, changed
