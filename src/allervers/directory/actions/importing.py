"""Importing files: all of a run becomes visible at once, or nothing of it does."""

import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from allervers.accounts.actor import Actor
from allervers.accounts.policies import require
from allervers.directory.actions.applying import apply
from allervers.directory.actions.held_runs import forget_files, held_paths, held_run, hold, intake_folder
from allervers.directory.actions.indexing import build_index_alone, one_builder
from allervers.directory.coming import Coming, plan
from allervers.directory.intake.fetch import Source, fetch, labels
from allervers.directory.intake.mapping import TableMapping, mapping_from_json
from allervers.directory.intake.preview import preview
from allervers.directory.intake.reading import read_file
from allervers.directory.intake.reconcile import Live, Reconciling, Waiting
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.report import Report
from allervers.directory.intake.staged import attached
from allervers.directory.intake.staging import staging
from allervers.directory.locking import Busy, exclusive
from allervers.directory.models import ImportRun, Kind, Organisation, Record, Service
from allervers.directory.policies import can_import
from allervers.engines.search import SearchError

WAIT_SECONDS = 600  # for another import to end: a national file takes a few minutes
FEED_LENGTH = 50  # characters of a feed's name


class Onlooker(Protocol):
    """Who watches an import: a progress bar, a log, or nobody."""

    def advance(self, step: str, *, done: int, total: int) -> None:
        """`done` of `total` bytes of the step are behind."""

    def note(self, sentence: str) -> None:
        """Something worth saying once."""


class Nobody:
    def advance(self, step: str, *, done: int, total: int) -> None: ...

    def note(self, sentence: str) -> None: ...


class BadFeedName(ValueError):
    """The feed's name is no slug: wrong usage, not a bad file."""


def import_files(
    paths: Sequence[Path],
    *,
    feed: str,
    by: Actor,
    now: datetime,
    onlooker: Onlooker | None = None,
    run_uid: UUID | None = None,
    mapping: TableMapping | None = None,
    partial: bool = False,
    yes: bool = False,
    dry_run: bool = False,
) -> Report:
    """Read the files as one run of `feed`, show what is good, build the index, and report row by row.

    `mapping` says what the columns of the files are, where they are not those of a known schéma.
    `run_uid` names the run beforehand: who is killed in the middle can then ask whether it was applied.
    `partial`: an extract, so nothing that it does not hold is missing. `dry_run`: change nothing, and say in
    `report.preview` what would change. A run that would make too much of a source go missing is held, unless
    `yes`: nothing changes, `report.held` says why, `apply_held_run` and `discard_held_run` decide.

    Raises Refused (nothing changed, the sentence says why) and BadFeedName.
    """
    require(can_import(by))
    check_feed_name(feed)
    coming = Coming(
        feed=feed, by=by, now=now, began=time.monotonic(), partial=partial, uid=run_uid, mapping=mapping
    )
    return _import(paths, coming, onlooker or Nobody(), yes=yes, dry_run=dry_run)


def _import(
    paths: Sequence[Path], coming: Coming, watched: Onlooker, *, yes: bool = False, dry_run: bool = False
) -> Report:
    with _no_surprise(), _one_import(watched), staging(intake_folder()) as store:
        sources = _fetched(paths)
        run = Reconciling(store, _live_records, _live_structures)
        facts = [
            read_file(source, run, mapping=coming.mapping, advance=_advancing(watched), note=watched.note)
            for source in sources
        ]
        run.free(_quarantine())
        run.conclude()
        if run.doubles:
            watched.note(_doubles(run.doubles))
        with one_builder(), attached(store) as staged:  # nobody else builds between the commit and our build
            plan(staged, run.report, coming)
            if dry_run:
                run.report.preview = preview(
                    staged, coming.known_feed, partial=coming.partial, now=coming.now
                )
            elif run.report.held and not yes:
                hold(run.report, facts, coming, paths=paths)
            elif apply(staged, run.report, facts, coming):
                _build(watched, by=coming.by, now=coming.now)
        return run.report


def apply_held_run(uid: UUID, *, by: Actor, now: datetime, onlooker: Onlooker | None = None) -> Report:
    """Say yes to a run that was held: its files are read again, against the directory as it is today.

    Raises Refused, NotHeld (someone else decided first).
    """
    require(can_import(by))
    run = held_run(uid)
    coming = Coming(
        feed=run.feed.slug,
        by=by,
        now=now,
        began=time.monotonic(),
        partial=run.partial,
        mapping=_mapping_of(run),
        held=run,
    )
    report = _import(held_paths(run), coming, onlooker or Nobody(), yes=True)
    forget_files(run)
    return report


