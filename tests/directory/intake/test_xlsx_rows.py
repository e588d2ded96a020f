"""Workbooks: what people send, and what attackers do."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from allervers.directory.intake.fetch import fetch
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.tables import opened_tables

HEADER = ["source", "id", "nom", "date_maj"]


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(*sheets: list[list]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Feuille {number + 1}")
        for row in rows:
            sheet.append(row)
    return saved(book)


def tables(tmp_path, content: bytes) -> dict[str, list[dict]]:
    path = tmp_path / "liste.xlsx"
    path.write_bytes(content)
    with opened_tables(fetch(path, label="liste.xlsx")) as opened:
        return {table.name: [row.values for row in table.rows] for table in opened.tables}


def test_workbook_gives_each_sheet_as_text(tmp_path):
    rows = [HEADER, ["ville", 12, "Maison", 3.5], [], ["ville", 34172000000012.0, None, True]]

    read = tables(tmp_path, workbook(rows, [["note"]], [HEADER, ["a", "b", "c", "d"]]))

    assert read == {
        "Feuille 1": [
            {"source": "ville", "id": "12", "nom": "Maison", "date_maj": "3.5"},
            {"source": "ville", "id": "34172000000012", "nom": "", "date_maj": "true"},
        ],
        "Feuille 3": [{"source": "a", "id": "b", "nom": "c", "date_maj": "d"}],
    }


def test_workbook_passes_over_the_titles_above_the_header(tmp_path):
    rows = [["Liste des associations"], ["au 1er juin"], HEADER, ["ville", "1", "Maison", "2026-01-01"]]

    assert tables(tmp_path, workbook(rows))["Feuille 1"][0]["nom"] == "Maison"


def test_workbook_never_computes_a_formula(tmp_path):
    """Its cached value is read; openpyxl writes none, so the cell is empty."""
    content = workbook([HEADER, ["ville", "1", '=HYPERLINK("https://x.example","a")', "2026-01-01"]])

    assert tables(tmp_path, content)["Feuille 1"][0]["nom"] == ""


def with_part(content: bytes, name: str, change) -> bytes:
    """The package with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
GOOD = workbook([HEADER, ["ville", "1", "Maison", "2026-01-01"]])


def other_archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("liste.csv", "id,nom\n1,a\n")
    return file.getvalue()


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0x41]) + content[at + 1 :]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (with_part(GOOD, SHEET, lambda data: ENTITIES + data), "XML piégé"),
        (with_part(GOOD, SHEET, lambda data: data + b" " * (300 << 20)), "trop de place"),
        (with_part(GOOD, "xl/workbook.xml", lambda data: b"<x"), "abîmé"),
        (GOOD[: len(GOOD) // 2], "abîmé"),
        (other_archive(), "pas un classeur"),
        (workbook([HEADER]), "aucune fiche"),
        (b"PK\x03\x04rest", "abîmé"),
    ],
)
def test_workbook_that_is_none_is_refused_and_says_why(tmp_path, content, words):
    with pytest.raises(Refused, match=words) as refused:
        tables(tmp_path, content)

    assert "L’annuaire n’a pas changé." in refused.value.sentence


def test_workbook_with_one_byte_flipped_in_its_rows_is_refused(tmp_path):
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        part = package.getinfo(SHEET)
    at = part.header_offset + 30 + len(SHEET) + part.compress_size // 2

    with pytest.raises(Refused):
        tables(tmp_path, flipped(GOOD, at))


def test_column_twice_with_the_same_values_is_read_once(tmp_path):
    content = workbook([[*HEADER, "nom"], ["ville", "1", "Maison", "2026-01-01", "Maison"]])

    assert tables(tmp_path, content)["Feuille 1"] == [
        {"source": "ville", "id": "1", "nom": "Maison", "date_maj": "2026-01-01"}
    ]


def test_column_twice_with_other_values_is_refused(tmp_path):
    content = workbook([[*HEADER, "nom"], ["ville", "1", "Maison", "2026-01-01", "Foyer"]])

    with pytest.raises(Refused, match="deux colonnes « nom » aux valeurs différentes"):
        tables(tmp_path, content)
