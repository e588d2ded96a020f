"""Named streets and places of an OpenStreetMap extract: where streets meet, what towers are called."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import osmium
from django.utils.translation import gettext as _

from allervers.engines.geocoding import Kind, Named
from allervers.territory.ground.refusal import GroundRefused

PLACE_KEYS = (
    "place",
    "building",
    "amenity",
    "leisure",
    "landuse",
    "tourism",
    "public_transport",
    "railway",
    "shop",
)
NAME_MAX = 200


@dataclass(frozen=True, slots=True)
class StreetPiece:
    """`points`: (latitude, longitude)."""

    name: str
    points: tuple[tuple[float, float], ...]


def read_streets(path: Path) -> Iterator[StreetPiece | Named]:
    """All that bears a name. Raises GroundRefused when the file is no such extract."""
    try:
        named = osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.KeyFilter("name"))
        for thing in named:
            if found := _read(thing):
                yield found
    except RuntimeError as error:
        raise GroundRefused(
            _("« {file} » n’est pas un extrait d’OpenStreetMap (.osm.pbf) lisible.").format(file=path.name)
        ) from error


def _read(thing: object) -> StreetPiece | Named | None:
    tags = thing.tags  # type: ignore[attr-defined]
    name = " ".join(tags["name"].split())[:NAME_MAX]
    points = _points(thing)
    if not name or not points:
        return None
    if "highway" in tags and len(points) > 1:
        return StreetPiece(name, points)
    if any(key in tags for key in PLACE_KEYS):
        latitude, longitude = (sum(values) / len(points) for values in zip(*points, strict=True))
        return Named(name, Kind.PLACE, latitude, longitude)
    return None


def _points(thing: object) -> tuple[tuple[float, float], ...]:
    if isinstance(thing, osmium.osm.Node):
        return ((thing.location.lat, thing.location.lon),)
    if isinstance(thing, osmium.osm.Way):
        return tuple((node.location.lat, node.location.lon) for node in thing.nodes if node.location.valid())
    return ()
