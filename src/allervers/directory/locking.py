"""One writer at a time, across processes: a lock that a killed process gives back by itself.

The lock is SQLite's own on an empty file, so it is the same on Linux, macOS and Windows.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


class Busy(Exception):
    """Another process holds the lock."""


@contextmanager
def exclusive(path: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold `path` alone for the length of the block. Raises Busy after `wait_seconds`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=wait_seconds, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise Busy(path.name) from error
        try:
            yield
        finally:
            connection.execute("ROLLBACK")
