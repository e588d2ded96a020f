"""Runs that wait for a yes: their files are kept on disk until someone decides."""

import os
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from allervers.accounts.actor import Actor
from allervers.accounts.policies import require
from allervers.directory.coming import Coming, keep_run
from allervers.directory.intake.report import Report
from allervers.directory.models import Feed, ImportRun
from allervers.directory.policies import can_import
from allervers.journal import actions as journal


class NotHeld(Exception):
    """No run of this name waits for a yes: it was decided, replaced by a later one, or never was."""


def intake_folder() -> Path:
    return Path(settings.DATA) / "intake"


def hold(report: Report, facts: list[dict[str, Any]], coming: Coming, *, paths: Sequence[Path]) -> ImportRun:
    """Keep the run and its files, and change nothing else. A later run of the same feed replaces it."""
    with transaction.atomic():
        feed, _is_new = Feed.objects.get_or_create(slug=coming.feed, defaults={"created_at": coming.now})
        former = list(ImportRun.objects.filter(feed=feed, state=ImportRun.State.HELD))
        run = keep_run(report, facts, coming, feed=feed, state=ImportRun.State.HELD)
        _keep_files(paths, _folder(run))  # before the commit: a run that waits has its files
        for older in former:
            _decide(older, ImportRun.State.DISCARDED, by=coming.by, now=coming.now)
        journal.record("run.held", "import_run", run.uid, by=coming.by.ref, at=coming.now)
    _sweep()
    return run


@transaction.atomic
def discard_held_run(uid: UUID, *, by: Actor, now: datetime) -> ImportRun:
    """Say no: the directory stays as it is, the report is kept, the files go. Raises NotHeld."""
    require(can_import(by))
    run = held_run(uid)
    _decide(run, ImportRun.State.DISCARDED, by=by, now=now)
    journal.record("run.discarded", "import_run", run.uid, by=by.ref, at=now)
    transaction.on_commit(lambda: forget_files(run))
    return run


def held_run(uid: UUID) -> ImportRun:
    """Locked where the caller is in a transaction. Raises NotHeld."""
    runs = ImportRun.objects.select_related("feed")
    run = runs.filter(uid=uid, state=ImportRun.State.HELD).first()
    if run is None or not _folder(run).is_dir():
        raise NotHeld(str(uid))
    return run


def held_paths(run: ImportRun) -> list[Path]:
    """The files as they came, in their order."""
    return [next(folder.iterdir()) for folder in sorted(_folder(run).iterdir())]


def forget_files(run: ImportRun) -> None:
    shutil.rmtree(_folder(run), ignore_errors=True)


def _folder(run: ImportRun) -> Path:
    return intake_folder() / "held" / str(run.uid)


def _keep_files(paths: Sequence[Path], folder: Path) -> None:
    """Each in a folder of its own: names may be the same, and they are shown to people."""
    for number, path in enumerate(dict.fromkeys(paths)):
        place = folder / f"{number:03}"
        place.mkdir(parents=True)
        shutil.copyfile(path, place / path.name)
        with (place / path.name).open("rb+") as copy:
            os.fsync(copy.fileno())


def _decide(run: ImportRun, state: ImportRun.State, *, by: Actor, now: datetime) -> None:
    run.state, run.decided_at, run.decided_by = state, now, by.ref
    run.save(update_fields=["state", "decided_at", "decided_by"])


def _sweep() -> None:
    """Files of runs that wait no more go, those of killed processes too. The caller holds the import lock."""
    waiting = {str(uid) for uid in ImportRun.objects.filter(state="held").values_list("uid", flat=True)}
    for folder in (intake_folder() / "held").iterdir():
        if folder.name not in waiting:
            shutil.rmtree(folder, ignore_errors=True)
