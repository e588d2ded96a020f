"""The index in use in this process: looked up at most once a second, swapped by one reference."""

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from allervers.directory.models import ImportRun, IndexVersion
from allervers.engines.search import Index, SearchError

LOOK_EVERY_SECONDS = 1.0


class NoIndex(Exception):
    """No search can be answered yet: no index was built, or its files are gone."""


@dataclass(frozen=True, slots=True)
class Loaded:
    version: str
    index: Index


def index_folder(version: str) -> Path:
    return Path(settings.INDEX_FOLDER) / version


def current_index() -> Index:
    """The index that answers now. Raises NoIndex."""
    return _holder.index()


def current_version() -> IndexVersion | None:
    return IndexVersion.objects.order_by("-pk").first()


def last_run_id() -> int:
    """The last import applied, 0 before the first."""
    return ImportRun.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def index_is_stale() -> bool:
    """True when an import was applied that no index holds (its builder was killed) or none was ever built."""
    version = current_version()
    if version is None or not index_folder(version.version).is_dir():
        return True
    return version.last_run_id < last_run_id()


class _Holder:
    """One per process. Readers keep the index they took; its maps close when the last one lets go."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: Loaded | None = None
        self._looked_at = float("-inf")  # seconds, monotonic

    def index(self) -> Index:
        if time.monotonic() - self._looked_at >= LOOK_EVERY_SECONDS or self._loaded is None:
            with self._lock:
                self._look()
        if self._loaded is None:
            raise NoIndex
        return self._loaded.index

    def _look(self) -> None:
        """A version swept away between the row and the folder is looked up once more."""
        for _attempt in range(2):
            version = current_version()
            if version is None:
                self._loaded = None
                return
            if self._loaded is None or self._loaded.version != version.version:
                opened = _opened(version.version)
                if opened is None:
                    continue
                self._loaded = opened
            self._looked_at = time.monotonic()
            return

    def forget(self) -> None:
        self._loaded, self._looked_at = None, float("-inf")


def _opened(version: str) -> Loaded | None:
    try:
        return Loaded(version, Index.open(index_folder(version)))
    except (SearchError, OSError):
        return None


_holder = _Holder()
forget_index = _holder.forget  # tests, and commands that change the data folder
