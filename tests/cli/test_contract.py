"""What every command promises: exit codes, French words, one JSON value, a data folder up to date."""

import json
import math
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import typer

from allervers.cli.french import in_french
from allervers.cli.output import as_json, refuse
from tests.cli.running import run


@dataclass
class Found:
    distance: float
    path: Path


def test_json_holds_no_number_that_json_lacks() -> None:
    value = {
        "a": math.nan,
        "b": [Found(math.inf, Path("x")), -math.inf],
        "c": (date(2026, 11, 24), UUID(int=1)),
    }

    assert json.loads(as_json(value)) == {
        "a": None,
        "b": [{"distance": None, "path": "x"}, None],
        "c": ["2026-11-24", "00000000-0000-0000-0000-000000000001"],
    }


def test_json_survives_bytes_that_are_no_text() -> None:
    assert json.loads(as_json({"texte": "caf\udce9", "nombre": math.nan})) == {
        "texte": "caf?",
        "nombre": None,
    }


def test_a_refusal_prints_the_promised_object_with_its_error(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    with pytest.raises(typer.Exit) as ended:
        refuse("Rien [b]n’a[/b] changé.", report={"read": 0})

    out, err = capfdbinary.readouterr()
    assert ended.value.exit_code == 1
    assert json.loads(out) == {"read": 0, "error": "Rien [b]n’a[/b] changé."}
    assert err.decode() == "Rien [b]n’a[/b] changé.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["rien"], "La commande « rien » n’existe pas."),
        (["serve", "--rien"], "L’option --rien n’existe pas."),
        (["serve", "--port"], "L’option --port attend une valeur."),
        (["serve", "--port", "abc"], "--port : un nombre entier est attendu."),
        (["serve", "--port", "70000"], "--port : 65535 au plus."),
        (["serve", "--workers", "0"], "--workers : 1 au moins."),
        (["serve", "trop"], "De trop : trop."),
        (["operator", "create"], "Il manque ADRESSE."),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_said_in_french(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    said = run(*arguments, data=tmp_path / "var")

    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.splitlines()[0] == sentence
    assert not (tmp_path / "var").exists()


def test_a_sentence_that_is_not_known_stays() -> None:
    assert in_french("Something new.") == "Something new."


def test_help_is_in_french(tmp_path: Path) -> None:
    said = run("serve", "--help", data=tmp_path)

    assert said.returncode == 0
    assert "Utilisation : " in said.stdout
    assert "Afficher cette aide." in said.stdout
    for english in ("Usage", "Show this message", "default", "required"):
        assert english not in said.stdout


def test_the_version_is_said_alone(tmp_path: Path) -> None:
    said = run("--version", data=tmp_path / "var")

    assert (said.returncode, said.stdout) == (0, "allervers 0.1.0\n")
    assert not (tmp_path / "var").exists()


def test_commands_at_once_prepare_one_folder(tmp_path: Path) -> None:
    data = tmp_path / "neuf"

    def create(number: int) -> int:
        email = f"p{number}@exemple.example"
        phrase = "une phrase que personne ne dit\n"
        return run("operator", "create", email, "--password-stdin", data=data, stdin=phrase).returncode

    with ThreadPoolExecutor(4) as threads:
        codes = list(threads.map(create, range(4)))

    with sqlite3.connect(data / "allervers.sqlite3") as database:
        made = database.execute("SELECT count(*) FROM accounts_user").fetchone()
        applied = database.execute(
            "SELECT app, name, count(*) FROM django_migrations GROUP BY 1, 2"
        ).fetchall()
    assert (codes, made) == ([0, 0, 0, 0], (4,))
    assert {times for _app, _name, times in applied} == {1}


@pytest.mark.skipif(sys.platform == "win32", reason="the C locale is a POSIX one")
def test_french_leaves_a_terminal_that_knows_only_ascii(tmp_path: Path) -> None:
    said = run("rien", data=tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert said.stderr.splitlines()[0] == "La commande « rien » n’existe pas."
