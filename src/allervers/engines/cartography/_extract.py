"""OpenStreetMap extracts (.osm.pbf): the streets, waters, parks and limits of a map; and cutting one down."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import osmium
import shapely
from osmium.osm import AREA, NODE, RELATION, WAY
from shapely import LineString

from allervers.engines.cartography._errors import ExtractUnreadable
from allervers.engines.cartography._frame import Bounds
from allervers.engines.cartography._ground import Ground, Rank, Street, Surface, Town
from allervers.engines.cartography._ranks import guessed

RANKS: Final = {
    "motorway": Rank.MAIN,
    "trunk": Rank.MAIN,
    "primary": Rank.MAIN,
    "motorway_link": Rank.SECONDARY,
    "trunk_link": Rank.SECONDARY,
    "primary_link": Rank.SECONDARY,
    "secondary": Rank.SECONDARY,
    "tertiary": Rank.SECONDARY,
    "secondary_link": Rank.STREET,
    "tertiary_link": Rank.STREET,
    "residential": Rank.STREET,
    "unclassified": Rank.STREET,
    "living_street": Rank.STREET,
    "pedestrian": Rank.STREET,
    "road": Rank.STREET,
    "busway": Rank.SMALL,
    "service": Rank.SMALL,
    "track": Rank.PATH,
    "footway": Rank.PATH,
    "path": Rank.PATH,
    "steps": Rank.PATH,
    "cycleway": Rank.PATH,
    "bridleway": Rank.PATH,
}
"""By the tag `highway`; what is not named here (platforms, works, races) is not drawn."""
WATERS: Final = {
    ("natural", "water"),
    ("waterway", "riverbank"),
    ("landuse", "reservoir"),
    ("landuse", "basin"),
}
PARKS: Final = {
    ("leisure", "park"),
    ("leisure", "garden"),
    ("leisure", "pitch"),
    ("leisure", "nature_reserve"),
    ("landuse", "forest"),
    ("landuse", "grass"),
    ("landuse", "cemetery"),
    ("landuse", "recreation_ground"),
    ("natural", "wood"),
    ("natural", "scrub"),
}
RIVERS: Final = frozenset({"river", "canal", "stream"})
TOWNS: Final = frozenset({"city", "town", "village"})
MUNICIPALITY: Final = "8"
"""`admin_level` of a commune in France."""


def read_extract(path: Path, *, bounds: Bounds | None = None) -> Ground:
    """Streets, rivers, waters, parks and municipal limits of an extract.

    A way cut at the border of the extract keeps the points that are there.

    `bounds`: only what touches them. Raises: ExtractUnreadable.
    """
    streets, rivers = _lines(path, bounds)
    surfaces = _surfaces(path, bounds)
    return Ground(
        streets=guessed(streets),
        rivers=tuple(rivers),
        water=tuple(surfaces["water"]),
        parks=tuple(surfaces["parks"]),
        limits=tuple(surfaces["limits"]),
        towns=tuple(_towns(path, bounds)),
    )


def clip_extract(path: Path, target: Path, bounds: Bounds) -> int:
    """Write what touches `bounds` to `target` (.osm.pbf): whole ways, all their tags. Returns how many ways.

    Raises: ExtractUnreadable.
    """
    kept = bounds.polygon
    with _readable(path):  # all of it, before a file is begun
        ways = {
            way.id
            for way in _objects(path, WAY).with_locations()
            if (line := _line(way)) is not None and line.intersects(kept)
        }
        relations = {one.id for one in _objects(path, RELATION) if _surrounds(one, ways)}
    with osmium.BackReferenceWriter(str(target), ref_src=str(path), overwrite=True) as writer:
        for way in _objects(path, WAY):
            if way.id in ways:
                writer.add(way)
        for relation in _objects(path, RELATION):
            if relation.id in relations:
                writer.add(relation)
    return len(ways)


def _surrounds(relation: Any, ways: set[int]) -> bool:
    """A surface or a limit that has one of the ways."""
    return relation.tags.get("type") in {"multipolygon", "boundary"} and any(
        member.type == "w" and member.ref in ways for member in relation.members
    )


def _objects(path: Path, kind: Any) -> Any:
    return osmium.FileProcessor(osmium.io.File(str(path), "pbf"), NODE | kind).with_filter(
        osmium.filter.EntityFilter(kind)
    )


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (RuntimeError, OSError, ValueError) as error:  # what libosmium raises on foreign or cut files
        raise ExtractUnreadable(path, str(error)) from error


def _lines(path: Path, bounds: Bounds | None) -> tuple[list[Street], list[LineString]]:
    streets: list[Street] = []
    rivers: list[LineString] = []
    kept = bounds.polygon if bounds else None
    with _readable(path):
        for way in _objects(path, WAY).with_locations():
            rank = RANKS.get(way.tags.get("highway", ""))
            is_river = way.tags.get("waterway") in RIVERS and way.tags.get("tunnel") is None
            if (rank is None and not is_river) or way.tags.get("area") == "yes":
                continue
            line = _line(way)
            if line is None or (kept is not None and not line.intersects(kept)):
                continue
            if rank is not None:
                streets.append(Street(line, rank, " ".join(way.tags.get("name", "").split())))
            else:
                rivers.append(line)
    return streets, rivers


def _towns(path: Path, bounds: Bounds | None) -> Iterator[Town]:
    kept = bounds.polygon if bounds else None
    with _readable(path):
        nodes: Any = osmium.FileProcessor(osmium.io.File(str(path), "pbf"), NODE)
        for node in nodes.with_filter(osmium.filter.KeyFilter("place")):
            name = node.tags.get("name", "").strip()
            place = shapely.Point(node.lon, node.lat)
            if name and node.tags["place"] in TOWNS and (kept is None or kept.contains(place)):
                yield Town(name, node.lon, node.lat)


def _line(way: Any) -> LineString | None:
    try:
        points = [(node.lon, node.lat) for node in way.nodes]
    except osmium.InvalidLocationError:  # cut at the border of the extract
        points = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
    return LineString(points) if len(points) >= 2 else None


def _surfaces(path: Path, bounds: Bounds | None) -> dict[str, list[Surface]]:
    found: dict[str, list[Surface]] = {"water": [], "parks": [], "limits": []}
    kept = bounds.polygon if bounds else None
    factory = osmium.geom.WKBFactory()
    with _readable(path):
        processor: Any = osmium.FileProcessor(osmium.io.File(str(path), "pbf")).with_areas(
            osmium.filter.KeyFilter("natural", "waterway", "landuse", "leisure", "boundary")
        )
        for area in processor.with_filter(osmium.filter.EntityFilter(AREA)):
            kind = _kind(area.tags)
            shape = _shape(factory, area) if kind else None
            if kind and shape is not None and (kept is None or shape.intersects(kept)):
                found[kind].append(shape)
    return found


def _shape(factory: Any, area: Any) -> Surface | None:
    try:
        return shapely.from_wkb(bytes.fromhex(factory.create_multipolygon(area)))
    except RuntimeError:  # rings that do not close
        return None


def _kind(tags: Any) -> str | None:
    pairs = {(tag.k, tag.v) for tag in tags}
    if pairs & WATERS:
        return "water"
    if pairs & PARKS:
        return "parks"
    if ("boundary", "administrative") in pairs and tags.get("admin_level") == MUNICIPALITY:
        return "limits"
    return None
