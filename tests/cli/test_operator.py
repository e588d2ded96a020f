"""`allervers operator`: never a question without a terminal, never a password on the command line."""

import sqlite3
from pathlib import Path
from subprocess import CompletedProcess

from tests.cli.running import run

PASSWORD = "une phrase que personne ne dit\n"


def operator(verb: str, email: str, *, data: Path, password: str = PASSWORD) -> CompletedProcess[str]:
    return run("operator", verb, email, "--password-stdin", data=data, stdin=password)


def accounts(data: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(data / "allervers.sqlite3") as database:
        return database.execute("SELECT email, is_operator FROM accounts_user ORDER BY id").fetchall()


def test_an_operator_is_created_in_a_folder_that_was_not_there(tmp_path: Path) -> None:
    data = tmp_path / "neuf"

    made = run("operator", "create", "moi@exemple.example", "--password-stdin", data=data, stdin=PASSWORD)
    again = run("operator", "create", "MOI@exemple.example", "--password-stdin", data=data, stdin=PASSWORD)
    changed = run(
        "operator",
        "password",
        "moi@exemple.example",
        "--password-stdin",
        data=data,
        stdin="autre " + PASSWORD,
    )

    assert [made.returncode, again.returncode, changed.returncode] == [0, 1, 0]
    assert "a déjà un compte. Rien n’a changé." in again.stderr
    assert accounts(data) == [("moi@exemple.example", 1)]


def test_no_question_is_asked_without_a_terminal(tmp_path: Path) -> None:
    refused = run("operator", "create", "moi@exemple.example", data=tmp_path)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--password-stdin" in refused.stderr
    assert accounts(tmp_path) == []


def test_a_weak_password_is_refused(tmp_path: Path) -> None:
    refused = run(
        "operator", "create", "moi@exemple.example", "--password-stdin", data=tmp_path, stdin="court\n"
    )

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Ce mot de passe est trop court." in refused.stderr
    assert accounts(tmp_path) == []


def test_an_unknown_account_has_no_password(tmp_path: Path) -> None:
    refused = run(
        "operator", "password", "moi@exemple.example", "--password-stdin", data=tmp_path, stdin=PASSWORD
    )

    assert refused.returncode == 1
    assert "n’a pas de compte" in refused.stderr
