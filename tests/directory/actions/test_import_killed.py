"""`kill -9` inside the write of an import: the directory is the former or the new one, index included.

The import runs in a process of its own. The test waits until it holds the database's write lock, then kills
at a random instant: one time in two of the transaction, else of the whole write (the transaction, the index,
the row that makes it current). A kill is counted as a hit when the process was still there.
"""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

LONG = os.environ.get("ALLERVERS_TEST_PROFILE") == "long"
KILLS = 50 if LONG else 6
SERVICES = 1500
SEED = 20261124
PATIENCE_SECONDS = 60.0

IMPORT = """
import sys
from pathlib import Path
from allervers.cli.app import set_up
set_up()
from django.utils import timezone
from allervers.accounts.actor import SYSTEM
from allervers.cli.prepared import prepared
from allervers.directory.actions.importing import import_files
prepared()
import_files([Path(path) for path in sys.argv[1:]], feed="essai", by=SYSTEM, now=timezone.now())
"""

# What the next command does first, then what a search finds: every service, by its id and its need.
LOOK = """
import json
from allervers.cli.app import set_up
set_up()
from django.utils import timezone
from allervers.cli.prepared import prepared
from allervers.directory.actions.indexing import ensure_index
from allervers.directory.queries.indexes import current_index
from allervers.engines.search import Query
prepared()
ensure_index(now=timezone.now())
now = timezone.localtime()
needs = ("famille--garde-denfants", "mobilite--preparer-un-permis")
print(json.dumps([current_index().search(Query(needs=(need,)), now=now, limit=1).total for need in needs]))
"""


# The site while the import is killed: what a search finds and what sheets say, looked at until stdin closes.
READ = """
import json, select, sys
from allervers.cli.app import set_up
set_up()
from django.utils import timezone
from allervers.directory.models import Service
from allervers.directory.queries import indexes
from allervers.engines.search import Query
indexes.LOOK_EVERY_SECONDS = 0.0
now, needs = timezone.localtime(), ("famille--garde-denfants", "mobilite--preparer-un-permis")
seen, looks = {"index": [], "sheets": []}, 0
print("reading", flush=True)
while not select.select([sys.stdin], [], [], 0)[0]:
    index = indexes.current_index()
    found = [index.search(Query(needs=(need,)), now=now, limit=1).total for need in needs]
    names = [nom.split()[0] for nom in Service.objects.values_list("nom", flat=True)]
    told = sorted([name, names.count(name)] for name in set(names))
    for what, said in (("index", found), ("sheets", told)):
        if said not in seen[what]:
            seen[what].append(said)
    looks += 1
print(json.dumps(seen | {"looks": looks}))
"""


