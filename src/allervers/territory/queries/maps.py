"""The map in use in this process: looked up at most once a second, swapped by one reference."""

import threading
import time
from dataclasses import dataclass

from allervers.engines.cartography import STYLE_VERSION, Atlas, CartographyError
from allervers.territory.queries.ground import MAP, current_ground, ground_folder

LOOK_EVERY_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class TownMap:
    """`version` stands in the address of its pictures: another ground or another look is another address."""

    version: str
    atlas: Atlas


def current_map() -> TownMap | None:
    """The map of the territory; None where its ground has nothing to draw. At most one statement a second."""
    return _holder.map()


class _Holder:
    """One per process. Who draws keeps the map it took."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: TownMap | None = None
        self._looked_at = float("-inf")  # seconds, monotonic

    def map(self) -> TownMap | None:
        if time.monotonic() - self._looked_at >= LOOK_EVERY_SECONDS:
            with self._lock:
                self._look()
        return self._loaded

    def _look(self) -> None:
        ground = current_ground()
        version = f"{ground.version}-{STYLE_VERSION}" if ground else ""
        if ground is None:
            self._loaded = None
        elif self._loaded is None or self._loaded.version != version:
            self._loaded = _opened(ground.version, version)
        self._looked_at = time.monotonic()

    def forget(self) -> None:
        self._loaded, self._looked_at = None, float("-inf")


def _opened(ground: str, version: str) -> TownMap | None:
    try:
        return TownMap(version, Atlas.open(ground_folder(ground) / MAP))
    except (
        CartographyError,
        OSError,
    ):  # nothing to draw, or a map of another release: made with the next ground
        return None


_holder = _Holder()
forget_map = _holder.forget  # tests, and commands that change the ground
