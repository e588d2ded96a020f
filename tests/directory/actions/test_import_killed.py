"""`kill -9` inside the write of an import: the directory is the former or the new one, index included.

The import runs in a process of its own. The test waits until its transaction opens, then kills at a random
instant: one time in two of the transaction, else of the whole write (the transaction, the index, the row that
makes it current). A kill is counted as a hit when the process was still there. SQLite and PostgreSQL alike.
"""

import json
import os
import random
import time
from collections import Counter

import pytest

from tests.directory.actions import killable
from tests.forked import Place, start

LONG = os.environ.get("ALLERVERS_TEST_PROFILE") == "long"
KILLS = 50 if LONG else 6
SERVICES = 400
SEED = 20261124
FORMER, NEW = [SERVICES, 0], [1, SERVICES + 50]  # what a search finds, by need
SHEETS = ([("last", SERVICES)], [("Halte-garderie", 1), ("this", SERVICES + 50)])


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
        ("last", killable.NEEDS[0], SERVICES),
        ("this", killable.NEEDS[1], SERVICES + 50),
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


def imported(place: Place, paths) -> tuple[float, float]:
    """Seconds from the first write to the commit, and to the index, unhurt."""
    child = start(killable.import_, place, paths)
    moments = []
    for word in ("writing", "committed", "built"):
        assert child.hear() == word
        moments.append(time.monotonic())
    child.finish()
    return moments[1] - moments[0], moments[2] - moments[0]


def looked(place: Place) -> tuple[dict, list[int]]:
    child = start(killable.look, place)
    said = child.hear(), child.hear()
    child.finish()
    return said


@pytest.fixture
def former(tmp_path, two_weeks):
    """An installation of last week."""
    place = Place(tmp_path / f"former-{os.getpid()}")
    place.create()
    start(killable.prepare, place).finish()
    imported(place, two_weeks[0])
    yield place
    place.remove()


@pytest.mark.timeout(1200)
def test_killed_import_leaves_the_former_directory_or_the_new_one(former, two_weeks):
    this_week = two_weeks[1]
    whole = former.copy(f"whole-{os.getpid()}")
    transaction_seconds, write_seconds = imported(whole, this_week)
    expected = {"former": looked(former), "new": looked(whole)}
    whole.remove()
    assert (expected["former"][1], expected["new"][1]) == (FORMER, NEW)
    dice, outcomes, began = random.Random(SEED), Counter(), time.monotonic()

    for number in range(KILLS):
        place = former.copy(f"killed-{os.getpid()}")
        reader = start(killable.read, place)
        assert reader.hear() == "reading"
        importer = start(killable.import_, place, this_week)
        assert importer.hear() == "writing"
        time.sleep(dice.uniform(0, transaction_seconds if number % 2 else write_seconds))
        outcomes["hits"] += importer.kill()
        reader.pipe.send("enough")
        seen, looks = reader.hear()
        reader.finish()
        assert [said for said in seen["index"] if said not in (FORMER, NEW)] == []
        assert [said for said in seen["sheets"] if said not in SHEETS] == []
        outcomes["looks"] += looks

        found = looked(place)
        state = next((name for name, one in expected.items() if found == one), "a mix")
        outcomes[state] += 1
        assert state != "a mix"
        if number % 3 == 0:  # nothing that the dead run left is in the way of the next one
            imported_again(place, this_week, expected["new"])
        place.remove()

    lasted = f"transaction of {transaction_seconds * 1000:.0f} ms in a write of {write_seconds * 1000:.0f} ms"
    print(f"\nkill -9: {KILLS} kills in {time.monotonic() - began:.0f} s, {dict(outcomes)}; {lasted}")
    assert outcomes["hits"] >= KILLS / 2


def imported_again(place: Place, paths, new: tuple[dict, list[int]]) -> None:
    child = start(killable.import_, place, paths)
    while child.hear() != "built":
        pass
    child.finish()
    directory, found = looked(place)
    assert (directory["services"], found) == (new[0]["services"], new[1])
    assert [path.name for path in (place.folder / "intake").iterdir()] == ["import.lock"]
