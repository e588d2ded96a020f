"""The contract of `allervers territory`: exit codes, sentences, one JSON object."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from allervers.cli import territory  # noqa: F401  # registers the commands
from allervers.cli.app import app

NOTHING = {
    "slug": None,
    "name": None,
    "time_zone": None,
    "municipalities": [],
    "desks": [],
    "colour": None,
    "logo": False,
    "ground": None,
}
MONTPELLIER = {
    "slug": "montpellier",
    "name": "Montpellier",
    "time_zone": "Europe/Paris",
    "municipalities": [
        {
            "code_insee": "34172",
            "nom": "Montpellier",
            "departement": "34",
            "epci": "243400017",
            "population": 310_240,
        }
    ],
    "desks": [],
    "colour": None,
    "logo": False,
    "ground": None,
}
Run = Callable[..., Result]


@pytest.fixture
def run(transactional_db: None) -> Run:
    return lambda *arguments: CliRunner().invoke(app, ["territory", *arguments], env={"COLUMNS": "200"})


def test_a_territory_is_declared_and_shown(run: Run) -> None:
    created = run("create", "montpellier", "--commune", "34172")
    shown = run("show", "--json")

    assert (created.exit_code, created.stdout) == (0, "")
    assert "Montpellier (34172)" in created.stderr
    assert "39 39" in created.stderr
    assert (shown.exit_code, json.loads(shown.stdout), shown.stderr) == (0, MONTPELLIER, "")


def test_all_that_can_be_said_is_kept(run: Run) -> None:
    created = run(
        "create", "clapas", "--commune", "34172", "--commune", "34057", "--name", "Le Clapas",
        "--time-zone", "Europe/Madrid", "--desk-name", "La Maison", "--desk-phone", "01 99 00 12 34",
        "--desk-hours", "24/7", "--json",
    )  # fmt: skip

    shown = json.loads(created.stdout)
    assert (shown["slug"], shown["name"], shown["time_zone"]) == ("clapas", "Le Clapas", "Europe/Madrid")
    assert [town["code_insee"] for town in shown["municipalities"]] == ["34172", "34057"]
    assert shown["desks"] == [
        {"name": "La Maison", "phone": "01 99 00 12 34", "hours": "24/7", "need": "", "sentence": ""}
    ]


def test_show_gives_the_towns_and_the_desk_to_people(run: Run) -> None:
    run(
        "create",
        "montpellier",
        "--commune",
        "34172",
        "--desk-name",
        "La Maison",
        "--desk-phone",
        "01 99 00 12 34",
    )

    shown = run("show").stdout

    for words in (
        "Montpellier",
        "34172",
        "Hérault",
        "310\u202f240",
        "01 99 00 12 34",
        "La Maison vous répond.",
    ):
        assert words in shown


def test_without_a_territory_show_says_how_to_declare_one(run: Run) -> None:
    shown, as_json = run("show"), run("show", "--json")

    assert shown.exit_code == 0
    assert "allervers territory create" in shown.stderr
    assert (as_json.exit_code, json.loads(as_json.stdout)) == (0, NOTHING)


def test_a_second_territory_is_refused_with_a_sentence(run: Run) -> None:
    run("create", "montpellier", "--commune", "34172")

    refused = run("create", "lens", "--commune", "62498", "--json")

    sentence = (
        "Ce dossier sert déjà le territoire « montpellier », et un dossier n’en sert qu’un. "
        "Pour un autre, donnez un autre dossier dans ALLERVERS_DATA. Rien n’a changé."
    )
    assert (refused.exit_code, json.loads(refused.stdout)) == (1, NOTHING | {"error": sentence})
    assert sentence in refused.stderr
    assert json.loads(run("show", "--json").stdout) == MONTPELLIER


def test_an_unknown_municipality_is_refused_with_the_good_ones(run: Run) -> None:
    refused = run("create", "montpellier", "--commune", "34712")

    assert refused.exit_code == 1
    assert "Aucune commune n’a le code 34712. Peut-être : Montpellier (34172)" in refused.stderr
    assert "Rien n’a changé." in refused.stderr
    assert json.loads(run("show", "--json").stdout) == NOTHING


@pytest.mark.parametrize(
    "arguments",
    [
        ["create"],
        ["create", "montpellier"],
        ["create", "!!!", "--commune", "34172"],
        ["create", "montpellier", "--commune", "34172", "--time-zone", "Mars"],
        ["create", "montpellier", "--commune", "34172", "--desk-name", "La Maison"],
        ["create", "montpellier", "--commune", "34172", "--desk-phone", "01 99 00 12 34"],
        [
            "create", "montpellier", "--commune", "34172", "--desk-name", "La Maison",
            "--desk-phone", "01 99 00 12 34", "--desk-hours", "le matin",
        ],
    ],
)  # fmt: skip
def test_a_wrong_usage_changes_nothing(run: Run, arguments: list[str]) -> None:
    refused = run(*arguments)

    assert refused.exit_code == 2
    assert refused.stderr
    assert json.loads(run("show", "--json").stdout) == NOTHING


def test_the_command_prepares_an_empty_folder(tmp_path: Path) -> None:
    """As a new user does: nothing there, no terminal."""
    environment = os.environ | {"ALLERVERS_DATA": str(tmp_path / "new"), "PYTHONUTF8": "1"}
    program = "from allervers.cli import main; main()"

    def allervers(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", program, "territory", *arguments]
        return subprocess.run(
            command, env=environment, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL
        )

    created = allervers("create", "montpellier", "--commune", "34172")
    shown = allervers("show", "--json")

    assert (created.returncode, created.stdout) == (0, "")
    assert (shown.returncode, json.loads(shown.stdout)) == (0, MONTPELLIER)
