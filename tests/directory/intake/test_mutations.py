"""Broken files, by hypothesis: each is refused with a sentence, or read, its bad rows reported."""

import csv
import io
import json
import os
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allervers.directory.intake.csv_rows import csv_table
from allervers.directory.intake.fetch import fetch
from allervers.directory.intake.json_rows import json_table
from allervers.directory.intake.reconcile import Reconciling
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.report import Report
from allervers.directory.intake.shape import ALL_FIELDS, recognised
from allervers.directory.intake.staging import staging

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


WHOLE = (as_csv(), json.dumps(ROWS).encode(), json.dumps(ROWS, ensure_ascii=False, indent=1).encode())
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
@given(whole=st.sampled_from(WHOLE), mutations=MUTATIONS, kept=st.floats(0.2, 1) | st.just(1.0))
def test_mutated_file_is_refused_or_read_row_by_row(folder, whole, mutations, kept):
    content = whole
    for place, length, bit in mutations:
        at = int(place * len(content))
        content = content[:at] + bit + content[at + length :]
    path = folder / "mutated"
    path.write_bytes(content[: int(kept * len(content))])

    outcome = taken(path, folder)

    if isinstance(outcome, Refused):
        assert "« mutated »" in outcome.sentence
        assert "L’annuaire n’a pas changé." in outcome.sentence
        return
    json.dumps(outcome.as_json(), allow_nan=False).encode()
    assert outcome.added + outcome.quarantined <= outcome.read
    assert all(entry.reason and 1 <= entry.row <= outcome.read for entry in outcome.rejected)


def taken(path, folder) -> Report | Refused:
    """The intake over one file and an empty directory that knows the structures 0 to 2."""
    known = {f"essai--{number}" for number in range(3)}
    try:
        with staging(folder / "staging") as store:
            run = Reconciling(store, lambda kind, idents: {}, lambda idents: known & set(idents))
            source = fetch(path, label="mutated")
            with closing(source.opened()) as stream:
                if source.format == "json":
                    table = json_table(source, stream)
                else:
                    table = csv_table(source, stream, known=ALL_FIELDS)
                kind = recognised(table.columns, label="mutated").kind
                for _read in run.take(table.rows, kind, file="mutated"):
                    pass
            run.conclude()
            return run.report
    except Refused as refused:
        return refused


@pytest.mark.parametrize("whole", WHOLE)
def test_the_file_without_mutation_is_good(folder, whole):
    path = folder / "whole"
    path.write_bytes(whole)

    report = taken(path, folder)

    assert isinstance(report, Report)
    assert (report.read, report.added, report.quarantined, report.rejected_total) == (6, 3, 3, 3)
