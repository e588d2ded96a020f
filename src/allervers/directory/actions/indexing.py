"""Building the index: a folder that nobody reads yet, then one row that makes it current."""

import secrets
import shutil
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from allervers.accounts.actor import SYSTEM, Actor
from allervers.directory.locking import Busy, exclusive
from allervers.directory.models import Change, IndexVersion
from allervers.directory.queries.documents import service_documents
from allervers.directory.queries.exchange import service_entries, structure_entries
from allervers.directory.queries.indexes import (
    current_version,
    exchange_folder,
    index_folder,
    index_is_stale,
    last_change_id,
    search_folder,
)
from allervers.directory.queries.landmarks import FOLDER, named_organisations, towns_of
from allervers.engines import exchange, geocoding, search
from allervers.journal import actions as journal

WAIT_SECONDS = 300.0  # longer than any build: whoever waits wants the result
BETWEEN_BUILDS = timedelta(minutes=1)  # at least, when only small edits came
KEPT = 2  # versions: the current one, and the one that a slow reader may be opening


def one_builder(*, wait_seconds: float = WAIT_SECONDS) -> AbstractContextManager[None]:
    """Held by who builds; an import takes it before its commit, so that nobody builds in its place."""
    return exclusive(Path(settings.INDEX_FOLDER) / "builder.lock", wait_seconds=wait_seconds)


def build_index(*, now: datetime, by: Actor = SYSTEM) -> IndexVersion:
    """Build a whole index from the directory and make it current."""
    with one_builder():
        return build_index_alone(now=now, by=by)


def ensure_index(*, now: datetime) -> None:
    """Build where none is, or where a killed import left one behind its records."""
    if index_is_stale():
        with one_builder():
            if index_is_stale():
                build_index_alone(now=now)


def catch_up_index(*, now: datetime) -> None:
    """Build again after small edits, at most once a minute. For the scheduler's rounds."""
    version = current_version()
    if version is None or now - version.built_at < BETWEEN_BUILDS:
        return
    if Change.objects.filter(pk__gt=version.last_change_id).exists():
        try:
            with one_builder(wait_seconds=0):
                build_index_alone(now=now)
        except Busy:  # someone builds: the next round looks again
            return


def build_index_alone(*, now: datetime, by: Actor = SYSTEM) -> IndexVersion:
    """As `build_index`, for who already holds `one_builder`."""
    change_id = last_change_id()  # read first: what changes meanwhile comes after this index, and is not lost
    version = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    documents = list(service_documents())
    # Written aside, synced, renamed: whole or not there; and nobody looks before the row is.
    search.build(documents, search_folder(version))
    exchange.build(structure_entries(), service_entries(), exchange_folder(version))
    places = list(named_organisations())
    geocoding.build(index_folder(version) / FOLDER, towns=towns_of(places), named=places)
    row = _publish(version, services=len(documents), change_id=change_id, now=now, by=by)
    _sweep()
    return row


@transaction.atomic
def _publish(version: str, *, services: int, change_id: int, now: datetime, by: Actor) -> IndexVersion:
    row = IndexVersion.objects.create(
        version=version, built_at=now, services=services, last_change_id=change_id
    )
    journal.record("index.built", "index", row.uid, by=by.ref, at=now)
    return row


def _sweep() -> None:
    """Old folders go. A file that a worker still maps stays on Windows until the next build."""
    kept = set(IndexVersion.objects.order_by("-pk").values_list("version", flat=True)[:KEPT])
    IndexVersion.objects.exclude(version__in=kept).delete()
    oldest = min(IndexVersion.objects.values_list("last_change_id", flat=True), default=0)
    Change.objects.filter(pk__lt=oldest).delete()  # every index that can be asked holds them
    for folder in Path(settings.INDEX_FOLDER).iterdir():
        if folder.is_dir() and folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
