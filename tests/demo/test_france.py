"""The national directory, on a small scale: the same seed, the same files, and they enter like any other."""

import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from allervers.demo.france import FILES, write_france
from tests.cli.running import run

TODAY = date(2026, 11, 24)
SMALL = ("--organisations", "300", "--services", "500")


def test_the_same_seed_gives_the_same_records(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []

    def watch(step: str, *, done: int, total: int) -> None:
        steps.append((step, done, total))

    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        write_france(tmp_path / name, today=TODAY, seed=seed, organisations=60, services=90, advance=watch)

    one, again, other = (
        [pq.read_table(tmp_path / name / file).to_pylist() for file in FILES]
        for name in ("one", "again", "other")
    )
    assert one == again != other
    assert steps[:4] == [
        ("Organisations", 0, 60),
        ("Organisations", 60, 60),
        ("Services", 0, 90),
        ("Services", 90, 90),
    ]


def test_the_truth_says_which_records_are_one_organisation(tmp_path: Path) -> None:
    files = write_france(tmp_path, today=TODAY, organisations=200, services=10)

    structures = pq.read_table(files.structures).to_pylist()
    truth = {row["id"]: row["organisation"] for row in pq.read_table(files.truth).to_pylist()}
    told_twice = [number for number in set(truth.values()) if list(truth.values()).count(number) > 1]
    assert {row["id"] for row in structures} == set(truth)
    assert len(set(truth.values())) == 200
    assert 15 <= len(told_twice) <= 50
    assert files.records == len(structures) > 200


def test_the_command_writes_files_that_import_takes_whole(tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    written = run("demo", "--scale", "france", "--out", str(out), *SMALL, "--json", data=data)
    again = run("demo", "--scale", "france", "--out", str(out), *SMALL, "--json", data=data)
    entered = run(
        "import",
        str(out / "structures.parquet"),
        str(out / "services.parquet"),
        "--feed",
        "france",
        "--json",
        data=data,
    )

    assert (written.returncode, again.returncode, entered.returncode) == (0, 1, 0), entered.stderr
    counts, report = json.loads(written.stdout), json.loads(entered.stdout)
    assert sorted(path.name for path in out.iterdir()) == sorted(FILES)
    assert report["read"] == report["added"] == counts["structures"] + counts["services"]
    assert report["rejected"] == []


def test_a_national_directory_needs_a_folder(tmp_path: Path) -> None:
    ended = run("demo", "--scale", "france", data=tmp_path)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert "--out DOSSIER" in ended.stderr
