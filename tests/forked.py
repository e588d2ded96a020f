"""Processes that know Django already: forked from one that has loaded it, where the system forks.

Each works in a data folder and a database of its own, and talks through a pipe. A test that kills fifty of
them pays for Django's start once. Where nothing forks (Windows), each is a plain new process.
"""

import multiprocessing
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.utils.functional import SimpleLazyObject

from allervers.config.environment import secret_key

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allervers.config.settings")
django.setup()

PATIENCE_SECONDS = 60.0
METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


@dataclass(frozen=True, slots=True)
class Place:
    """A data folder and its database: a file of the folder, or one of the PostgreSQL of `DATABASE_URL`."""

    folder: Path

    @property
    def database(self) -> str:
        return self.folder.name if is_postgresql() else str(self.folder / "allervers.sqlite3")

    def create(self) -> None:
        """An empty database, where it is no file; the folder is left for who works there to make."""
        if is_postgresql():
            _ask_server(f'CREATE DATABASE "{self.folder.name}"')

    def copy(self, name: str) -> "Place":
        copied = Place(self.folder.with_name(name))
        shutil.copytree(self.folder, copied.folder)
        if is_postgresql():
            _ask_server(f'CREATE DATABASE "{copied.database}" TEMPLATE "{self.database}"')
        return copied

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if is_postgresql():
            _ask_server(f'DROP DATABASE "{self.database}" WITH (FORCE)')

    def settle(self) -> None:
        """From now on this process works here."""
        settings.DATA = self.folder
        for name in ("INDEX_FOLDER", "GROUND_FOLDER", "TILES_FOLDER"):
            setattr(settings, name, self.folder / name.partition("_")[0].lower())
        settings.SECRET_KEY = SimpleLazyObject(partial(secret_key, self.folder))
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = self.database


def is_postgresql() -> bool:
    return "DATABASE_URL" in os.environ


def _ask_server(statement: str) -> None:
    import psycopg  # noqa: PLC0415  # an extra: SQLite does without

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(statement)


@dataclass(frozen=True, slots=True)
class Child:
    process: BaseProcess
    pipe: Connection

    def hear(self) -> Any:
        """What it says next. Raises EOFError when it has ended without a word."""
        assert self.pipe.poll(PATIENCE_SECONDS), "not a word"
        return self.pipe.recv()

    def finish(self) -> None:
        self.process.join(PATIENCE_SECONDS)
        assert self.process.exitcode == 0

    def kill(self) -> bool:
        """SIGKILL. True when it was still there."""
        there = self.process.is_alive()
        self.process.kill()
        self.process.join(PATIENCE_SECONDS)
        return there


def start(work: Callable[..., None], place: Place, *arguments: Any) -> Child:
    """`work(pipe, *arguments)` in a process settled in `place`; its module is loaded once for all."""
    context = multiprocessing.get_context(METHOD)
    if METHOD == "forkserver":
        context.set_forkserver_preload([__name__, work.__module__])
    ours, theirs = context.Pipe()
    process = context.Process(target=_settled, args=(work, theirs, place, arguments), daemon=True)
    process.start()
    theirs.close()
    return Child(process, ours)


def _settled(work: Callable[..., None], pipe: Connection, place: Place, arguments: tuple[Any, ...]) -> None:
    place.settle()
    work(pipe, *arguments)
