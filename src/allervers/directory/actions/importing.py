"""Importing files: all of a run becomes visible at once, or nothing of it does."""

import sqlite3
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from allervers.accounts.actor import Actor
from allervers.accounts.policies import require
from allervers.directory.actions.indexing import build_index_alone, one_builder
from allervers.directory.intake.csv_rows import csv_table
from allervers.directory.intake.fetch import Source, fetch, labels
from allervers.directory.intake.json_rows import json_table
from allervers.directory.intake.merge import attached, count_missing, merge
from allervers.directory.intake.reconcile import Reconciling, Waiting
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.report import Report
from allervers.directory.intake.shape import ALL_FIELDS, recognised
from allervers.directory.intake.staging import Staging, staging
from allervers.directory.intake.words import listed, shown
from allervers.directory.locking import Busy, exclusive
from allervers.directory.models import Feed, ImportRun, IndexVersion, Kind, Organisation, Record, Service
from allervers.directory.policies import can_import
from allervers.directory.queries.indexes import index_is_stale, last_run_id
from allervers.engines.search import SearchError
from allervers.journal import actions as journal

WAIT_SECONDS = 600  # for another import to end: a national file takes a few minutes
IGNORED_KEPT = 100  # names of columns that a run remembers
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
) -> Report:
    """Read the files as one run of `feed`, show what is good, build the index, and report row by row.

    `run_uid` names the run beforehand: who is killed in the middle can then ask whether it was applied.

    Raises Refused (nothing changed, the sentence says why) and BadFeedName.
    """
    require(can_import(by))
    check_feed_name(feed)
    watched = onlooker or Nobody()
    began = time.monotonic()
    with _no_surprise(), _one_import(watched), staging(_folder()) as store:
        sources = _fetched(paths)
        run = Reconciling(store, _live_hashes, _live_structures)
        facts = [_read(source, run, watched) for source in sources]
        run.free(_quarantine())
        run.conclude()
        if run.doubles:
            watched.note(_doubles(run.doubles))
        with one_builder():  # from before the commit: nobody else builds, or reads half, between the two
            must_build = _show(store, run.report, facts, feed=feed, by=by, now=now, began=began, uid=run_uid)
            if must_build:
                _build(watched, by=by, now=now)
        return run.report


def _folder() -> Path:
    return Path(settings.DATA) / "intake"


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
    lock = _folder() / "import.lock"
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


def _read(source: Source, run: Reconciling, onlooker: Onlooker) -> dict[str, Any]:
    """Stage one file; gives back what the run remembers of it."""
    before = run.report.read
    with closing(source.opened()) as stream:
        table = (
            json_table(source, stream)
            if source.format == "json"
            else csv_table(source, stream, known=ALL_FIELDS)
        )
        shape = recognised(table.columns, label=source.label)
        if shape.ignored:
            onlooker.note(
                _("« {file} » : colonnes ignorées, inconnues du schéma : {columns}.").format(
                    file=source.label, columns=listed(list(shape.ignored))
                )
            )
        for _count in run.take(table.rows, shape.kind, file=source.label):
            onlooker.advance(source.label, done=min(_position(stream), source.size), total=source.size)
    return {
        "name": source.label,
        "sha256": source.sha256,
        "bytes": source.size,
        "kind": shape.kind.value,
        "rows": run.report.read - before,
        "ignored": [shown(name) for name in shape.ignored[:IGNORED_KEPT]],
    }


def _position(stream: Any) -> int:
    """Bytes read so far, as the file below the text knows them."""
    return int(stream.buffer.raw.tell())


def _live_hashes(kind: Kind, idents: Collection[str]) -> Mapping[str, str]:
    """A retired sheet has the hash of nothing: the record that comes back is a change, whatever it says."""
    sheets = Organisation.objects if kind is Kind.STRUCTURE else Service.objects
    live = Record.objects.filter(kind=kind, quarantined=False, ident__in=idents)
    retired = sheets.filter(ident__in=idents).exclude(retired_at=None).values_list("ident", flat=True)
    return dict(live.values_list("ident", "content_hash")) | dict.fromkeys(retired, "")


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


def _show(
    store: Staging,
    report: Report,
    facts: list[dict[str, Any]],
    *,
    feed: str,
    by: Actor,
    now: datetime,
    began: float,
    uid: UUID | None = None,
) -> bool:
    """The short transaction. True when an index must be built for it."""
    was_fresh = not index_is_stale()
    with attached(store) as cursor:
        report.missing = count_missing(cursor, Feed.objects.filter(slug=feed).first())
        with transaction.atomic():
            before = last_run_id()
            its_feed, _is_new = Feed.objects.get_or_create(slug=feed, defaults={"created_at": now})
            merge(cursor, its_feed, now=now)
            run = ImportRun.objects.create(
                uid=uid or uuid4(),
                feed=its_feed,
                started_at=now,
                finished_at=now + timedelta(seconds=time.monotonic() - began),
                files=facts,
                report=report.as_json(),
            )
            journal.record("feed.imported", "feed", its_feed.uid, by=by.ref, at=now, fields=["records"])
            nothing_new = was_fresh and not report.added and not report.changed
            if nothing_new:  # the index already holds all that this run brought
                IndexVersion.objects.filter(last_run_id=before).update(last_run_id=run.pk)
    return not nothing_new


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
