"""The intake over files, into staging: no directory, no index."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from allervers.directory.intake.fetch import fetch
from allervers.directory.intake.reading import read_file
from allervers.directory.intake.reconcile import Reconciling
from allervers.directory.intake.staging import staging

DATA = Path(os.environ.get("ALLERVERS_SHARED") or Path(__file__).parents[4] / "shared") / "data"


@dataclass(frozen=True)
class Taken:
    """`rows`: {kind: [sheet as it would be shown]} of what is live, `waiting` the ids in quarantine."""

    report: dict
    rows: dict[str, list[dict]]
    waiting: set[str]
    notes: list[str]

    def counts(self) -> dict:
        return {name: value for name, value in self.report.items() if isinstance(value, int) and value}

    def said(self) -> list[tuple]:
        return [(one["row"], one["field"], one["value"]) for one in self.report["rejected"]]


@pytest.fixture
def taken(tmp_path, db):
    """Stage files as one run over an empty directory: `taken(path, …, mapping=…)`."""

    def stage(*paths: Path, mapping=None) -> Taken:
        notes: list[str] = []
        with staging(tmp_path / "staging") as store:
            run = Reconciling(store, lambda kind, idents: {}, lambda idents: set())
            for path in paths:
                read_file(
                    fetch(path, label=path.name),
                    run,
                    mapping=mapping,
                    advance=lambda step, done, total: None,
                    note=notes.append,
                )
            run.conclude()
            waiting = {ident for _file, _row, ident, _structure in store.waiting()}
            rows = {kind: _sheets(store, kind) for kind in ("structure", "service")}
        return Taken(run.report.as_json(), rows, waiting, notes)

    return stage


def _sheets(store, kind: str) -> list[dict]:
    cursor = store._connection.execute(f'SELECT * FROM "{kind}" ORDER BY ident')
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return [{name: value for name, value in row.items() if name != "uid"} for row in rows]


@pytest.fixture
def shared():
    """The folder of real data; the test is skipped where it is not."""
    if not DATA.is_dir():
        pytest.skip("the shared data are not here")
    return DATA
