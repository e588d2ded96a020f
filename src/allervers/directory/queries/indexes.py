"""The index in use in this process: looked up at most once a second, swapped by one reference."""

import threading
import time
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

from allervers.directory.models import Change, IndexVersion
from allervers.directory.queries.documents import service_documents
from allervers.engines.exchange import Catalogue, ExchangeError
from allervers.engines.search import Index, SearchError

LOOK_EVERY_SECONDS = 1.0
EDITED_IN_MEMORY = 2_500  # services: about a second of work


class NoIndex(Exception):
    """No search can be answered yet: no index was built, or its files are gone."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One version: `index` answers people, `catalogue` answers machines."""

    version: str
    built_at: datetime
    index: Index
    catalogue: Catalogue
    last_change_id: int  # the last one that `index` holds


def index_folder(version: str) -> Path:
    return Path(settings.INDEX_FOLDER) / version


def search_folder(version: str) -> Path:
    return index_folder(version) / "search"


def exchange_folder(version: str) -> Path:
    return index_folder(version) / "exchange"


def current() -> Loaded:
    """The version that answers now. Raises NoIndex."""
    return _holder.loaded()


def current_index() -> Index:
    """The index that answers people now. Raises NoIndex."""
    return current().index


def current_version() -> IndexVersion | None:
    return IndexVersion.objects.order_by("-pk").first()


def last_change_id() -> int:
    """The last visible change of the directory, 0 before the first."""
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def index_is_stale() -> bool:
    """True when a large change was made that no index holds (its builder was killed) or none was ever built.

    Small changes are laid over the last build: they make no index stale.
    """
    version = current_version()
    if version is None or not index_folder(version.version).is_dir():
        return True
    return Change.objects.filter(pk__gt=version.last_change_id, services=None).exists()


class _Holder:
    """One per process. Readers keep the index they took; its maps close when the last one lets go."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: Loaded | None = None
        self._looked_at = float("-inf")  # seconds, monotonic

    def loaded(self) -> Loaded:
        if time.monotonic() - self._looked_at >= LOOK_EVERY_SECONDS or self._loaded is None:
            with self._lock:
                self._look()
        if self._loaded is None:
            raise NoIndex
        return self._loaded

    def _look(self) -> None:
        """A version swept away between the row and the folder is looked up once more."""
        for _attempt in range(2):
            version = current_version()
            if version is None:
                self._loaded = None
                return
            if self._loaded is None or self._loaded.version != version.version:
                opened = _opened(version)
                if opened is None:
                    continue
                self._loaded = opened
            self._looked_at = time.monotonic()  # before the rest: meanwhile, others are answered as before
            self._loaded = _with_edits(self._loaded)
            return

    def forget(self) -> None:
        self._loaded, self._looked_at = None, float("-inf")


def _with_edits(loaded: Loaded) -> Loaded:
    """Small edits since the build, laid over it in memory: what a person has just typed is found at once.

    Beyond EDITED_IN_MEMORY services it would take too long: the next build, within a minute, will do.
    """
    edits = Change.objects.filter(pk__gt=loaded.last_change_id)
    last = edits.order_by("-pk").values_list("pk", flat=True).first()
    if last is None or edits.filter(services=None).exists() or len(loaded.index) > EDITED_IN_MEMORY:
        return loaded
    return replace(loaded, index=Index.of(service_documents()), last_change_id=last)


def _opened(row: IndexVersion) -> Loaded | None:
    try:
        index = Index.open(search_folder(row.version))
        catalogue = Catalogue.open(exchange_folder(row.version))
    except (SearchError, ExchangeError, OSError):
        return None
    return Loaded(row.version, row.built_at, index, catalogue, row.last_change_id)


_holder = _Holder()
forget_index = _holder.forget  # tests, and commands that change the data folder
