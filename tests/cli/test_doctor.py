"""`allervers doctor`: what is wrong, and what to do."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import run

NAMES = ["data", "migrations", "secret", "territory", "index", "disk", "understanding", "debug"]


def examined(data: Path, **variables: str) -> tuple[int, dict[str, Any]]:
    said = run("doctor", "--json", data=data, **variables)
    report = json.loads(said.stdout)
    assert list(report) == ["healthy", "versions", "checks"]
    return said.returncode, report


def wrong(report: dict[str, Any]) -> dict[str, str]:
    return {check["name"]: check["todo"] for check in report["checks"] if not check["ok"]}


def test_a_new_folder_lacks_only_its_index(tmp_path: Path) -> None:
    code, report = examined(tmp_path)

    assert [check["name"] for check in report["checks"]] == NAMES
    assert (code, report["healthy"], wrong(report)) == (1, False, {"index": "allervers index"})


def test_what_it_says_to_do_cures(tmp_path: Path) -> None:
    assert run("index", data=tmp_path).returncode == 0

    code, report = examined(tmp_path)

    assert (code, report["healthy"], wrong(report)) == (0, True, {})
    assert report["versions"]["allervers"] and report["versions"]["sqlite"]


@pytest.mark.skipif(os.name != "posix", reason="rights")
def test_a_readable_secret_and_debugging_are_wrong(tmp_path: Path) -> None:
    run("index", data=tmp_path)
    key = tmp_path / "secret" / "key"
    key.chmod(0o644)

    _code, report = examined(tmp_path, ALLERVERS_DEBUG="1")

    assert list(wrong(report)) == ["secret", "debug"]
    assert wrong(report)["secret"] == f"chmod 600 {key}"


def test_a_folder_that_is_none_is_said_without_a_trace(tmp_path: Path) -> None:
    file = tmp_path / "fichier"
    file.write_text("")

    code, report = examined(file)

    assert code == 1
    assert "data" in wrong(report)


def test_people_read_a_table(tmp_path: Path) -> None:
    said = run("doctor", data=tmp_path, COLUMNS="160")

    assert said.returncode == 1
    assert "Index de recherche" in said.stdout and "allervers index" in said.stdout
