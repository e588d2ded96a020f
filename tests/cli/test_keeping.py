"""A backup gives the same answers elsewhere, holds no secret, and nothing else passes for one."""

import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from allervers.config.environment import secret_key
from tests.cli import running
from tests.cli.forked import execute, run
from tests.forked import Place

pytestmark = pytest.mark.db

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


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A small installation, its export, its backup."""
    folder = tmp_path_factory.mktemp("kept")
    place = Place(folder / f"kept-{os.getpid()}")
    place.create()
    paths = []
    for name, record in (("structures.json", STRUCTURE), ("services.json", SERVICE)):
        paths.append(folder / name)
        paths[-1].write_text(json.dumps([record]), encoding="utf-8")
    assert run(place, "import", *paths, "--feed", "essai").returncode == 0
    (place.folder / "ground").mkdir(exist_ok=True)
    (place.folder / "ground" / "rues.txt").write_text("rue Sans-Nom", encoding="utf-8")
    execute(place, "INSERT INTO django_session VALUES ('cle-de-session', 'x', '2099-01-01 00:00:00')")
    assert run(place, "export", folder / "avant.jsonl").returncode == 0
    done = run(place, "backup", folder / "a.sauvegarde")
    assert done.returncode == 0, done.stderr
    yield Kept(place, done.stderr)
    place.remove()


@dataclass(frozen=True)
class Kept:
    place: Place
    said: str

    @property
    def backup(self) -> Path:
        return self.place.folder.parent / "a.sauvegarde"

    @property
    def exported(self) -> list[str]:
        return (self.place.folder.parent / "avant.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def empty(tmp_path):
    """Where nothing is yet."""
    place = Place(tmp_path / f"empty-{os.getpid()}")
    place.create()
    yield place
    place.remove()


def exported(place: Place, file: Path) -> list[str]:
    done = run(place, "export", file)
    assert done.returncode == 0, done.stderr
    return file.read_text(encoding="utf-8").splitlines()


# Asked in real processes only: understanding a text starts threads, which a fork does not survive.
QUESTION = ("find", "une nounou", "--json", "--at", "43.6,3.8")


def test_restored_backup_gives_the_same_answers(kept, empty, tmp_path):
    restored = run(empty, "restore", kept.backup)

    assert restored.returncode == 0, restored.stderr
    lines = exported(empty, tmp_path / "apres.jsonl")
    assert lines == kept.exported
    assert [json.loads(line)["id"] for line in lines] == ["essai--1", "essai--2"]
    assert "1 services répondent" in restored.stderr
    assert (empty.folder / "ground" / "rues.txt").read_text(encoding="utf-8") == "rue Sans-Nom"


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the database of `DATABASE_URL` is not empty")
def test_what_is_typed_in_a_terminal_restores_and_keeps_again(kept, tmp_path):
    restored = running.run("restore", str(kept.backup), data=tmp_path / "data")
    again = running.run("backup", str(tmp_path / "b.sauvegarde"), data=tmp_path / "data")
    answers = [running.run(*QUESTION, data=data).stdout for data in (kept.place.folder, tmp_path / "data")]

    assert (restored.returncode, again.returncode) == (0, 0), restored.stderr + again.stderr
    assert answers[0] == answers[1]
    assert "essai--2" in answers[0]
    with zipfile.ZipFile(tmp_path / "b.sauvegarde") as archive:
        assert {"manifest.json", "records.sqlite3", "ground/rues.txt"} == set(archive.namelist())


def test_backup_holds_neither_the_secret_nor_sessions_and_says_so(kept):
    secret = secret_key(kept.place.folder).encode()

    with zipfile.ZipFile(kept.backup) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}

    assert set(contents) == {"manifest.json", "records.sqlite3", "ground/rues.txt"}
    assert not any(secret in content or b"cle-de-session" in content for content in contents.values())
    assert "ni la clé secrète" in kept.said


def changed(source: Path, target: Path, **manifest: object) -> Path:
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | manifest).encode()
            after.writestr(name, content)
    return target


@pytest.mark.parametrize("what", ["cut", "flipped", "text", "zip", "later", "other format", "absent"])
def test_what_is_no_backup_of_this_version_is_refused_before_anything_is_written(kept, empty, tmp_path, what):
    good, bad = kept.backup, tmp_path / "bad"
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

    refused = run(empty, "restore", bad)

    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert ("version plus récente (99.0)" in refused.stderr) == (what == "later")
    assert not empty.folder.exists()


def test_installation_with_records_is_not_replaced(kept, tmp_path):
    refused = run(kept.place, "restore", kept.backup)

    assert refused.returncode == 1
    assert "Rien n’a changé" in refused.stderr
    assert exported(kept.place, tmp_path / "apres.jsonl") == kept.exported