def run(folder: Path, code: str, *arguments: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=os.environ | {"ALLERVERS_DATA": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen) -> str:
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, err
    return out


def directory(folder: Path) -> dict:
    """What the database holds that a reader could tell; identifiers of ours and times left out."""
    with closing(sqlite3.connect(folder / "allervers.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {
            name: connection.execute(query).fetchall()
            for name, query in {
                "records": "SELECT kind, ident, quarantined, content_hash, payload FROM directory_record"
                " ORDER BY kind, ident, quarantined",
                "organisations": "SELECT ident, nom, telephone FROM directory_organisation ORDER BY ident",
                "services": "SELECT s.ident, s.nom, s.thematiques, o.ident FROM directory_service AS s"
                " JOIN directory_organisation AS o ON o.id = s.organisation_id ORDER BY s.ident",
                "runs": "SELECT report FROM directory_importrun ORDER BY id",
                "journal": "SELECT verb FROM journal_entry WHERE verb LIKE 'feed.%'",
            }.items()
        }


def weekly(make_structure, make_service, *, need: str, name: str, count: int) -> list[dict]:
    return [make_structure(number, nom=f"{name} {number}") for number in range(count // 10)] + [
        make_service(number, of=number // 10, nom=f"{name} {number}", thematiques=[need])
        for number in range(count)
    ]


@pytest.fixture
def two_weeks(tmp_path, make_structure, make_service):
    """Files of last week and of this week: every record changes, some are new, one structure comes late."""
    files = []
    for week, need, count in (
        ("last", "famille--garde-denfants", SERVICES),
        ("this", "mobilite--preparer-un-permis", SERVICES + 100),
    ):
        records = weekly(make_structure, make_service, need=need, name=week, count=count)
        pair = (
            [record for record in records if "structure_id" not in record],
            [record for record in records if "structure_id" in record],
        )
        late = [make_service(90_000, of=90_000)] if week == "last" else [make_structure(90_000)]
        (pair[1] if week == "last" else pair[0]).extend(late)
        paths = []
        for kind, rows in zip(("structures", "services"), pair, strict=True):
            paths.append(tmp_path / f"{week}-{kind}.json")
            paths[-1].write_text(json.dumps(rows), encoding="utf-8")
        files.append(paths)
    return files


def wait_for_the_write(process: subprocess.Popen, folder: Path) -> None:
    """Until the import holds the write lock of the database."""
    end = time.monotonic() + PATIENCE_SECONDS
    with closing(sqlite3.connect(folder / "allervers.sqlite3", timeout=0, isolation_level=None)) as probe:
        while process.poll() is None:
            assert time.monotonic() < end, "the import never wrote"
            if is_locked(probe):
                return
            time.sleep(0.002)


def is_locked(probe: sqlite3.Connection) -> bool:
    try:
        probe.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    probe.execute("ROLLBACK")
    return False


SHEETS = ([["last", SERVICES]], [["Halte-garderie", 1], ["this", SERVICES + 100]])  # former, new


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="it copies and watches an SQLite file")
@pytest.mark.timeout(1200)
def test_killed_import_leaves_the_former_directory_or_the_new_one(tmp_path, two_weeks):
    last_week, this_week = two_weeks
    former, new = tmp_path / "former", tmp_path / "new"
    finished(run(former, IMPORT, *last_week))
    shutil.copytree(former, new)
    transaction_seconds, write_seconds = whole_write(new, this_week)
    expected = {"former": directory(former), "new": directory(new)}
    answers = {name: json.loads(finished(run(tmp_path / name, LOOK))) for name in ("former", "new")}
    assert answers == {"former": [SERVICES, 0], "new": [1, SERVICES + 100]}
    dice = random.Random(SEED)
    outcomes: Counter[str] = Counter()

    for number in range(KILLS):
        folder = tmp_path / f"killed-{number}"
        shutil.copytree(former, folder)
        reader = run(folder, READ)
        assert reader.stdout.readline() == "reading\n"
        process = run(folder, IMPORT, *this_week)
        wait_for_the_write(process, folder)
        time.sleep(dice.uniform(0, transaction_seconds if number % 2 else write_seconds))
        outcomes["hits"] += process.poll() is None
        process.kill()
        process.communicate(timeout=PATIENCE_SECONDS)
        read = json.loads(finished(reader))
        assert [said for said in read["index"] if said not in answers.values()] == []
        assert [said for said in read["sheets"] if said not in SHEETS] == []
        outcomes["looks"] += read["looks"]

        found = directory(folder)
        state = next((name for name, whole in expected.items() if found == whole), "a mix")
        outcomes[state] += 1
        assert state != "a mix"
        assert json.loads(finished(run(folder, LOOK))) == answers[state]
        if number % 3 == 0:  # nothing that the dead run left is in the way of the next one
            finished(run(folder, IMPORT, *this_week))
            assert directory(folder)["services"] == expected["new"]["services"]
            assert [path.name for path in (folder / "intake").iterdir()] == ["import.lock"]
        shutil.rmtree(folder)

    lasted = f"transaction of {transaction_seconds * 1000:.0f} ms in a write of {write_seconds * 1000:.0f} ms"
    print(f"\nkill -9: {KILLS} kills, {dict(outcomes)}; {lasted}")
    assert outcomes["hits"] >= KILLS / 2


def whole_write(folder: Path, files: list[Path]) -> tuple[float, float]:
    """Seconds from the write lock to its end, and to the end of the process, unhurt."""
    process = run(folder, IMPORT, *files)
    wait_for_the_write(process, folder)
    began = time.monotonic()
    with closing(sqlite3.connect(folder / "allervers.sqlite3", timeout=0, isolation_level=None)) as probe:
        while is_locked(probe):
            time.sleep(0.002)
    transaction_seconds = time.monotonic() - began
    finished(process)
    return transaction_seconds, time.monotonic() - began
