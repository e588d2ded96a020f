"""The same record says the same in CSV and in JSON."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allervers.directory.intake.canonical import canonical, content_hash
from allervers.directory.models import Kind

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30).filter(
    str.strip
)
CODES = st.lists(st.text("abcdefgh-'é", min_size=1, max_size=12), max_size=4, unique=True)
RECORDS = st.fixed_dictionaries(
    {"id": WORDS, "nom": WORDS, "date_maj": st.dates(date(2000, 1, 1), date(2030, 1, 1))},
    optional={
        "description": WORDS,
        "thematiques": CODES,
        "zone_eligibilite": CODES,
        "latitude": st.floats(-90, 90),
        "nombre_semaines": st.integers(1, 500),
    },
)


def as_weekly_json(record):
    moment = datetime.combine(record["date_maj"], datetime.min.time(), UTC)
    values = {name: round(value, 10) if name == "latitude" else value for name, value in record.items()}
    return json.loads(json.dumps(values | {"date_maj": int(moment.timestamp() * 1000), "siret": None}))


def as_weekly_csv(record):
    cells = {name: str(value) for name, value in record.items()} | {"siret": "", "": "12"}
    if "nombre_semaines" in cells:
        cells["nombre_semaines"] += ".0"  # a column with blanks
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, cells)
    writer.writeheader()
    writer.writerow(cells)
    text.seek(0)
    return next(csv.DictReader(text))


@settings(max_examples=100, deadline=None)
@given(record=RECORDS)
def test_weekly_csv_and_json_of_one_record_have_one_hash(record):
    ours = record | {"date_maj": record["date_maj"].isoformat()}
    hashes = {
        content_hash(canonical(received, Kind.SERVICE), Kind.SERVICE)
        for received in (ours, as_weekly_json(record), as_weekly_csv(record))
    }

    assert len(hashes) == 1


def test_hash_changes_with_any_value_and_not_with_the_order_of_codes():
    record = {"id": "a", "nom": "Nom", "thematiques": ["x", "y"]}
    one = content_hash(canonical(record, Kind.SERVICE), Kind.SERVICE)

    assert content_hash(canonical(record | {"thematiques": ["y", "x"]}, Kind.SERVICE), Kind.SERVICE) == one
    for change in ({"nom": "Non"}, {"thematiques": ["x"]}, {"description": "d"}, {"id": "b"}):
        assert content_hash(canonical(record | change, Kind.SERVICE), Kind.SERVICE) != one
    assert content_hash(canonical({"id": "a"}, Kind.STRUCTURE), Kind.STRUCTURE) != content_hash(
        canonical({"id": "a"}, Kind.SERVICE), Kind.SERVICE
    )


def test_columns_out_of_the_schema_say_nothing():
    record = {"id": "a", "nom": "Nom"}

    assert canonical(record | {"_score": 3, "": 1}, Kind.STRUCTURE) == record


@pytest.mark.parametrize(
    ("name", "received", "expected"),
    [
        ("thematiques", "['a', \"l'b\"]", ["a", "l'b"]),
        ("thematiques", '["a", "b"]', ["a", "b"]),
        ("thematiques", "[]", []),
        ("thematiques", "('a',)", ["a"]),
        ("thematiques", "[1, 2]", "[1, 2]"),
        ("thematiques", "['a'", "['a'"),
        ("thematiques", "__import__('os').system('x')", "__import__('os').system('x')"),
        ("thematiques", "[" * 5000, "[" * 5000),
        ("thematiques", "['\\x00']", "['\\x00']"),
        ("thematiques", "a", "a"),
        ("date_maj", 1606780800000, "2020-12-01"),
        ("date_maj", 1606780800000.0, "2020-12-01"),
        ("date_maj", "1606780800000", "2020-12-01"),
        ("date_maj", "2020-12-01T10:00:00+01:00", "2020-12-01"),
        ("date_maj", "2020-12-01 00:00:00", "2020-12-01"),
        ("date_maj", 20201201, 20201201),
        ("date_maj", True, True),
        ("date_maj", float("inf"), float("inf")),
        ("latitude", "43.60376400000001", 43.603764),
        ("latitude", 43, 43.0),
        ("latitude", "1_0", "1_0"),
        ("latitude", "nan", "nan"),
        ("nombre_semaines", "3.0", 3),
        ("nombre_semaines", 3.0, 3),
        ("nombre_semaines", "3.5", "3.5"),
        ("nom", 12, 12),
    ],
)
def test_values_are_read_as_what_they_are_and_passed_on_when_they_are_not(name, received, expected):
    read = canonical({name: received}, Kind.SERVICE)[name]

    assert (read, type(read)) == (expected, type(expected))


@pytest.mark.parametrize("blank", [None, "", "  ", "\n"])
def test_blank_values_are_absent(blank):
    assert canonical({"nom": blank}, Kind.SERVICE) == {}
