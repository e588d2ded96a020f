"""The land of Rivelaine as a real town's files: streets (.osm.pbf), addresses (BAN), perimeters, places."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import osmium
import shapely
from osmium.osm.mutable import Node, Way
from shapely import LineString

from allervers.demo.land import SEED, Area, Land, Street, land
from allervers.demo.towns import TOWNS, Point, degrees, town_at

DOORS_APART_M, DOOR_SET_BACK_M = 24.0, 9.0
BAN_COLUMNS = (
    "id",
    "id_fantoir",
    "numero",
    "rep",
    "nom_voie",
    "code_postal",
    "code_insee",
    "nom_commune",
    "x",
    "y",
    "lon",
    "lat",
    "type_position",
)
TAGS = {
    "river": {"natural": "water", "water": "river"},
    "water": {"natural": "water"},
    "park": {"leisure": "park"},
    "tower": {"building": "apartments"},
    "town": {"boundary": "administrative", "admin_level": "8"},
}


NOT_BUILT = frozenset({"river", "water", "park"})
LANDMARKS = {"Gare de Rivelaine": (-380, 420), "Gare routière": (-300, 380), "Marché couvert": (160, -120)}


@dataclass(frozen=True, slots=True)
class Door:
    """A house number. `point`: metres."""

    number: int
    street: str
    point: Point
    code_insee: str


@dataclass(frozen=True, slots=True)
class GroundFiles:
    neighbourhoods: Path
    addresses: Path
    streets: Path
    places: Path


@cache
def doors(seed: int = SEED) -> tuple[Door, ...]:
    """Every house number: odd on the left, even on the right, each once in a street of a town."""
    wet = shapely.union_all([area.shape for area in land(seed).areas if area.kind in NOT_BUILT])
    shapely.prepare(wet)
    found: dict[tuple[str, str, int], Door] = {}
    last: dict[tuple[str, str], int] = {}
    for street in land(seed).streets:
        if street.is_bridge:
            continue
        for number, point in _numbered(street, last):
            town = town_at(point).code
            if not wet.contains(shapely.Point(point)):
                found.setdefault((town, street.name, number), Door(number, street.name, point, town))
    return tuple(found.values())


def _numbered(street: Street, last: dict[tuple[str, str], int]) -> Iterator[tuple[int, Point]]:
    """Numbers go on where the same street goes on beyond a park."""
    line = LineString(street.points)
    town = town_at(street.points[0]).code
    first = last.get((town, street.name), 0)
    count = int(line.length // DOORS_APART_M)
    for place in range(count):
        for side in (0, 1):
            at = (place + 0.5) * DOORS_APART_M
            yield first + 2 * place + 1 + side, _beside(line, at, left=side == 0)
    last[town, street.name] = first + 2 * count


def _beside(line: LineString, at: float, *, left: bool) -> Point:
    here, ahead = line.interpolate(at), line.interpolate(min(at + 1, line.length))
    east, north = ahead.x - here.x, ahead.y - here.y
    size = (east**2 + north**2) ** 0.5 or 1.0
    sign = 1 if left else -1
    return (
        round(here.x - sign * north / size * DOOR_SET_BACK_M, 1),
        round(here.y + sign * east / size * DOOR_SET_BACK_M, 1),
    )


def write_ground(folder: Path, seed: int = SEED) -> GroundFiles:
    """All four files, in `folder`."""
    files = GroundFiles(
        neighbourhoods=folder / "quartiers.geojson",
        addresses=folder / "adresses.csv",
        streets=folder / "rues.osm.pbf",
        places=folder / "lieux.csv",
    )
    _write_perimeters(land(seed), files.neighbourhoods)
    _write_addresses(doors(seed), files.addresses)
    _write_streets(land(seed), files.streets)
    _write_places(land(seed), files.places)
    return files


def _write_perimeters(ground: Land, path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"code_qp": area.code, "lib_qp": area.name, "insee_com": _town_of(area)},
            "geometry": {"type": "Polygon", "coordinates": [_ring(area)]},
        }
        for area in ground.of("estate")
    ]
    content = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _town_of(area: Area) -> str:
    centre = area.shape.centroid
    return town_at((centre.x, centre.y)).code


def _ring(area: Area) -> list[tuple[float, float]]:
    """(longitude, latitude), closed."""
    places = [degrees((x, y)) for x, y in area.shape.exterior.coords]
    return [(longitude, latitude) for latitude, longitude in places]


def _write_addresses(found: tuple[Door, ...], path: Path) -> None:
    towns = {town.code: town for town in TOWNS}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, BAN_COLUMNS, delimiter=";")
        writer.writeheader()
        for place, door in enumerate(found, start=1):
            latitude, longitude = degrees(door.point)
            town = towns[door.code_insee]
            writer.writerow(
                {
                    "id": f"{door.code_insee}_{place:06d}",
                    "numero": door.number,
                    "nom_voie": door.street,
                    "code_postal": town.postcode,
                    "code_insee": town.code,
                    "nom_commune": town.name,
                    "lon": longitude,
                    "lat": latitude,
                    "type_position": "entrée",
                }
            )


def _write_places(ground: Land, path: Path) -> None:
    """What people name: towers, parks, the station, the town halls."""
    areas = [*ground.of("tower"), *ground.of("park")]
    named = [(area.name, (area.shape.centroid.x, area.shape.centroid.y)) for area in areas]
    named += [(f"Mairie de {town.name}", town.centre) for town in TOWNS]
    named += LANDMARKS.items()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("nom", "lat", "lon"))
        writer.writerows((name, *degrees(point)) for name, point in named)


def _write_streets(ground: Land, path: Path) -> None:
    path.unlink(missing_ok=True)
    writer = osmium.SimpleWriter(str(path))
    try:
        _Drawing(writer).draw(ground)
    finally:
        writer.close()


class _Drawing:
    """Nodes before ways, as readers of OpenStreetMap files expect; a point that streets share is one node."""

    def __init__(self, writer: osmium.SimpleWriter) -> None:
        self._writer = writer
        self._ids: dict[Point, int] = {}

    def draw(self, ground: Land) -> None:
        for town in TOWNS:
            self._node(town.centre, {"place": "town", "name": town.name})
        ways = [*self._streets(ground), *self._areas(ground)]
        for number, (points, tags) in enumerate(ways, start=1):
            self._writer.add_way(Way(id=number, nodes=[self._ids[point] for point in points], tags=tags))

    def _streets(self, ground: Land) -> Iterator[tuple[list[Point], dict[str, str]]]:
        for street in ground.streets:
            tags = {"highway": street.highway, "name": street.name}
            yield self._placed(street.points), tags | ({"bridge": "yes"} if street.is_bridge else {})

    def _areas(self, ground: Land) -> Iterator[tuple[list[Point], dict[str, str]]]:
        for area in ground.areas:
            if tags := TAGS.get(area.kind):
                points = [(round(x, 1), round(y, 1)) for x, y in area.shape.exterior.coords]
                yield self._placed(points), tags | {"name": area.name}

    def _placed(self, points: tuple[Point, ...] | list[Point]) -> list[Point]:
        for point in points:
            if point not in self._ids:
                self._node(point, {})
        return list(points)

    def _node(self, point: Point, tags: dict[str, str]) -> None:
        latitude, longitude = degrees(point)
        number = self._ids.setdefault(point, len(self._ids) + 1)
        self._writer.add_node(Node(id=number, location=(longitude, latitude), tags=tags))
