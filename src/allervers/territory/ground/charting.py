"""What is drawn of a territory, made from its files: streets, waters, parks, limits, perimeters."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import shapely
from django.utils.translation import gettext as _
from shapely import MultiPolygon, Polygon
from shapely.geometry import shape

from allervers.engines.cartography import (
    ExtractUnreadable,
    Ground,
    Town,
    build,
    read_extract,
)
from allervers.engines.cartography import Perimeter as Drawn
from allervers.territory.ground.names import GroundFiles
from allervers.territory.ground.refusal import GroundRefused
from allervers.territory.ground.writing import well_written

Watch = Callable[[str, int, int], None]
EARTH = shapely.box(-180, -90, 180, 90)


def chart(folder: Path, given: GroundFiles, *, limits: Path | None, watch: Watch | None = None) -> None:
    """Build the map into `folder`, or nothing where there is nothing to draw.

    Only the latest generation of perimeters is drawn. Raises GroundRefused.
    """
    ground = _streets(given.streets) if given.streets else Ground()
    latest = max((one.year for one in given.perimeters), default=0)
    drawn = tuple(Drawn(one.name, one.shape) for one in given.perimeters if one.year == latest)
    ground = replace(ground, perimeters=drawn, limits=_limits(limits) if limits else ground.limits)
    if ground.is_empty:
        return
    towns = ground.towns or tuple(Town(one.nom, one.longitude, one.latitude) for one in given.towns)
    step = partial(watch, _("Dessin de la carte")) if watch else None
    build(replace(ground, towns=towns), folder, watch=step)


def _streets(path: Path) -> Ground:
    try:
        ground = read_extract(path)
    except ExtractUnreadable as error:
        raise GroundRefused(
            _(
                "Le fichier des rues n’est pas un extrait d’OpenStreetMap (.osm.pbf), ou il est coupé. "
                "Téléchargez-le de nouveau, par exemple depuis Geofabrik."
            )
        ) from error
    if not ground.streets:
        raise GroundRefused(
            _("Ce fichier ne contient aucune rue : il faut un extrait d’OpenStreetMap avec ses rues.")
        )
    written = well_written(street.name for street in ground.streets)
    streets = tuple(replace(street, name=written[street.name]) for street in ground.streets)
    return replace(ground, streets=streets)


def _limits(path: Path) -> tuple[Polygon | MultiPolygon, ...]:
    try:
        features = json.loads(path.read_bytes())["features"]
        shapes = [shapely.make_valid(shape(feature["geometry"])) for feature in features]
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        raise GroundRefused(
            _("Les limites des communes doivent être un fichier GeoJSON de polygones.")
        ) from error
    kept = tuple(one for one in shapes if isinstance(one, (Polygon, MultiPolygon)) and not one.is_empty)
    if not kept or not all(EARTH.covers(one) for one in kept):
        raise GroundRefused(
            _(
                "Le fichier des limites ne contient aucun polygone en degrés "
                "(longitude, latitude) : il faut un GeoJSON en WGS84."
            )
        )
    return kept
