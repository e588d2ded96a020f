"""Addresses of the Base adresse nationale: plain or gzip, any column but five may be empty."""

from pathlib import Path

import pytest

from allervers.territory.ground.addresses import AddressReport, AddressRow, read_addresses
from allervers.territory.ground.refusal import GroundRefused
from tests.territory.ground.files import HEADER, address, addresses


def read(path: Path) -> tuple[list[AddressRow], AddressReport]:
    report = AddressReport()
    return list(read_addresses(path, report)), report


@pytest.mark.parametrize("zipped", [False, True])
def test_addresses_are_read(tmp_path: Path, zipped: bool) -> None:
    rows, report = read(addresses(tmp_path / "a.csv", address(), address("12", rep="Bis"), zipped=zipped))

    assert rows[0] == AddressRow(1, "", "Rue du Moulin", "", "34172", "", 3.82, 43.63)
    assert (rows[1].number, rows[1].repetition) == (12, "bis")
    assert (report.read, report.refused, report.notes) == (2, 0, [])


def test_bad_rows_are_said_with_their_number_and_the_others_kept(tmp_path: Path) -> None:
    bad = [
        address("douze"), address(voie=""), address(code="34"), address(lon=""), address(lat="120"),
        address(lon="nan"), "1;2",
    ]  # fmt: skip

    rows, report = read(addresses(tmp_path / "a.csv", address(), *bad, address("2")))

    assert [row.number for row in rows] == [1, 2]
    assert (report.read, report.refused) == (9, 7)
    assert report.notes[0] == "Adresses, ligne 2 : numero « douze » n’est pas un nombre."
    assert [note.split(" : ")[0] for note in report.notes] == [
        f"Adresses, ligne {row}" for row in range(2, 9)
    ]


def test_files_end_to_end_have_each_their_header(tmp_path: Path) -> None:
    rows, report = read(addresses(tmp_path / "a.csv", address(), HEADER, address("2")))

    assert ([row.number for row in rows], report.refused) == ([1, 2], 0)


def test_commas_and_another_encoding_are_read(tmp_path: Path) -> None:
    content = "numero,nom_voie,code_insee,lon,lat\n5,Allée des Églantiers,34172,3.8,43.6\n"
    (tmp_path / "a.csv").write_bytes(content.encode("cp1252"))

    rows, _report = read(tmp_path / "a.csv")

    assert (rows[0].street, rows[0].number) == ("Allée des Églantiers", 5)


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", HEADER.encode(), b"\x1f\x8bcut", b"\0\0\0"])
def test_what_holds_no_address_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)

    with pytest.raises(GroundRefused) as refused:
        read(tmp_path / "a.csv")

    assert refused.value.sentence.startswith("« a.csv »")


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    file = addresses(tmp_path / "a.csv", *(address(str(number)) for number in range(500)), zipped=True)
    file.write_bytes(file.read_bytes()[:-20])

    with pytest.raises(GroundRefused, match="coupé"):
        read(file)
