"""A backup gives the same answers elsewhere, holds no secret, and nothing else passes for one."""

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

STRUCTURE = {"source": "essai", "id": "essai--1", "nom": "Maison 1", "date_maj": "2026-11-01"}
SERVICE = {
    "source": "essai",
    "structure_id": "essai--1",
    "id": "essai--2",
    "nom": "Halte-garderie",
    "description": "Accueil des enfants.",
    "date_maj": "2026-11-02",
    "thematiques": ["famille--garde-denfants", "famille--soutien-aidants"],
}


def allervers(folder: Path, *arguments: object) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "allervers", *map(str, arguments)],
        env=os.environ | {"ALLERVERS_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A small installation, its export, its backup."""
    folder = tmp_path_factory.mktemp("kept")
    paths = []
    for name, record in (("structures.json", STRUCTURE), ("services.json", SERVICE)):
        paths.append(folder / name)
        paths[-1].write_text(json.dumps([record]), encoding="utf-8")
    assert allervers(folder / "data", "import", *paths, "--feed", "essai").returncode == 0
    (folder / "data" / "ground").mkdir(exist_ok=True)
    (folder / "data" / "ground" / "rues.txt").write_text("rue Sans-Nom", encoding="utf-8")
    with closing(sqlite3.connect(folder / "data" / "allervers.sqlite3")) as records, records:
        records.execute("INSERT INTO django_session VALUES ('cle-de-session', 'x', '2099-01-01 00:00:00')")
    assert allervers(folder / "data", "export", folder / "avant.jsonl").returncode == 0
    done = allervers(folder / "data", "backup", folder / "a.sauvegarde")
    assert done.returncode == 0, done.stderr
    return folder, done.stderr


def test_restored_backup_gives_the_same_answers(kept, tmp_path):
    folder, _said = kept
    question = ("find", "une nounou", "--json", "--at", "43.6,3.8")

    restored = allervers(tmp_path / "data", "restore", folder / "a.sauvegarde")
    exported = allervers(tmp_path / "data", "export", tmp_path / "apres.jsonl")

    assert (restored.returncode, exported.returncode) == (0, 0), restored.stderr
    lines = (tmp_path / "apres.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines == (folder / "avant.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["essai--1", "essai--2"]
    answers = [allervers(where, *question).stdout for where in (folder / "data", tmp_path / "data")]
    assert answers[0] == answers[1]
    assert "essai--2" in answers[0]
    assert (tmp_path / "data" / "ground" / "rues.txt").read_text(encoding="utf-8") == "rue Sans-Nom"


def test_backup_holds_neither_the_secret_nor_sessions_and_says_so(kept):
    folder, said = kept
    secret = (folder / "data" / "secret" / "key").read_bytes().strip()

    with zipfile.ZipFile(folder / "a.sauvegarde") as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}

    assert set(contents) == {"manifest.json", "records.sqlite3", "ground/rues.txt"}
    assert not any(secret in content or b"cle-de-session" in content for content in contents.values())
    assert "ni la clé secrète" in said


def changed(source: Path, target: Path, **manifest: object) -> Path:
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | manifest).encode()
            after.writestr(name, content)
    return target


@pytest.mark.parametrize("what", ["cut", "flipped", "text", "zip", "later", "other format", "absent"])
def test_what_is_no_backup_of_this_version_is_refused_before_anything_is_written(kept, tmp_path, what):
    good, bad = kept[0] / "a.sauvegarde", tmp_path / "bad"
    content = bytearray(good.read_bytes())
    if what == "cut":
        bad.write_bytes(content[: len(content) // 2])
    elif what == "flipped":
        content[len(content) // 3] ^= 1
        bad.write_bytes(content)
    elif what == "text":
        bad.write_text("bonjour", encoding="utf-8")
    elif what == "zip":
        with zipfile.ZipFile(bad, "w") as archive:
            archive.writestr("../ailleurs", "x")
    elif what == "later":
        changed(good, bad, migrations=[["directory", "9999_plus_tard"]], version="99.0")
    elif what == "other format":
        changed(good, bad, format="autre")

    refused = allervers(tmp_path / "data", "restore", bad)

    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert ("version plus récente (99.0)" in refused.stderr) == (what == "later")
    assert not (tmp_path / "data").exists()


def test_installation_with_records_is_not_replaced(kept):
    folder, _said = kept
    before = (folder / "data" / "allervers.sqlite3").read_bytes()

    refused = allervers(folder / "data", "restore", folder / "a.sauvegarde")

    assert refused.returncode == 1
    assert "Rien n’a changé" in refused.stderr
    assert (folder / "data" / "allervers.sqlite3").read_bytes() == before
