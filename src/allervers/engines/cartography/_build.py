"""From a ground to the columns of a map: each zoom is simplified, indexed by tile and named, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, LineString

from allervers.columns import arrays_of
from allervers.engines.cartography import _styles as styles
from allervers.engines.cartography._columns import LAYOUT, ByTile, Names, Shapes, by_tile
from allervers.engines.cartography._errors import NothingDrawn
from allervers.engines.cartography._ground import Ground, Rank, Street
from allervers.engines.cartography._plane import GRAIN, to_world

if TYPE_CHECKING:
    from allervers.engines.cartography._naming import Name

SIMPLIFIED_PX: Final = {"lines": 0.8, "rings": 1.0}
"""CSS px that a simplified shape may stray."""
SMALLEST_PX: Final = 4.0
"""CSS px of length, or of the side of a square, under which a shape says nothing."""
QUIET_PX: Final = 16.0
"""CSS px of length under which a quiet street, its pieces joined, is left out: in a dense centre such stubs
are noise, and much of the weight of a picture."""
REACH_PX: Final = 16
"""CSS px that a line may be seen beyond its own points: half the widest, and some air."""

Watch = Callable[[int, int], None]
"""Told how many zooms are done, of how many."""


def build(ground: Ground, folder: Path, *, watch: Watch | None = None) -> None:
    """Make the folder of a map, whole or not at all. Raises: NothingDrawn, FolderTaken."""
    if ground.is_empty:
        raise NothingDrawn
    world = _World.of(ground)
    arrays: dict[str, NDArray[Any]] = {"extent": world.extent}
    for done, zoom in enumerate(styles.ZOOMS):
        if watch:
            watch(done, len(styles.ZOOMS))
        for name, shapes in _shapes(world, zoom).items():
            arrays |= arrays_of(shapes, f"{zoom}.{name}.")
        arrays |= arrays_of(_names(world, zoom), f"{zoom}.names.")
    LAYOUT.write(folder, arrays)
    if watch:
        watch(len(styles.ZOOMS), len(styles.ZOOMS))


@dataclass(frozen=True, slots=True)
class _World:
    """The ground in px of zoom 0, pieces of one street joined."""

    lines: dict[Rank, Geometry]
    rivers: Geometry
    surfaces: dict[str, Geometry]
    named: tuple[Street, ...]
    places: tuple[tuple[str, float, float], ...]
    towns: tuple[tuple[str, float, float], ...]
    extent: NDArray[np.float64]  # west, north, east, south

    @classmethod
    def of(cls, ground: Ground) -> _World:
        streets = _projected([street.line for street in ground.streets])
        rings = {
            "limits": ground.limits,
            "parks": ground.parks,
            "water": ground.water,
            "perimeters": tuple(perimeter.shape for perimeter in ground.perimeters),
        }
        surfaces = {name: _surface(shapes) for name, shapes in rings.items()}
        centres = [_middle(shape) for shape in _projected([one.shape for one in ground.perimeters])]
        towns = to_world(np.array([(town.longitude, town.latitude) for town in ground.towns]).reshape(-1, 2))
        rivers = shapely.MultiLineString(list(_projected(ground.rivers)))
        drawn = [*streets, *surfaces.values()]
        return cls(
            lines={rank: _merged(ground.streets, streets, rank) for rank in Rank},
            rivers=shapely.line_merge(rivers),
            surfaces=surfaces,
            named=_joined(ground.streets, streets),
            places=tuple((one.name, *centre) for one, centre in zip(ground.perimeters, centres, strict=True)),
            towns=tuple((one.name, *point) for one, point in zip(ground.towns, towns.tolist(), strict=True)),
            extent=np.array(shapely.total_bounds(drawn if ground.is_drawn else shapely.MultiPoint(towns))),
        )


def _projected(shapes: Sequence[Geometry]) -> NDArray[Any]:
    return np.asarray(shapely.transform(np.array(shapes, dtype=object), to_world), dtype=object)


def _surface(shapes: Sequence[Geometry]) -> Geometry:
    """One surface, shells and holes turning apart."""
    return shapely.orient_polygons(shapely.union_all(shapely.make_valid(_projected(shapes))))


def _middle(shape: Geometry) -> tuple[float, float]:
    """The middle of the largest circle inside: where a name has room."""
    tolerance = max(shape.bounds[2] - shape.bounds[0], shape.bounds[3] - shape.bounds[1]) / 50
    point = shapely.maximum_inscribed_circle(shape, tolerance=tolerance or 1e-9).coords[0]
    return float(point[0]), float(point[1])


def _merged(streets: Sequence[Street], lines: NDArray[Any], rank: Rank) -> Geometry:
    """The lines of a rank, joined street by street: those without a name as if they were one."""
    pieces: dict[str, list[LineString]] = defaultdict(list)
    for street, line in zip(streets, lines, strict=True):
        if street.rank is rank:
            pieces[street.name].append(line)
    joined = [shapely.line_merge(shapely.MultiLineString(pieces[name])) for name in sorted(pieces)]
    return shapely.MultiLineString([part for one in joined for part in _lines(one)])


def _joined(streets: Sequence[Street], lines: NDArray[Any]) -> tuple[Street, ...]:
    """The streets that have a name, their pieces joined: the widest first, then the longest."""
    pieces: dict[str, list[LineString]] = defaultdict(list)
    ranks: dict[str, list[Rank]] = defaultdict(list)
    for street, line in zip(streets, lines, strict=True):
        if street.name:
            pieces[street.name].append(line)
            ranks[street.name].append(street.rank)
    whole = [
        Street(line, min(ranks[name]), name)
        for name in sorted(pieces)
        for line in _lines(shapely.line_merge(shapely.MultiLineString(pieces[name])))
    ]
    return tuple(sorted(whole, key=lambda one: (one.rank, -one.line.length, one.name)))


def _lines(shape: Geometry) -> list[LineString]:
    return [part for part in shapely.get_parts(shape).tolist() if part.length > 0]


def _shapes(world: _World, zoom: int) -> dict[str, Shapes]:
    found = {name: _rings(surface, zoom) for name, surface in world.surfaces.items()}
    for rank, lines in world.lines.items():
        width = styles.at(styles.WIDTHS[rank], zoom)
        shortest = QUIET_PX if width < styles.FAINT_PX else SMALLEST_PX
        found[f"rank{rank}"] = _of_lines(_simplified(lines, zoom, shortest=shortest) if width else [])
    found["rivers"] = _of_lines(_simplified(world.rivers, zoom, shortest=SMALLEST_PX))
    found["dashes"] = _of_lines(_dashes(world.surfaces["perimeters"], zoom))
    return found


def _simplified(lines: Geometry, zoom: int, *, shortest: float) -> list[NDArray[Any]]:
    parts = shapely.get_parts(shapely.transform(lines, lambda points: points * 2.0**zoom))
    parts = parts[shapely.length(parts) >= shortest]
    return [shapely.get_coordinates(part) for part in shapely.simplify(parts, SIMPLIFIED_PX["lines"])]


def _closed(surface: Geometry, zoom: int) -> list[NDArray[Any]]:
    scaled = shapely.transform(surface, lambda points: points * 2.0**zoom)
    parts = shapely.get_parts(scaled)
    polygons = parts[(shapely.get_type_id(parts) == 3) & (shapely.area(parts) >= SMALLEST_PX**2)]
    kept = shapely.simplify(polygons, SIMPLIFIED_PX["rings"])
    rings = shapely.get_rings(shapely.orient_polygons(kept))
    return [shapely.get_coordinates(ring) for ring in rings]


def _rings(surface: Geometry, zoom: int) -> Shapes:
    """A ring is found by every tile of its box: it may fill tiles that its line never crosses."""
    return _stored(_closed(surface, zoom), whole=True)


def _of_lines(lines: Sequence[NDArray[Any]]) -> Shapes:
    return _stored(lines, whole=False)


def _stored(shapes: Iterable[NDArray[Any]], *, whole: bool) -> Shapes:
    kept = [np.rint(points * GRAIN).astype(np.int32) for points in shapes]
    lengths = np.array([len(points) for points in kept], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    points = np.concatenate(kept) if kept else np.empty((0, 2), dtype=np.int32)
    boxes, owners = _boxes(points.astype(np.int64), starts, whole=whole)
    return Shapes(points, starts, by_tile(boxes + REACH_PX * GRAIN * np.array([-1, -1, 1, 1]), owners))


def _boxes(
    points: NDArray[np.int64], starts: NDArray[np.int64], *, whole: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The box of each shape, or of each of its segments."""
    count = len(starts) - 1
    if whole:
        low = np.minimum.reduceat(points, starts[:-1]) if count else points
        high = np.maximum.reduceat(points, starts[:-1]) if count else points
        return np.hstack((low, high)), np.arange(count)
    owners = np.repeat(np.arange(count), np.diff(starts))
    inside = owners[:-1] == owners[1:]
    first, last = points[:-1][inside], points[1:][inside]
    return np.hstack((np.minimum(first, last), np.maximum(first, last))), owners[:-1][inside]


