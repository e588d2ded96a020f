"""One file, from its bytes to staged rows."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from allervers.directory.intake.fetch import Source
from allervers.directory.intake.hsds import read_document
from allervers.directory.intake.hsds import tables as hsds_tables
from allervers.directory.intake.mapping import TableMapping, mapping_as_json
from allervers.directory.intake.recognising import Way, known_names, tables_and_ways
from allervers.directory.intake.reconcile import Reconciling
from allervers.directory.intake.rows import Table, without_rows
from allervers.directory.intake.tables import opened_tables
from allervers.directory.intake.words import listed, shown
from allervers.directory.models import Kind

IGNORED_KEPT = 100  # names of columns that a run remembers

Advance = Callable[[str, int, int], None]  # (file, bytes behind, bytes of the file)
Note = Callable[[str], None]


def read_file(
    source: Source, run: Reconciling, *, mapping: TableMapping | None, advance: Advance, note: Note
) -> dict[str, Any]:
    """Stage all the tables of one file, each in all its readings; gives back what the run remembers of it.

    A table that makes records of two kinds is read twice: structures first. Raises Refused.
    """
    if source.format == "hsds":
        return _read_hsds(source, run, advance=advance)
    before, said, turn = run.report.read, set[str](), 0
    kinds: list[Kind] = []
    ignored: list[str] = []
    while True:
        with opened_tables(
            source, known=known_names(mapping), sheet=mapping.sheet if mapping else ""
        ) as opened:
            readable, notes = tables_and_ways(opened.tables, label=source.label, mapping=mapping)
            for table, way in _of_turn(readable, turn):
                ignored += way.ignored
                kinds.append(way.kind)
                notes += [way.note, _ignored_note(source.label, way)]
                for _count in run.take(way.rows(table.rows), way.kind, file=source.label):
                    advance(source.label, min(opened.position(), source.size), source.size)
                notes += table.notes
            for sentence in notes:
                if sentence and sentence not in said:
                    said.add(sentence)
                    note(sentence)
            turn += 1
            if not _of_turn(readable, turn):
                break
    if run.report.read == before:
        raise without_rows(source.label)
    return {
        "name": source.label,
        "sha256": source.sha256,
        "bytes": source.size,
        "kind": "+".join(dict.fromkeys(kind.value for kind in kinds)),
        "rows": run.report.read - before,
        "ignored": [shown(name) for name in ignored[:IGNORED_KEPT]],
    } | ({"mapping": mapping_as_json(mapping)} if mapping else {})


def _read_hsds(source: Source, run: Reconciling, *, advance: Advance) -> dict[str, Any]:
    before, kinds = run.report.read, []
    for kind, rows in hsds_tables(read_document(source.path, label=source.label)):
        kinds.append(kind.value)
        for _count in run.take(rows, kind, file=source.label):
            advance(source.label, 0, source.size)
    return {
        "name": source.label,
        "sha256": source.sha256,
        "bytes": source.size,
        "kind": "+".join(kinds),
        "rows": run.report.read - before,
        "ignored": [],
    }


def _of_turn(readable: list[tuple[Table, list[Way]]], turn: int) -> list[tuple[Table, Way]]:
    return [(table, ways[turn]) for table, ways in readable if turn < len(ways)]


def _ignored_note(label: str, way: Way) -> str:
    if not way.ignored:
        return ""
    return _("« {file} » : colonnes ignorées, inconnues du schéma : {columns}.").format(
        file=label, columns=listed(list(way.ignored))
    )
