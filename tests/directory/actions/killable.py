"""What the processes of the `kill -9` test do, each in a place of its own (`tests.forked`)."""

import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from allervers.accounts.actor import SYSTEM
from allervers.cli.prepared import prepared
from allervers.directory.actions.importing import import_files
from allervers.directory.actions.indexing import ensure_index
from allervers.directory.models import Service
from allervers.directory.queries import indexes
from allervers.engines.search import Query

NEEDS = ("famille--garde-denfants", "mobilite--preparer-un-permis")
QUERIES = {
    "records": "SELECT kind, ident, quarantined, content_hash, payload FROM directory_record"
    " ORDER BY kind, ident, quarantined",
    "organisations": "SELECT ident, nom, telephone FROM directory_organisation ORDER BY ident",
    "services": "SELECT s.ident, s.nom, s.thematiques, o.ident FROM directory_service AS s"
    " JOIN directory_organisation AS o ON o.id = s.organisation_id ORDER BY s.ident",
    "runs": "SELECT report FROM directory_importrun ORDER BY id",
    "journal": "SELECT verb FROM journal_entry WHERE verb LIKE 'feed.%'",
}
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


def prepare(_pipe: Connection) -> None:
    prepared()


def import_(pipe: Connection, paths: list[Path]) -> None:
    """Says "writing" as the transaction opens, "committed" as it ends, "built" when all is done."""
    with connection.execute_wrapper(_Telling(pipe)):
        import_files(paths, feed="essai", by=SYSTEM, now=timezone.now())
    pipe.send("built")


class _Telling:
    """Sees every statement of the connection: the first inside a transaction begins the write."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe, self.told = pipe, False

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        if connection.in_atomic_block and not self.told:
            self.told = True
            self.pipe.send("writing")
            transaction.on_commit(lambda: self.pipe.send("committed"))
        return execute(*statement)


def look(pipe: Connection) -> None:
    """What the database holds, then, as after the next command, what a search finds by need."""
    pipe.send(_directory())
    ensure_index(now=timezone.now())
    pipe.send(_found())


def read(pipe: Connection) -> None:
    """The site meanwhile: what a search finds and what sheets say, looked at until a word comes."""
    indexes.LOOK_EVERY_SECONDS = 0.0
    seen: dict[str, list[Any]] = {"index": [], "sheets": []}
    looks = 0
    while not (looks and pipe.poll(0)):
        for what, said in (("index", _found()), ("sheets", _sheets())):
            if said not in seen[what]:
                seen[what].append(said)
        looks += 1
        if looks == 1:
            pipe.send("reading")
    pipe.send((seen, looks))


def _found() -> list[int]:
    index, now = indexes.current_index(), timezone.localtime()
    return [index.search(Query(needs=(need,)), now=now, limit=1).total for need in NEEDS]


def _sheets() -> list[tuple[str, int]]:
    """How many services have each first word of a name: that of their week."""
    names = [nom.split()[0] for nom in Service.objects.values_list("nom", flat=True)]
    return sorted((name, names.count(name)) for name in set(names))


def _directory() -> dict[str, list[tuple[Any, ...]]]:
    """What a reader could tell; identifiers of ours and times left out."""
    with connection.cursor() as cursor:

        def rows(query: str) -> list[tuple[Any, ...]]:
            cursor.execute(query)
            return [tuple(map(_plain, row)) for row in cursor.fetchall()]

        if connection.vendor == "sqlite":
            assert rows("PRAGMA integrity_check") == [("ok",)]
            assert rows("PRAGMA foreign_key_check") == []
        else:  # the server may still be ending what the dead process had asked
            while rows(OTHERS) != [(0,)]:
                time.sleep(0.005)
        return {name: rows(query) for name, query in QUERIES.items()}


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
