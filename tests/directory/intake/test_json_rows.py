"""JSON, one record at a time."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allervers.directory.intake import json_rows
from allervers.directory.intake.fetch import fetch
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.rows import Row


def table(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    source = fetch(path, label="a.json")
    with source.opened() as stream:
        found = json_rows.json_table(source, stream)
        return found.columns, list(found.rows)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(
    records=st.lists(st.dictionaries(st.text(max_size=8), VALUES, max_size=6), min_size=1, max_size=30),
    indent=st.sampled_from([None, 0, 2]),
    chunk=st.sampled_from([1, 2, 7, 64, 1 << 18]),
)
def test_json_is_read_as_the_standard_library_reads_it(tmp_path_factory, records, indent, chunk):
    path = tmp_path_factory.mktemp("json") / "a.json"
    path.write_text(json.dumps(records, indent=indent), encoding="utf-8")
    source = fetch(path, label="a.json")
    whole = json_rows.CHUNK
    json_rows.CHUNK = chunk  # the same rows, wherever the window ends
    try:
        with source.opened() as stream:
            rows = list(json_rows.json_table(source, stream).rows)
    finally:
        json_rows.CHUNK = whole

    assert rows == [Row(number, record) for number, record in enumerate(records, start=1)]


def test_json_columns_are_all_keys_of_the_first_records(tmp_path):
    columns, _rows = table(tmp_path, '[{"id": "1"}, {"id": "2", "nom": "b"}]')

    assert columns == ("id", "nom")


def test_json_element_that_is_no_record_is_in_trouble_alone(tmp_path):
    _columns, rows = table(tmp_path, '[{"id": "1"}, 3, {"id": "2"}]')

    assert [(row.number, bool(row.trouble)) for row in rows] == [(1, False), (2, True), (3, False)]


@pytest.mark.parametrize(
    "content", ["[", '[{"id": "1"}', '[{"id": "1"},', '[{"id": "1"}, {"id"', '[{"id": "1"}, {"id": "2']
)
def test_json_cut_anywhere_refuses_the_file(tmp_path, content):
    with pytest.raises(Refused, match="coupé"):
        table(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[]", "aucune fiche"),
        (" [ \n ] ", "aucune fiche"),
        ('{"items": [], "total": 0}', "on y a reconnu un objet (items, total)"),
        ("{bonjour}" + " " * 100, "ce n’est pas du JSON"),
        ('[{"id": "1"} {"id": "2"}]', "abîmé après la fiche 1"),
        ('[{"id": "1"}] encore', "abîmé après la fiche 1"),
        ('[{"id": "1"}, {id: "2"}]' + " " * 100, "abîmé après la fiche 1"),
        ("[" * 200_000, "emboîtées sans fin"),
        ('[{"id": ' + "[" * 200_000, "emboîtées sans fin"),
    ],
)
def test_json_of_another_shape_is_refused_and_says_why(tmp_path, content, words):
    with pytest.raises(Refused) as refused:
        table(tmp_path, content)

    assert words in refused.value.sentence


def test_json_numbers_and_characters_that_no_one_can_hold_cost_no_other_row(tmp_path):
    content = '[{"id": "1", "n": %s}, {"id": "2", "nom": "\\ud800"}, {"id": "3", "x": NaN, "nom": "a\0b"}]'

    _columns, rows = table(tmp_path, content % ("9" * 5000))

    assert [row.values["id"] for row in rows] == ["1", "2", "3"]
    assert rows[0].values["n"] == float("inf")
    assert rows[1].values["nom"] == "\ud800"
