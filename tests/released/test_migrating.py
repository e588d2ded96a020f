"""Databases as each release left them: brought to this version, they still say what they said.

`<version>.sqlite3.gz` is made once, when the version is released, and never again.
"""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

RELEASED = sorted(Path(__file__).parent.glob("*.sqlite3.gz"))


def allervers(folder: Path, *arguments: object) -> subprocess.CompletedProcess:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "allervers", *map(str, arguments)],
        env=environment | {"ALLERVERS_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("kept", RELEASED, ids=lambda path: path.name.removesuffix(".sqlite3.gz"))
def test_database_of_a_release_is_migrated_and_read(kept, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "allervers.sqlite3").write_bytes(gzip.decompress(kept.read_bytes()))
    late = tmp_path / "late.json"
    structure = {"source": "essai", "id": "essai--98", "nom": "Maison tardive", "date_maj": "2026-11-20"}
    late.write_text(json.dumps([structure]), encoding="utf-8")

    built = allervers(data, "index", "--json")
    exported = allervers(data, "export", tmp_path / "all.jsonl")
    freed = allervers(data, "import", late, "--feed", "essai", "--partial", "--json")

    assert (built.returncode, exported.returncode, freed.returncode) == (0, 0, 0), built.stderr
    assert json.loads(built.stdout)["services"] == 10
    names = [json.loads(line)["nom"] for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
    houses, nurseries = range(1, 6), range(10, 20)
    assert names == [f"Maison {n}" for n in houses] + [f"Halte-garderie {n}" for n in nurseries]
    assert json.loads(freed.stdout)["added"] == 2  # the structure, and the service that waited for it
