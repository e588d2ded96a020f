"""The contract of `allervers import`: exit codes, one JSON object, a sentence, never a traceback."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allervers.cli import importing  # noqa: F401  # registers the command
from allervers.cli.app import app

STRUCTURES = (
    "source,id,nom,date_maj,site_web\ne,e--1,Maison,2026-11-01,\ne,e--2,Phare,2026-11-01,www.essai.example\n"
)
SERVICES = (
    "source,structure_id,id,nom,description,date_maj,thematiques\n"
    "e,e--1,e--1,Halte-garderie,Accueil des enfants,2026-11-01,['famille--garde-denfants']\n"
    "e,e--2,e--9,Permis,Passer le permis,2026-11-01,\n"
)
ZERO = {
    "read": 0,
    "added": 0,
    "changed": 0,
    "unchanged": 0,
    "missing": 0,
    "retired": 0,
    "quarantined": 0,
    "rejected_total": 0,
    "rejected": [],
}
SHARED = Path(os.environ.get("ALLERVERS_SHARED", Path(__file__).parents[3] / "shared"))
MONTPELLIER = SHARED / "data" / "montpellier" / "data-inclusion-v1"


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def allervers(settings, tmp_path, transactional_db):
    """The command, in this process."""
    settings.DATA = tmp_path / "data"
    settings.INDEX_FOLDER = settings.DATA / "index"

    def run(*arguments: object) -> Done:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Done(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def allervers_command(tmp_path):
    """The command as people run it: a process of its own, no terminal, a new data folder."""

    def run(*arguments: object) -> Done:
        done = subprocess.run(
            [sys.executable, "-c", "from allervers.cli import main; main()", *map(str, arguments)],
            env=os.environ | {"ALLERVERS_DATA": str(tmp_path / "new" / "folder")},
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def written(tmp_path):
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_import_prints_its_report_and_ends_well_though_rows_were_refused(allervers_command, written):
    files = written("structures.csv", STRUCTURES), written("services.csv", SERVICES)

    first = allervers_command("import", *files, "--feed", "open-data", "--json")
    again = allervers_command("import", *files, "--feed", "open-data", "--json", "--yes")

    refused = [
        {
            "file": "structures.csv",
            "row": 2,
            "id": "e--2",
            "field": "site_web",
            "value": "www.essai.example",
            "reason": "Ce n’est pas une adresse web : elle commence par https:// ou http://. "
            "Peut-être « https://www.essai.example » ?",
        },
        {
            "file": "services.csv",
            "row": 2,
            "id": "e--9",
            "field": "structure_id",
            "value": "e--2",
            "reason": "La structure de ce service est inconnue ou refusée : "
            "il attend, et paraîtra quand elle arrivera.",
            "quarantined": True,
        },
    ]
    common = ZERO | {"read": 4, "quarantined": 1, "rejected_total": 2, "rejected": refused}
    assert (first.returncode, json.loads(first.stdout)) == (0, common | {"added": 2})
    assert (again.returncode, json.loads(again.stdout)) == (0, common | {"unchanged": 2})


def test_import_without_json_is_a_table_for_people(allervers, written):
    done = allervers("import", written("s.csv", STRUCTURES), "--feed", "open-data")

    assert done.returncode == 0
    assert "ajoutées" in done.stdout
    assert "www.essai.example" in done.stdout
    assert "Construction de l’index" in done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "est vide"),
        ("[]", "aucune fiche"),
        ("source,id,nom,date_maj\n", "aucune fiche"),
        ("a,b\n1,2\n", "aucune de ses colonnes"),
        ('[{"source": "e", "id', "coupé"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "une image"),
        (bytes(range(256)) * 20, "n’a pas changé"),
    ],
)
def test_refused_file_ends_with_1_the_same_object_and_a_sentence(allervers, written, content, words):
    done = allervers("import", written("x.csv", content), "--feed", "open-data", "--json")

    printed = json.loads(done.stdout)
    assert done.returncode == 1
    assert printed == ZERO | {"error": printed["error"]}
    assert words in printed["error"]
    assert printed["error"] in done.stderr
    assert "Traceback" not in done.stderr


def test_missing_file_is_refused(allervers, tmp_path):
    done = allervers("import", tmp_path / "nulle-part.csv", "--feed", "open-data", "--json")

    assert (done.returncode, json.loads(done.stdout)["read"]) == (1, 0)
    assert "n’existe pas" in done.stderr


@pytest.mark.parametrize("arguments", [["--feed", "open data"], ["--feed", ""], []])
def test_wrong_usage_ends_with_2(allervers, written, arguments):
    done = allervers("import", written("s.csv", STRUCTURES), *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert "--feed" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(
    not MONTPELLIER.is_dir(), reason="the shared files are not here (ALLERVERS_SHARED says where)"
)
def test_a_real_city_arrives_whole_in_each_format(allervers, written):
    """408 structures and 1,564 services; one address is wrong, and its service waits for it."""
    weekly = MONTPELLIER / "opendata"
    csv_files, json_files = sorted(weekly.glob("*.csv")), sorted(weekly.glob("*.json"))
    plain = [MONTPELLIER / "structures.json", MONTPELLIER / "services.json"]
    mended = written(
        "mended.json",
        plain[0].read_bytes().replace(b"http//:www.caphorizon.org", b"http://www.caphorizon.org"),
    )
    reports = []
    for files in (csv_files, csv_files, json_files, plain, [mended]):
        done = allervers("import", *files, "--feed", "open-data", "--json")
        assert done.returncode == 0
        reports.append(json.loads(done.stdout))

    counted = [
        {name: value for name, value in report.items() if name != "rejected" and value} for report in reports
    ]
    waiting = {"read": 1974, "quarantined": 1, "rejected_total": 2}
    assert counted == [
        waiting | {"added": 1972},
        waiting | {"unchanged": 1972},
        waiting | {"unchanged": 1972},
        waiting | {"unchanged": 1972},
        {"read": 409, "added": 2, "unchanged": 408},
    ]
    for report in reports[:4]:
        by_field = {entry["field"]: entry for entry in report["rejected"]}
        assert by_field["site_web"]["id"] == "associations-montpellier--721"
        assert by_field["site_web"]["value"] == "http//:www.caphorizon.org"
        assert by_field["structure_id"]["value"] == "associations-montpellier--721"
        assert by_field["structure_id"]["quarantined"] is True