def _dashes(surface: Geometry, zoom: int) -> list[NDArray[Any]]:
    """The limit of neighbourhoods in dashes: cut here, so that they go on from one tile to the next."""
    return [dash for ring in _closed(surface, zoom) for dash in _cut(ring)]


def _cut(ring: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(ring, axis=0).T))))
    dash, gap = styles.DASH_PX
    rounds = max(1, round(along[-1] / (dash + gap)))
    pitch = along[-1] / rounds  # a whole number of dashes: no scar where the ring closes
    starts = np.arange(rounds) * pitch
    return [_piece(ring, along, start, start + pitch * dash / (dash + gap)) for start in starts]


def _piece(
    ring: NDArray[np.float64], along: NDArray[np.float64], start: float, end: float
) -> NDArray[np.float64]:
    between = ring[(along > start) & (along < end)]
    ends = [[np.interp(at, along, ring[:, 0]), np.interp(at, along, ring[:, 1])] for at in (start, end)]
    return np.vstack((ends[:1], between, ends[1:]))


def _names(world: _World, zoom: int) -> Names:
    from allervers.engines.cartography._naming import Placing  # noqa: PLC0415  # matplotlib: a second to load

    placing = Placing()
    found: list[Name] = []
    scale = 2.0**zoom
    for text, x, y in _places(world, zoom):
        name = placing.at(x * scale, y * scale, text, styles.at(styles.PLACE_TEXT, zoom))
        found += [name] if name else []
    for street in world.named:
        if zoom >= styles.NAMED_FROM[street.rank]:
            line = shapely.transform(street.line, lambda points: points * scale)
            line = shapely.simplify(line, SIMPLIFIED_PX["lines"])
            found += placing.along(line, street.name, styles.at(styles.STREET_TEXT, zoom))
    return _columns(found)


