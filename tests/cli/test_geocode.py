"""`allervers geocode` and the ground's files, as commands; and Montpellier where the shared files are."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.territory.ground.files import BOW_TIE, address, addresses, feature, perimeters

SHARED = Path(os.environ.get("ALLERVERS_SHARED", Path(__file__).parents[3] / "shared"))
MONTPELLIER = SHARED / "data" / "montpellier"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small ground."""
    folder = tmp_path_factory.mktemp("ground")
    shapes = perimeters(folder / "q.geojson", feature(), feature("QP034006", BOW_TIE, nom_qp="Petit Bard"))
    rows = addresses(folder / "a.csv.gz", address("9", lat="43.63"), address("x"), zipped=True)
    made = run(
        "territory", "create", "montpellier", "--commune", "34172", "--neighbourhoods", str(shapes),
        "--addresses", str(rows), data=folder / "data",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert "Le périmètre de Petit Bard (QP034006) se croisait lui-même : il a été réparé." in made.stderr
    assert "Adresses, ligne 2 : numero « x » n’est pas un nombre." in made.stderr
    return folder / "data"


def test_an_address_is_one_object_of_the_contract(data: Path) -> None:
    found = run("geocode", "9 r du moulin", "--json", data=data)

    assert found.returncode == 0
    assert json.loads(found.stdout)["results"][0] == {
        "label": "9 Rue du Moulin, Montpellier",
        "score": 1.0,
        "lat": 43.63,
        "lon": 3.82,
        "code_insee": "34172",
        "qpv": "QP034005",
        "kind": "housenumber",
    }


def test_a_file_gives_one_object_a_line(data: Path, tmp_path: Path) -> None:
    (tmp_path / "asked.txt").write_text("9 rue du moulin\n\nzzzzz qqqqq\n34080\n", encoding="utf-8")

    found = run("geocode", "--file", str(tmp_path / "asked.txt"), "--json", data=data)

    kinds = [[one["kind"] for one in json.loads(line)["results"]] for line in found.stdout.splitlines()]
    assert (found.returncode, kinds) == (0, [["housenumber"], [], ["municipality"]])


@pytest.mark.parametrize("arguments", [[], ["9 rue", "--file", "x.txt"]])
def test_a_wrong_usage_is_said(data: Path, arguments: list[str]) -> None:
    refused = run("geocode", *arguments, "--json", data=data)

    assert (refused.returncode, json.loads(refused.stdout)["results"]) == (2, [])


def test_a_refused_update_leaves_all_as_it_was(data: Path, tmp_path: Path) -> None:
    before = run("territory", "show", "--json", data=data).stdout
    (tmp_path / "bad.geojson").write_text("{}", encoding="utf-8")

    refused = run(
        "territory", "update", "montpellier", "--neighbourhoods", str(tmp_path / "bad.geojson"), data=data
    )
    absent = run("territory", "update", "montpellier", "--addresses", str(tmp_path / "none.csv"), data=data)
    other = run("territory", "update", "lens", "--addresses", str(tmp_path / "none.csv"), data=data)
    nothing = run("territory", "update", "montpellier", data=data)

    assert [one.returncode for one in (refused, absent, other, nothing)] == [1, 1, 1, 2]
    assert all("Rien n’a changé." in one.stderr for one in (refused, absent, other, nothing))
    assert run("territory", "show", "--json", data=data).stdout == before


@pytest.mark.skipif(
    not MONTPELLIER.is_dir(), reason="the shared files are not here (ALLERVERS_SHARED says where)"
)
def test_montpellier_is_found(tmp_path: Path) -> None:
    made = run(
        "territory", "create", "montpellier", "--commune", "34172",
        "--neighbourhoods", str(MONTPELLIER / "qpv.geojson"),
        "--addresses", str(MONTPELLIER / "adresses-ban-34172.csv.gz"),
        "--streets", str(MONTPELLIER / "rues-osm-2021.osm.pbf"), data=tmp_path / "data",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    structures, services = (
        MONTPELLIER / "data-inclusion-v1" / name for name in ("structures.json", "services.json")
    )
    run("import", str(structures), str(services), "--feed", "montpellier", data=tmp_path / "data")
    asked = (
        "100 av du biterrois", "100 avenu du biteroi", "1 place de la comedie", "place de la paillade",
        "tour 7 la paillade", "tour d'assas",
    )  # fmt: skip
    (tmp_path / "asked.txt").write_text("\n".join(asked), encoding="utf-8")

    lines = run(
        "geocode", "--file", str(tmp_path / "asked.txt"), "--json", data=tmp_path / "data"
    ).stdout.splitlines()

    found = dict(zip(asked, ([*json.loads(line)["results"]] for line in lines), strict=True))
    for typed in asked[:2]:
        first = found[typed][0]
        assert (first["label"], first["qpv"]) == ("100 Avenue du Biterrois, Montpellier", "QP034005")
    assert (found[asked[2]][0]["kind"], found[asked[2]][0]["qpv"]) == ("housenumber", None)
    for typed in asked[3:5]:
        assert (found[typed][0]["kind"], found[typed][0]["qpv"]) == ("neighbourhood", "QP034005")
        assert "street" not in {one["kind"] for one in found[typed]}
    assert found[asked[5]][0]["score"] < 0.84
