"""How long a tile of the map takes, and what it weighs.

    .venv/bin/python bench/cartography.py [--rounds 3] [--around 2]

Builds the map of Montpellier from ../shared/data, then draws the tiles around the
centre and around La Mosson at each zoom, cold (never drawn) and warm (kept on disk). Clock and processor
time are both printed: where other work shares the machine, the second tells. Nothing is measured where the
files are not there.
"""

import argparse
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allervers.config.settings")

from allervers.engines.cartography import DARK, LIGHT, Atlas, Theme, tile_of

SHARED = Path(os.environ.get("ALLERVERS_SHARED") or Path(__file__).resolve().parents[1].parent / "shared")
TOWN = SHARED / "data" / "montpellier"
PLACES = {"centre": (43.6105, 3.8765), "La Mosson": (43.6262, 3.8190)}
ZOOMS = (13, 14, 15, 16, 17)


@dataclass(frozen=True)
class Drawn:
    clock_ms: float
    processor_ms: float
    content: bytes


def built(folder: Path) -> Atlas:
    import django  # noqa: PLC0415  # settings first

    django.setup()
    from allervers.territory.ground.charting import chart  # noqa: PLC0415  # Django first
    from allervers.territory.ground.names import GroundFiles  # noqa: PLC0415
    from allervers.territory.ground.perimeters import read_perimeters  # noqa: PLC0415

    given = GroundFiles(
        home=["34172"],
        towns=(),
        perimeters=read_perimeters(TOWN / "qpv.geojson").found,
        streets=TOWN / "rues-osm-2021.osm.pbf",
    )
    clock, processor = time.perf_counter(), time.process_time()
    chart(folder, given, limits=TOWN / "limite-commune.geojson")
    print(
        f"build  {time.perf_counter() - clock:6.1f} s, processor {time.process_time() - processor:6.1f} s, "
        f"{sum(file.stat().st_size for file in folder.iterdir()) / 1e6:.1f} MB"
    )
    return Atlas.open(folder)


def drawn(atlas: Atlas, zoom: int, x: int, y: int, theme: Theme, *, sharpness: int = 1) -> Drawn:
    clock, processor = time.perf_counter(), time.process_time()
    content = atlas.tile(zoom, x, y, theme=theme, sharpness=sharpness)
    return Drawn((time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000, content)


def around(place: tuple[float, float], zoom: int, steps: int) -> list[tuple[int, int]]:
    x, y = tile_of(*place, zoom)
    return [(x + dx, y + dy) for dx in range(-steps, steps + 1) for dy in range(-steps, steps + 1)]


def warm_ms(tile: Drawn, folder: Path) -> float:
    path = folder / "kept.png"
    path.write_bytes(tile.content)
    took = []
    for _ in range(20):
        began = time.perf_counter()
        path.read_bytes()
        took.append((time.perf_counter() - began) * 1000)
    return median(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--around", type=int, default=2)
    options = parser.parse_args()
    if not TOWN.is_dir():
        print("no data of Montpellier beside the checkout: nothing measured")
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        atlas = built(Path(scratch) / "map")
        x, y = tile_of(*PLACES["centre"], 14)
        first = drawn(atlas, 14, x, y, LIGHT)
        print(f"first  {first.clock_ms:6.0f} ms, with the loading of matplotlib and fonts")
        head = (
            "tiles of 512 px",
            "median ms",
            "slowest",
            "cpu median",
            "kB median",
            "heaviest",
            "2x kB",
            "warm ms",
        )
        print(f"{head[0]:24}" + "".join(f"{name:>12}" for name in head[1:]))
        for name, place in PLACES.items():
            for theme in (LIGHT, DARK):
                for zoom in ZOOMS:
                    report(atlas, f"{name} {theme.name} {zoom}", place, zoom, theme, options, Path(scratch))


def report(
    atlas: Atlas,
    what: str,
    place: tuple[float, float],
    zoom: int,
    theme: Theme,
    options: argparse.Namespace,
    scratch: Path,
) -> None:
    tiles = around(place, zoom, options.around)
    best = [
        min((drawn(atlas, zoom, x, y, theme) for _ in range(options.rounds)), key=lambda one: one.clock_ms)
        for x, y in tiles
    ]
    sizes = [len(one.content) / 1000 for one in best]
    sharp = drawn(atlas, zoom, *tile_of(*place, zoom), theme, sharpness=2)
    figures = (
        median(one.clock_ms for one in best),
        max(one.clock_ms for one in best),
        median(one.processor_ms for one in best),
        median(sizes),
        max(sizes),
        len(sharp.content) / 1000,
        warm_ms(best[0], scratch),
    )
    print(f"{what:24}" + "".join(f"{figure:12.1f}" for figure in figures))


if __name__ == "__main__":
    main()