def _places(world: _World, zoom: int) -> tuple[tuple[str, float, float], ...]:
    places = world.places if styles.PLACES_FROM <= zoom <= styles.PLACES_TO else ()
    return (world.towns if zoom <= styles.TOWNS_TO else ()) + places


def _columns(names: Sequence[Name]) -> Names:
    starts = np.cumsum([0, *(len(name.letters) for name in names)]).astype(np.int64)
    points = np.concatenate([np.empty((0, 2)), *(name.points for name in names)])
    sizes = np.array([name.size for name in names], dtype=np.float32)
    owners = np.repeat(np.arange(len(names)), np.diff(starts))
    reach = (sizes[owners] * (styles.CAP_HEIGHT + 0.5) + styles.HALO_PX)[:, None]
    boxes = np.hstack((points - reach, points + reach))
    return Names(
        letters=np.concatenate([np.empty(0, np.int32), *(name.letters for name in names)]),
        points=np.rint(points * GRAIN).astype(np.int32),
        angles=np.concatenate([np.empty(0), *(name.angles for name in names)]).astype(np.float32),
        starts=starts,
        sizes=sizes,
        kinds=np.array([name.face for name in names], dtype=np.int8),
        tiles=_named_tiles(boxes, owners),
    )


def _named_tiles(boxes: NDArray[np.float64], owners: NDArray[np.int64]) -> ByTile:
    return by_tile(np.floor(boxes * GRAIN).astype(np.int64), owners)
