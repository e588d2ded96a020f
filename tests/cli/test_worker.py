"""`allervers worker`, killed in the middle of an import: another does it, once."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import COMMAND, environment

WAIT_SECONDS = 60.0
MANY = 6_000  # rows: an import that lasts some seconds

ASK = """
from allervers.cli.prepared import prepared
prepared()
import pathlib, sys
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from allervers.accounts.actor import SYSTEM
from allervers.directory.tasks import upload
content = pathlib.Path(sys.argv[1]).read_bytes()
delivery = upload("essai", [SimpleUploadedFile("structures.json", content)], by=SYSTEM, now=timezone.now())
type(delivery).objects.update(approved=True)
"""
REAP = """
from allervers.cli.prepared import prepared
prepared()
from datetime import timedelta
from django.utils import timezone
from allervers.jobs.reaper import reap
print(reap(now=timezone.now() + timedelta(minutes=5)))
"""


def structures(count: int) -> str:
    return json.dumps(
        [
            {
                "id": f"essai--{number}", "source": "essai", "nom": f"Structure {number}",
                "date_maj": "2026-11-16", "commune": "Montpellier", "code_postal": "34000",
                "code_insee": "34172",
            }
            for number in range(count)
        ]
    )  # fmt: skip


def python(code: str, *arguments: str, data: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment(data), capture_output=True, text=True,
        timeout=120, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def worker(data: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*COMMAND, "worker"], env=environment(data), stderr=subprocess.DEVNULL)


def rows(data: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(data / "allervers.sqlite3", timeout=20)) as connection:
        return connection.execute(sql).fetchall()


def until(data: Path, sql: str, wanted: list[Any]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while (found := rows(data, sql)) != wanted:
        assert time.monotonic() < deadline, found
        time.sleep(0.05)


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """A data folder where an import of many rows waits."""
    file = tmp_path / "structures.json"
    file.write_text(structures(MANY), encoding="utf-8")
    data = tmp_path / "data"
    python(ASK, str(file), data=data)
    return data


def test_worker_killed_in_an_import_loses_nothing_and_does_nothing_twice(asked: Path) -> None:
    first = worker(asked)
    until(asked, "SELECT state FROM directory_delivery", [("running",)])
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    assert rows(asked, "SELECT status FROM django_tasks_database_dbtaskresult") == [("RUNNING",)]

    taken_back = python(REAP, data=asked)
    second = worker(asked)
    until(asked, "SELECT state FROM directory_delivery", [("applied",)])
    second.send_signal(signal.SIGTERM)

    assert taken_back == "1"
    assert second.wait(20) == 0
    assert rows(asked, "SELECT COUNT(*) FROM directory_organisation") == [(MANY,)]
    assert rows(asked, "SELECT COUNT(*) FROM directory_importrun") == [(1,)]
    assert rows(asked, "SELECT status FROM django_tasks_database_dbtaskresult") == [("SUCCESSFUL",)]


def test_serve_does_the_imports_too(asked: Path) -> None:
    server = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"], env=environment(asked), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until(asked, "SELECT state FROM directory_delivery", [("applied",)])
    finally:
        server.send_signal(signal.SIGTERM)
        code = server.wait(20)

    assert code == 0
    assert rows(asked, "SELECT COUNT(*) FROM directory_organisation") == [(MANY,)]
