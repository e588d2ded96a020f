"""The script that makes the reference again."""

import gzip
import os
from pathlib import Path

import pytest

from allervers.territory.reference import COLUMNS, FILE
from allervers.territory.reference.make import NoCentre, estimate_centres, read, tie_wards, write

SHARED = Path(os.environ.get("ALLERVERS_SHARED", Path(__file__).parents[4] / "shared"))
SOURCE = SHARED / "data" / "territoire" / "communes.csv"


def row(code: str, **known: str) -> dict[str, str]:
    return {
        "code_insee": code, "nom": f"Commune {code}", "type": "commune-actuelle", "departement": code[:2],
        "region": "76", "population": "10", "codes_postaux": "12320", "epci": "200000001", "epci_nom": "CC",
        "lon": "", "lat": "",
    } | known  # fmt: skip


def test_a_missing_centre_is_the_mean_of_its_postcode_in_its_epci() -> None:
    rows = [
        row("12001"),
        row("12002", lat="44.0", lon="2.0"),
        row("12003", lat="46.0", lon="3.0"),
        row("12004", lat="10.0", lon="10.0", codes_postaux="12000"),
        row("12005", lat="20.0", lon="20.0", epci="200000002"),
    ]

    said = estimate_centres(rows)

    assert (rows[0]["lat"], rows[0]["lon"], rows[0]["centre_estimated"]) == ("45.0000", "2.5000", "1")
    assert said == ["Commune 12001 (12001, 2 of its postcode)"]
    assert "centre_estimated" not in rows[1]


def test_without_a_neighbour_of_its_postcode_the_epci_answers() -> None:
    rows = [row("12001"), row("12002", lat="44.0", lon="2.0", codes_postaux="12000")]

    assert estimate_centres(rows) == ["Commune 12001 (12001, 1 of its EPCI)"]
    assert (rows[0]["lat"], rows[0]["lon"]) == ("44.0000", "2.0000")


def test_without_any_neighbour_nothing_is_invented() -> None:
    with pytest.raises(NoCentre, match="12001"):
        estimate_centres([row("12001", epci="")])


def test_a_ward_is_tied_to_its_city_by_name_and_postcode() -> None:
    city = row("69123", nom="Lyon", codes_postaux="69001|69002", epci="200046977", epci_nom="Lyon Métropole")
    ward = row("69381", nom="Lyon 1er", type="arrondissement-municipal", codes_postaux="69001", epci="")

    tie_wards([city, ward])

    assert (ward["part_of"], ward["epci"], ward["epci_nom"]) == ("69123", "200046977", "Lyon Métropole")


def test_the_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    rows = [row("12002", lat="44.0", lon="2.0")]
    for name in ("one", "two"):
        write(rows, tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    line = gzip.decompress((tmp_path / "one").read_bytes()).decode()
    assert dict(zip(COLUMNS, line.rstrip("\n").split("\t"), strict=True))["nom"] == "Commune 12002"


@pytest.mark.skipif(not SOURCE.exists(), reason="needs the shared communes.csv")
def test_the_file_of_the_package_is_what_its_source_gives(tmp_path: Path) -> None:
    rows = read(SOURCE)
    estimate_centres(rows)
    tie_wards(rows)
    write(rows, tmp_path / "again")

    assert gzip.decompress((tmp_path / "again").read_bytes()) == gzip.decompress(FILE.read_bytes())
