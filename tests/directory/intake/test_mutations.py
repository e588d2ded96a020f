"""Broken files of every format: each is refused with a sentence, or read, its bad rows reported."""

import csv
import io
import json
import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from allervers.directory.intake.fetch import fetch
from allervers.directory.intake.mapping import guess_mapping
from allervers.directory.intake.reading import read_file
from allervers.directory.intake.reconcile import Reconciling
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.report import Report
from allervers.directory.intake.staging import staging

pytestmark = pytest.mark.django_db  # municipalities that only this installation knows

EXAMPLES = 1000 if os.environ.get("ALLERVERS_TEST_PROFILE") == "long" else 120
ROWS = [
    {
        "source": "essai",
        "structure_id": f"essai--{number}",
        "id": f"essai--{number}--é",
        "nom": "Atelier « code, permis »",
        "description": "Un accueil,\nun conseil.",
        "date_maj": "2026-11-01",
        "thematiques": ["mobilite--preparer-un-permis", "famille--garde-denfants"],
        "zone_eligibilite": ["34172"],
        "latitude": 43.6,
        "longitude": 3.8,
        "nombre_semaines": 3,
        "courriel": "accueil@essai.example",
    }
    for number in range(6)
]


def as_csv() -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, ROWS[0])
    writer.writeheader()
    writer.writerows(ROWS)
    return text.getvalue().encode()


def as_geojson() -> bytes:
    features = [{"type": "Feature", "properties": row, "geometry": None} for row in ROWS]
    return json.dumps({"type": "FeatureCollection", "name": "essai", "features": features, "end": 1}).encode()


def as_parquet() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), file)
    return file.getvalue()


def as_xlsx() -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.active.append(list(ROWS[0]))
    for row in ROWS:
        book.active.append([str(value) for value in row.values()])
    book.save(file)
    return file.getvalue()


def as_v0() -> bytes:
    rows = [
        {
            "source": "essai",
            "structure_id": str(number),
            "id": f"{number}-é",
            "nom": "Atelier permis",
            "presentation_resume": "Un accueil,\nun conseil.",
            "types": ["atelier"],
            "thematiques": ["mobilite"],
            "profils": ["jeunes-16-26"],
        }
        for number in range(6)
    ]
    return json.dumps(rows).encode()


WHOLE = {
    "csv": as_csv(),
    "json": json.dumps(ROWS).encode(),
    "indented": json.dumps(ROWS, ensure_ascii=False, indent=1).encode(),
    "geojson": as_geojson(),
    "parquet": as_parquet(),
    "xlsx": as_xlsx(),
    "v0": as_v0(),
}
MAPPING = guess_mapping(tuple(ROWS[0]), ROWS, source="essai").mapping
SIGNS = [bytes([byte]) for byte in b"\"'\n\r,;\t[]{}\\:\x00\xff\xe9"]
WORDS = rb"\ud800 \u0000 NaN -Infinity 1e400 null true ['\x00'] ['\d'] (1,) 2999-01-01 =cmd()".split()
LONG = [b"9" * 5000, b"[" * 3000, b"", "\u202e".encode(), b"\xef\xbb\xbf"]
BITS = st.sampled_from(SIGNS + WORDS + LONG)
MUTATIONS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), BITS | st.binary(max_size=3)), min_size=1, max_size=4
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("mutations")


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    form=st.sampled_from(sorted(WHOLE)),
    mutations=MUTATIONS,
    kept=st.floats(0.2, 1) | st.just(1.0),
    mapped=st.booleans(),
)
def test_mutated_file_is_refused_or_read_row_by_row(folder, form, mutations, kept, mapped):
    content = WHOLE[form]
    for place, length, bit in mutations:
        at = int(place * len(content))
        content = content[:at] + bit + content[at + length :]
    path = folder / "mutated"
    path.write_bytes(content[: int(kept * len(content))])

    outcome = taken(path, folder, mapped=mapped)

    if isinstance(outcome, Refused):
        assert "« mutated »" in outcome.sentence
        assert "L’annuaire n’a pas changé." in outcome.sentence
        return
    json.dumps(outcome.as_json(), allow_nan=False).encode()
    assert outcome.added + outcome.quarantined <= outcome.read
    assert all(entry.reason and 1 <= entry.row <= outcome.read for entry in outcome.rejected)


def taken(path, folder, *, mapped=False) -> Report | Refused:
    """The intake over one file and an empty directory that knows the structures 0 to 2."""
    known = {f"essai--{number}" for number in range(3)}
    try:
        with staging(folder / "staging") as store:
            run = Reconciling(store, lambda kind, idents: {}, lambda idents: known & set(idents))
            read_file(
                fetch(path, label="mutated"),
                run,
                mapping=MAPPING if mapped else None,
                advance=lambda step, done, total: None,
                note=lambda sentence: None,
            )
            run.conclude()
            return run.report
    except Refused as refused:
        return refused


@pytest.mark.parametrize("form", sorted(WHOLE))
def test_the_file_without_mutation_is_good(folder, form):
    path = folder / "whole"
    path.write_bytes(WHOLE[form])

    report = taken(path, folder)

    assert isinstance(report, Report)
    assert (report.read, report.added, report.quarantined, report.rejected_total) == (6, 3, 3, 3)
