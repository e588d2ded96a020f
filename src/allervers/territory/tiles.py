"""Tiles of the map, drawn when first asked for and kept in the data folder, within a bound."""

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from allervers.engines.cartography import DARK, LIGHT, Theme
from allervers.territory.queries.maps import TownMap

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
SHARPNESSES = (1, 2)
KEPT_BYTES = 256 * 1024 * 1024  # all tiles of a large town at the zooms people use take about 100 MB
SWEPT_TO = 0.8  # share of the bound that a sweep leaves
SWEEP_EVERY = 200  # tiles drawn by a process between two looks at the folder


@dataclass(frozen=True, slots=True)
class Tile:
    """Web Mercator z/x/y of 512 px, at one of the `SHARPNESSES`."""

    theme: Theme
    sharpness: int
    zoom: int
    x: int
    y: int

    @property
    def path(self) -> Path:
        return Path(f"{self.theme.name}-{self.sharpness}", str(self.zoom), str(self.x), f"{self.y}.png")


_drawn = 0  # by this process; a race of two threads only moves a sweep


def tile_bytes(town: TownMap, tile: Tile) -> bytes:
    """The kept picture, or a new one that is kept. Raises: BadFrame."""
    path = Path(settings.TILES_FOLDER) / town.version / tile.path
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    picture = town.atlas.tile(tile.zoom, tile.x, tile.y, theme=tile.theme, sharpness=tile.sharpness)
    try:
        _keep(path, picture)
        _sweep_at_times(town.version)
    except OSError:
        pass  # a full disk: the map is answered, and drawn again next time
    return picture


def _keep(path: Path, picture: bytes) -> None:
    """Under another name, then renamed: who reads sees a whole picture. Not synced: it can be drawn again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    draft.write_bytes(picture)
    draft.replace(path)


def _sweep_at_times(version: str) -> None:
    global _drawn
    _drawn += 1
    if _drawn % SWEEP_EVERY == 1:
        sweep(Path(settings.TILES_FOLDER), version, most_bytes=KEPT_BYTES)


def sweep(folder: Path, version: str, *, most_bytes: int) -> None:
    """Maps of other versions go; then the tiles drawn longest ago, until the rest is well within bounds."""
    for other in folder.iterdir():
        if other.name != version:
            shutil.rmtree(other, ignore_errors=True)
    kept = sorted(
        (
            (path.stat().st_mtime_ns, path.stat().st_size, path)
            for path in folder.rglob("*")
            if path.is_file()
        ),
        reverse=True,
    )
    total = sum(size for _when, size, _path in kept)
    if total <= most_bytes:
        return
    for _when, size, path in reversed(kept):
        if total <= most_bytes * SWEPT_TO:
            return
        path.unlink(missing_ok=True)
        total -= size