def _mapping_of(run: ImportRun) -> TableMapping | None:
    """As the facts of its files keep it."""
    said = next((one["mapping"] for one in run.files if one.get("mapping")), None)
    return mapping_from_json(said) if said else None


def check_feed_name(feed: str) -> None:
    """Raises BadFeedName."""
    try:
        validate_slug(feed)
    except ValidationError:
        raise BadFeedName(feed) from None
    if len(feed) > FEED_LENGTH:
        raise BadFeedName(feed)


@contextmanager
def _one_import(onlooker: Onlooker) -> Iterator[None]:
    """A second import says that it waits, then waits."""
    with ExitStack() as held:
        _wait_for_turn(held, onlooker)
        yield


def _wait_for_turn(held: ExitStack, onlooker: Onlooker) -> None:
    """Second by second, so that Ctrl-C is heard. Raises Refused."""
    lock = intake_folder() / "import.lock"
    for second in range(WAIT_SECONDS):
        try:
            held.enter_context(exclusive(lock, wait_seconds=min(second, 1)))
        except Busy:
            if second == 0:
                onlooker.note(_("Un autre import est en cours : celui-ci attend son tour."))
        else:
            return
    raise Refused(
        _(
            "Un autre import est en cours depuis plus de dix minutes. Celui-ci n’a rien changé. "
            "Attendez qu’il finisse, puis relancez."
        )
    )


@contextmanager
def _no_surprise() -> Iterator[None]:
    """A full or broken disk, a lock that never comes: the transaction has kept the directory as it was."""
    try:
        yield
    except Busy:
        raise Refused(_stopped(_("l’index est en construction ailleurs"))) from None
    except (DatabaseError, sqlite3.Error) as error:
        raise Refused(_stopped(str(error))) from error
    except OSError as error:
        raise Refused(_stopped(error.strerror or type(error).__name__)) from error
    except MemoryError:
        raise Refused(_stopped(_("mémoire pleine"))) from None


def _stopped(reason: str) -> str:
    return _(
        "L’import s’est arrêté ({reason}). L’annuaire n’a pas changé. "
        "Vérifiez la place sur le disque et les droits sur le dossier de données, puis relancez."
    ).format(reason=reason)


def _fetched(paths: Sequence[Path]) -> list[Source]:
    """All files are looked at first: one that cannot be read refuses the run before any work. Twice the same
    path is one file."""
    distinct = list(dict.fromkeys(paths))
    return [fetch(path, label=label) for path, label in zip(distinct, labels(distinct), strict=True)]


def _advancing(onlooker: Onlooker) -> Callable[[str, int, int], None]:
    return lambda step, done, total: onlooker.advance(step, done=done, total=total)


def _live_records(kind: Kind, idents: Collection[str]) -> Mapping[str, Live]:
    """A retired or missing record has the hash of nothing: coming back is a change, whatever it says."""
    sheets = Organisation.objects if kind is Kind.STRUCTURE else Service.objects
    live = Record.objects.filter(kind=kind, quarantined=False, ident__in=idents)
    gone = {
        *sheets.filter(ident__in=idents).exclude(retired_at=None).values_list("ident", flat=True),
        *live.exclude(missing_since=None).values_list("ident", flat=True),
    }
    return {
        ident: Live("" if ident in gone else content_hash, source)
        for ident, content_hash, source in live.values_list("ident", "content_hash", "source")
    }


def _live_structures(idents: Collection[str]) -> Collection[str]:
    return set(Organisation.objects.filter(ident__in=idents).values_list("ident", flat=True))


def _quarantine() -> Iterator[Waiting]:
    """Services that wait for their structure since an earlier run."""
    rows = Record.objects.filter(kind=Kind.SERVICE, quarantined=True).order_by("ident")  # along the index
    for row in rows.iterator(500):
        yield Waiting(
            ident=row.ident,
            structure_ident=row.structure_ident,
            payload=row.payload,
            feed_id=row.feed_id,
            received_at=str(connection.ops.adapt_datetimefield_value(row.received_at)),
        )


def _build(onlooker: Onlooker, *, by: Actor, now: datetime) -> None:
    """The records are in whatever happens here: a failed build is said, the next command does it again."""
    onlooker.note(_("Construction de l’index de recherche…"))
    try:
        build_index_alone(now=now, by=by)
    except (OSError, DatabaseError, SearchError, MemoryError, KeyboardInterrupt) as error:
        onlooker.note(
            _(
                "Les fiches sont enregistrées, mais l’index de recherche n’a pas été construit ({reason}). "
                "Vérifiez la place sur le disque, puis lancez « allervers index »."
            ).format(reason=str(error) or type(error).__name__)
        )


def _doubles(count: int) -> str:
    return _("{count} fiches sont là deux fois, mot pour mot : elles comptent une fois.").format(count=count)
