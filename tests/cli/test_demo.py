"""`allervers demo`, by real processes."""

import json
from pathlib import Path

from tests.cli.running import run


def test_demo_prepares_once_and_answers(tmp_path: Path) -> None:
    first = run("demo", "--no-serve", "--json", data=tmp_path)
    again = run("demo", "--no-serve", "--json", data=tmp_path)
    found = run("find", "je cherche une nounou", "--from", "Quartier Les Tilleuls", "--json", data=tmp_path)

    assert (first.returncode, again.returncode, found.returncode) == (0, 0, 0), first.stderr + found.stderr
    assert json.loads(first.stdout)["added"] > 600
    assert json.loads(again.stdout)["added"] == 0
    best = json.loads(found.stdout)["results"][:3]
    assert all("famille--garde-denfants" in result["thematiques"] for result in best)
    assert all(result["distance_m"] < 3000 and result["reasons"] for result in best)


def test_demo_does_not_enter_a_real_town(tmp_path: Path) -> None:
    run("territory", "create", "montpellier", "--commune", "34172", data=tmp_path)
    ended = run("demo", "--no-serve", "--json", data=tmp_path)
    shown = run("territory", "show", "--json", data=tmp_path)

    assert ended.returncode == 1
    assert "Montpellier" in json.loads(ended.stdout)["error"]
    assert json.loads(shown.stdout)["slug"] == "montpellier"
