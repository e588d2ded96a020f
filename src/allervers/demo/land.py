"""The land of Rivelaine: a river with three bridges, streets, parks, towers, on a plane of metres."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import shapely
from shapely import LineString, Polygon
from shapely.geometry import MultiLineString
from shapely.ops import substring
from shapely.strtree import STRtree

from allervers.demo.names import names_of_streets
from allervers.demo.towns import ESTATES, TOWNS, Estate, Point, Town, turned

SEED: Final = 2024
RIVER_WIDTH_M: Final = 130
COUNTRYSIDE_M: Final = 3_000
LOST_SHARE: Final = 0.16
"""Of the pieces of a grid, those that are not built: blocks of all sizes, as in a town that grew."""
RIVER: Final[Sequence[Point]] = (
    (-9_500, -900),
    (-7_200, -350),
    (-5_400, -500),
    (-3_600, -1_250),
    (-1_900, -1_500),
    (-300, -1_350),
    (1_400, -1_500),
    (3_000, -2_150),
    (4_600, -2_350),
    (6_500, -1_900),
    (9_500, -2_300),
)
BRIDGES: Final[Sequence[tuple[str, Point, Point]]] = (
    ("Pont de l’Écluse", (-5_300, -150), (-5_150, -900)),
    ("Pont Vieux", (60, -1_050), (150, -1_800)),
    ("Pont de Lavande", (5_400, -1_750), (5_500, -2_600)),
)
"""Few, and far from Les Tilleuls and from the Cité du Halage: what lies across is 2 km away, and an hour."""
AVENUES: Final[Sequence[tuple[str, Sequence[Point]]]] = (
    ("Avenue de la République", ((-5_300, 700), (-3_600, 500), (-1_900, 150), (0, 0))),
    ("Avenue du Général-Lavande", ((0, 0), (1_900, 50), (3_700, -250), (5_500, -600))),
    ("Route de Mareuil", ((0, 0), (350, 1_700), (600, 3_400), (900, 5_100))),
    ("Boulevard du Port", ((0, 0), (40, -500), (60, -1_050))),
    ("Rue du Pont-Vieux", ((150, -1_800), (350, -2_300), (700, -2_900))),
    ("Chemin de l’Écluse", ((-5_300, 700), (-5_350, 300), (-5_300, -150))),
    ("Route des Saulaies", ((-5_150, -900), (-4_300, -1_900), (-2_300, -2_700), (-650, -2_450))),
    ("Rue de Lavande", ((5_500, -600), (5_420, -1_200), (5_400, -1_750))),
    ("Route de la Rive-Sud", ((5_500, -2_600), (3_900, -3_200), (2_200, -3_100), (700, -2_900))),
    ("Avenue des Tilleuls", ((-1_900, 150), (-1_800, 700), (-1_750, 1_250))),
    ("Avenue de la Nacelle", ((1_900, 50), (2_000, 500), (2_050, 950))),
    ("Avenue des Vignes", ((5_500, -600), (6_000, -200), (6_350, 250))),
    ("Rue du Halage", ((-650, -2_450), (0, -2_600), (700, -2_900))),
)
PARKS: Final[Sequence[tuple[str, Point, float]]] = (
    ("Parc des Bords de Rive", (-1_050, -900), 330),
    ("Jardin de la Mairie", (330, 260), 120),
    ("Parc de la Nacelle", (2_650, 1_500), 300),
    ("Square des Tilleuls", (-2_300, 1_650), 160),
    ("Parc du Halage", (-1_350, -2_550), 220),
    ("Bois de Mareuil", (2_150, 4_700), 620),
    ("Parc de l’Écluse", (-4_650, 1_300), 230),
    ("Étang des Vignes", (7_150, 700), 200),
    ("Jardin des Plantes", (-900, 1_050), 190),
    ("Parc de la Gare", (1_150, 1_150), 150),
    ("Square du Théâtre", (820, -620), 95),
    ("Parc des Hautes-Berges", (1_350, -3_250), 190),
    ("Jardin de l’Écluse", (-5_750, 950), 120),
    ("Parc de Pont-Lavande", (5_050, -150), 150),
    ("Étang de la Nacelle", (2_760, 1_520), 110),
    ("Bois des Saulaies", (-3_600, -3_100), 640),
    ("Bois de la Combe", (3_650, 2_250), 520),
    ("Bois du Coteau", (-3_350, 2_450), 560),
)
WATER: Final = frozenset({"Étang des Vignes", "Étang de la Nacelle"})
MEADOWS_M: Final = 95
"""Of grass on each side of the river, where no street is."""


@dataclass(frozen=True, slots=True)
class Street:
    """`points`: metres, at each crossing and bend. `highway`: the OpenStreetMap tag."""

    name: str
    highway: str
    points: tuple[Point, ...]
    is_bridge: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """`kind`: river, water, park, tower, town or estate."""

    kind: str
    name: str
    shape: Polygon
    code: str = ""


@dataclass(frozen=True, slots=True)
class Land:
    streets: tuple[Street, ...]
    areas: tuple[Area, ...]

    def of(self, kind: str) -> tuple[Area, ...]:
        return tuple(area for area in self.areas if area.kind == kind)


@cache
def land(seed: int = SEED) -> Land:
    """The same for the same seed."""
    rng = random.Random(seed)
    river = smoothed(RIVER).buffer(RIVER_WIDTH_M / 2)
    greens = [(name, _blob(centre, radius, rng)) for name, centre, radius in PARKS]
    forbidden = shapely.union_all([river.buffer(12), *(shape.buffer(-8) for _name, shape in greens)])
    shapely.prepare(forbidden)
    streets = [
        *(Street(name, "secondary", _points(smoothed(line))) for name, line in AVENUES),
        *_quays(river),
        *(street for town in TOWNS for street in _grid(town, rng)),
        *(street for estate in ESTATES for street in _estate_streets(estate)),
    ]
    dry = [kept for street in streets for kept in _outside(street, forbidden)]
    meadows = _meadows(river, [LineString(street.points) for street in dry])
    bridges = [Street(name, "secondary", (here, there), is_bridge=True) for name, here, there in BRIDGES]
    crossed = _connected(_crossed([*dry, *bridges]))
    areas = [
        Area("river", "La Rive", river),
        *(Area("park", "Prés de la Rive", meadow) for meadow in meadows),
        *(Area("water" if name in WATER else "park", name, shape) for name, shape in greens),
        *(Area("estate", estate.name, estate_shape(estate), estate.code) for estate in ESTATES),
        *(tower for estate in ESTATES for tower in _towers(estate)),
        *_limits(),
    ]
    return Land(tuple(crossed), tuple(areas))


def estate_shape(estate: Estate) -> Polygon:
    """Its perimeter: a rectangle with two corners cut, as perimeters follow streets."""
    width, height = estate.size_m[0] / 2, estate.size_m[1] / 2
    corners = (
        (-width, -height),
        (width * 0.7, -height),
        (width, -height * 0.6),
        (width, height),
        (-width * 0.8, height),
        (-width, height * 0.7),
    )
    return Polygon([turned(corner, estate.turned_degrees, estate.centre) for corner in corners])


def smoothed(points: Sequence[Point], step: float = 0.125) -> LineString:
    """A Catmull-Rom curve through `points`."""
    padded = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for part in range(int(1 / step)):
            curve.append(_between(a, b, c, d, part * step))
    return LineString([*curve, points[-1]])


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def blend(i: int) -> float:
        return 0.5 * (
            2 * b[i]
            + (c[i] - a[i]) * t
            + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t**2
            + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3
        )

    return blend(0), blend(1)


def _points(line: LineString) -> tuple[Point, ...]:
    return tuple((round(x, 1), round(y, 1)) for x, y in line.coords)


def _quays(river: Polygon) -> Iterator[Street]:
    """A quay on each bank, in front of Rivelaine and of Les Hautes-Berges."""
    line = smoothed(RIVER)
    for name, side, start, end in (
        ("Quai du Nord", 1, 6_000, 10_600),
        ("Quai du Halage", -1, 7_000, 10_400),
    ):
        bank = line.offset_curve(side * (RIVER_WIDTH_M / 2 + 40))
        part = substring(bank, start, end)
        yield Street(name, "tertiary", _points(part.simplify(3)))


def _grid(town: Town, rng: random.Random) -> Iterator[Street]:
    """Two families of lines, bent a little, closer in the middle; each line a few streets end to end."""
    names = names_of_streets(town.code, rng)
    estates = shapely.union_all([estate_shape(estate).buffer(15) for estate in ESTATES])
    edge = _blob(town.centre, town.radius_m, rng).intersection(_bank(town.centre))
    for family in (0, 1):
        for offset in _offsets(town.radius_m, town.block_m[family], rng):
            line = LineString([_bent(town, family, offset, along) for along in _steps(town.radius_m)])
            kept = line.intersection(edge).difference(estates)
            for piece in _lines(kept):
                yield from _cut(piece, names, rng)


def _meadows(river: Polygon, streets: Sequence[LineString]) -> list[Polygon]:
    """The banks, but where streets come down to the water."""
    built = shapely.union_all([street.buffer(28) for street in streets])
    banks = river.buffer(MEADOWS_M).difference(river).difference(built).buffer(-8).buffer(8)
    parts = [part for part in shapely.get_parts(banks) if part.area > 4_000]
    return [Polygon(part.exterior).difference(river) if part.interiors else part for part in parts]


@cache
def _bank(point: Point) -> Polygon:
    """The side of the river where `point` is: a town keeps to its bank."""
    line = list(smoothed(RIVER).coords)
    for far in (20_000, -20_000):
        side = Polygon([*line, (line[-1][0], far), (line[0][0], far)])
        if side.contains(shapely.Point(point)):
            return side
    raise ValueError(point)


def _offsets(radius: float, block: float, rng: random.Random) -> list[float]:
    found, at = [], -radius
    while at < radius:
        found.append(at)
        wide = 1 + 0.9 * (abs(at) / radius) ** 2  # blocks grow towards the edge
        at += block * wide * rng.uniform(0.85, 1.2)
    return found


def _steps(radius: float) -> list[float]:
    count = int(radius // 60)
    return [radius * step / count for step in range(-count, count + 1)]


def _bent(town: Town, family: int, offset: float, along: float) -> Point:
    bend = 60 * math.sin(along / town.radius_m * 2.1 + offset / 900) + 25 * math.sin(offset / 210)
    point = (offset + bend, along) if family else (along, offset + bend)
    return turned(point, town.turned_degrees, town.centre)


def _cut(line: LineString, names: Iterator[str], rng: random.Random) -> Iterator[Street]:
    """A long line is several streets end to end; a short one is a lane."""
    length, at = line.length, 0.0
    while length - at > 45:
        until = min(length, at + rng.uniform(320, 900))
        if length - until < 120:
            until = length
        piece = substring(line, at, until)
        if rng.random() < LOST_SHARE:
            at = until
            continue
        yield Street(next(names), "residential", _points(piece))
        at = until


def _estate_streets(estate: Estate) -> Iterator[Street]:
    """Loops and paths between towers."""
    shape = estate_shape(estate)
    names = names_of_streets(estate.code, random.Random(estate.code))
    width, height = estate.size_m[0] / 2, estate.size_m[1] / 2
    yield Street(f"Boucle {_of(estate.name)}", "residential", _points(LineString(shape.buffer(-40).exterior)))
    for part in (-0.33, 0.05, 0.4):
        across = [(width * x, height * part * (1 + 0.1 * x)) for x in (-1.2, 0, 1.2)]
        yield Street(next(names), "residential", _points(LineString(_placed(estate, across))))
    for part in (-0.45, 0.1, 0.55):
        down = [(width * part, height * y) for y in (-1.2, 0, 1.2)]
        yield Street(next(names), "footway", _points(LineString(_placed(estate, down))))


def _placed(estate: Estate, points: Sequence[Point]) -> list[Point]:
    return [turned(point, estate.turned_degrees, estate.centre) for point in points]


def _of(name: str) -> str:
    for article, of in (("Les ", "des "), ("La ", "de la "), ("Le ", "du "), ("Cité ", "de la Cité ")):
        if name.startswith(article):
            return of + name.removeprefix(article)
    return f"de {name}"


def _towers(estate: Estate) -> Iterator[Area]:
    """Towers (square) and slabs (long), numbered."""
    number = 0
    width, height = estate.size_m[0] / 2, estate.size_m[1] / 2
    for row, y in enumerate((-0.68, -0.15, 0.2, 0.7)):
        for x in (-0.72, -0.2, 0.32, 0.78):
            number += 1
            half = (12, 12) if (row + number) % 3 else (42, 7)
            centre = (x * width * 0.92, y * height * 0.9)
            corners = [
                (centre[0] + east * half[0], centre[1] + north * half[1])
                for east, north in ((-1, -1), (1, -1), (1, 1), (-1, 1))
            ]
            shape = Polygon(_placed(estate, corners))
            yield Area("tower", f"Tour {number} {estate.name}", shape)


def _limits() -> Iterator[Area]:
    """Municipal limits: the ground nearer to each town than to the others, without gap nor overlap."""
    centres = shapely.MultiPoint([town.centre for town in TOWNS])
    whole = centres.convex_hull.buffer(COUNTRYSIDE_M)
    for cell in shapely.voronoi_polygons(centres, extend_to=whole).geoms:
        town = next(town for town in TOWNS if cell.contains(shapely.Point(town.centre)))
        yield Area("town", town.name, Polygon(cell.intersection(whole).exterior), town.code)


def _blob(centre: Point, radius: float, rng: random.Random) -> Polygon:
    """A round shape with a shore."""
    lobes = [(rng.uniform(0.03, 0.1), rng.randint(2, 5), rng.uniform(0, math.tau)) for _ in range(3)]
    points = []
    for step in range(72):
        angle = math.tau * step / 72
        reach = radius * (1 + sum(size * math.sin(count * angle + shift) for size, count, shift in lobes))
        points.append((centre[0] + reach * math.cos(angle), centre[1] + reach * math.sin(angle)))
    return Polygon(points)


def _lines(geometry: shapely.Geometry) -> list[LineString]:
    if isinstance(geometry, LineString):
        return [geometry] if geometry.length > 30 else []
    if isinstance(geometry, MultiLineString):
        return [line for line in geometry.geoms if line.length > 30]
    return [line for part in getattr(geometry, "geoms", ()) for line in _lines(part)]


def _outside(street: Street, forbidden: shapely.Geometry) -> list[Street]:
    """Streets stop at the water and at the parks."""
    line = LineString(street.points)
    if not forbidden.intersects(line):
        return [street]
    return [Street(street.name, street.highway, _points(kept)) for kept in _lines(line.difference(forbidden))]


def _crossed(streets: Sequence[Street]) -> list[Street]:
    """Where two streets cross, both get a point there: one can turn."""
    lines = [LineString(street.points) for street in streets]
    tree = STRtree(lines)
    meeting: list[set[Point]] = [set() for _ in lines]
    for first, second in tree.query(lines, predicate="intersects").T.tolist():
        if first < second:
            for x, y in shapely.get_coordinates(lines[first].intersection(lines[second])).tolist():
                for place in (first, second):
                    meeting[place].add((round(x, 1), round(y, 1)))
    return [
        Street(street.name, street.highway, _with_points(line, points), street.is_bridge)
        for street, line, points in zip(streets, lines, meeting, strict=True)
    ]


def _with_points(line: LineString, points: set[Point]) -> tuple[Point, ...]:
    """The line through its own points and these, in order; what is within a metre of a crossing gives way."""
    at = {round(line.project(shapely.Point(point)), 2): point for point in points}
    for x, y in line.coords:
        place = line.project(shapely.Point(x, y))
        if all(abs(place - known) > 1 for known in at):
            at[place] = (round(x, 1), round(y, 1))
    return tuple(at[place] for place in sorted(at))


def _connected(streets: Sequence[Street]) -> list[Street]:
    """The largest part that one can walk whole."""
    parent: dict[Point, Point] = {}

    def root(point: Point) -> Point:
        while parent.setdefault(point, point) != point:
            parent[point] = parent[parent[point]]
            point = parent[point]
        return point

    for street in streets:
        for before, after in zip(street.points, street.points[1:], strict=False):
            parent[root(before)] = root(after)
    sizes: dict[Point, int] = {}
    for street in streets:
        sizes[root(street.points[0])] = sizes.get(root(street.points[0]), 0) + len(street.points)
    largest = max(sizes, key=lambda point: (sizes[point], point))
    return [street for street in streets if root(street.points[0]) == largest and len(street.points) > 1]
