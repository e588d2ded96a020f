"""CSV as the world writes it."""

import pytest

from allervers.directory.intake.csv_rows import LONGEST, csv_table
from allervers.directory.intake.fetch import fetch
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.rows import Row

KNOWN = ("id", "nom", "commune")


def table(tmp_path, content):
    """(columns, rows), all of them read."""
    path = tmp_path / "a.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    source = fetch(path, label="a.csv")
    with source.opened() as stream:
        found = csv_table(source, stream, known=KNOWN)
        return found.columns, list(found.rows)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_csv_is_read_whatever_its_separator_and_line_ends(tmp_path, separator, line_end):
    lines = (("id", "nom"), ("1", '"Le ""Phare"""'), ("2", "Sète"))
    content = line_end.join(separator.join(cells) for cells in lines) + line_end

    columns, rows = table(tmp_path, content)

    assert columns == ("id", "nom")
    assert rows == [Row(1, {"id": "1", "nom": 'Le "Phare"'}), Row(2, {"id": "2", "nom": "Sète"})]


def test_csv_separator_is_the_one_that_gives_known_columns(tmp_path):
    columns, rows = table(tmp_path, 'id;nom;"a,b,c,d"\n1;x;y\n')

    assert columns == ("id", "nom", "a,b,c,d")
    assert rows == [Row(1, {"id": "1", "nom": "x", "a,b,c,d": "y"})]


def test_csv_keeps_newlines_and_separators_within_quotes(tmp_path):
    _columns, rows = table(tmp_path, 'id,nom\n1,"deux\nlignes, une fiche"\n')

    assert rows == [Row(1, {"id": "1", "nom": "deux\nlignes, une fiche"})]


def test_csv_rows_are_counted_without_header_and_blank_lines(tmp_path):
    _columns, rows = table(tmp_path, "\nid,nom\n\n1,a\n,\n  \n\n2,b")

    assert [(row.number, row.values["id"]) for row in rows] == [(1, "1"), (2, "2")]


def test_csv_row_of_another_width_is_in_trouble_alone(tmp_path):
    _columns, rows = table(tmp_path, "id,nom\n1\n2,b\n3,c,d\n4,e\n")

    assert [(row.number, bool(row.trouble)) for row in rows] == [(1, True), (2, False), (3, True), (4, False)]
    assert rows[2].trouble.startswith("La ligne a 3 cellules au lieu de 2")


def test_csv_stray_quote_costs_its_row(tmp_path):
    _columns, rows = table(tmp_path, 'id,nom\n1,"a"b\n2,c\n')

    assert [(row.number, bool(row.trouble)) for row in rows] == [(1, True), (2, False)]


@pytest.mark.parametrize("end", ["2", '2,"la fin man', '2,"la fin\nman'])
def test_csv_cut_in_a_row_refuses_the_file(tmp_path, end):
    with pytest.raises(Refused, match=r"coupé .* après 1 fiches complètes"):
        table(tmp_path, f"id,nom\n1,a\n{end}")


def test_csv_short_last_line_that_ends_is_not_a_cut(tmp_path):
    _columns, rows = table(tmp_path, "id,nom\n1,a\n2\n")

    assert [bool(row.trouble) for row in rows] == [False, True]


def test_csv_header_alone_is_refused(tmp_path):
    with pytest.raises(Refused, match="aucune fiche"):
        table(tmp_path, "id,nom\n")


def test_csv_known_column_twice_with_other_values_is_refused(tmp_path):
    with pytest.raises(Refused, match="deux colonnes « nom »"):
        table(tmp_path, "id,nom,nom\n1,a,b\n")


def test_csv_very_long_cell_is_read_and_an_endless_one_refuses_the_file(tmp_path):
    _columns, rows = table(tmp_path, f"id,nom\n1,{'x' * 10_000_000}\n2,b\n")
    assert [len(str(row.values["nom"])) for row in rows] == [10_000_000, 1]

    with pytest.raises(Refused, match="abîmé"):
        table(tmp_path, f"id,nom\n1,{'x' * LONGEST}\n2,b\n")


def test_csv_foreign_bytes_become_lone_surrogates_of_their_row(tmp_path):
    _columns, rows = table(tmp_path, "id,nom\n1,Café\n".encode() + "2,Thé\n".encode("cp1252"))

    assert [row.values["nom"] for row in rows] == ["Café", "Th\udce9"]


def test_csv_in_broken_utf_16_is_refused(tmp_path):
    with pytest.raises(Refused, match="n’est pas écrit en utf-16"):
        table(tmp_path, "id,nom\n1,Café\n".encode("utf-16") + b"\x00")
