"""Perimeters of priority neighbourhoods from GeoJSON, in WGS84 or Lambert-93."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely import Geometry, MultiPolygon, Polygon
from shapely.geometry import shape

from allervers.engines.geocoding import shown_name
from allervers.territory.ground.projection import from_lambert93, in_lambert93
from allervers.territory.ground.refusal import GroundRefused

CODE = re.compile(r"Q[PN][0-9A-Z]{6}")
YEARS = {"QP": 2015, "QN": 2024}  # the two generations of perimeters
NAME_KEYS = ("nom_qp", "lib_qp", "nom", "libelle", "lib", "name")
TOWN_CODE = re.compile(r"\b(?:\d{2}|2[AB])\d{3}\b")
TOWN_KEYS = ("code_commune", "insee_com", "codgeo", "insee", "commune")
NAME_MAX = 200


@dataclass(frozen=True, slots=True)
class Perimeter:
    """`shape`: a valid (multi)polygon, (longitude, latitude) in WGS84. `towns`: codes, if said."""

    code: str
    year: int
    name: str
    shape: Polygon | MultiPolygon
    towns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Perimeters:
    """`notes`: what was mended or left out, as sentences."""

    found: tuple[Perimeter, ...]
    notes: tuple[str, ...]


def read_perimeters(path: Path) -> Perimeters:
    """All of a GeoJSON file. Raises GroundRefused when it holds none."""
    content = _content(path)
    kept: dict[str, Perimeter] = {}
    notes: list[str] = []
    projected = _is_declared_lambert93(content)
    for number, feature in enumerate(content["features"], start=1):
        try:
            perimeter, mended = _perimeter(feature, projected=projected)
        except _Unreadable as error:
            notes.append(_("Périmètre {number} laissé de côté : {why}").format(number=number, why=error))
            continue
        if perimeter.code in kept:
            notes.append(
                _("Périmètre {number} laissé de côté : le code {code} y est déjà.").format(
                    number=number, code=perimeter.code
                )
            )
            continue
        kept[perimeter.code] = perimeter
        if mended:
            notes.append(
                _("Le périmètre de {name} ({code}) se croisait lui-même : il a été réparé.").format(
                    name=perimeter.name, code=perimeter.code
                )
            )
    if not kept:
        why = " ".join(notes[:3])
        raise GroundRefused(
            _("« {file} » ne contient aucun périmètre de quartier prioritaire. {why}")
            .format(file=path.name, why=why)
            .strip()
        )
    return Perimeters(tuple(kept.values()), tuple(notes))


class _Unreadable(Exception):
    """Why one feature is no perimeter."""


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise GroundRefused(
            _("« {file} » ne se laisse pas lire ({why}).").format(file=path.name, why=error.strerror)
        ) from error
    except (ValueError, RecursionError) as error:
        raise GroundRefused(
            _("« {file} » n’est pas un fichier GeoJSON en UTF-8.").format(file=path.name)
        ) from error
    if not isinstance(content, dict) or not isinstance(content.get("features"), list):
        raise GroundRefused(
            _("« {file} » n’est pas un GeoJSON : on attend une « FeatureCollection ».").format(file=path.name)
        )
    return content


def _is_declared_lambert93(content: Mapping[str, Any]) -> bool:
    return "2154" in json.dumps(content.get("crs"))


def _perimeter(feature: object, *, projected: bool) -> tuple[Perimeter, bool]:
    """The perimeter, and whether it had to be mended."""
    if not isinstance(feature, dict):
        raise _Unreadable(_("ce n’est pas un objet GeoJSON."))
    properties = feature.get("properties")
    said = {str(key).lower(): value for key, value in (properties or {}).items()}
    code = next((text for text in _texts(said) if CODE.fullmatch(text)), None)
    if code is None:
        raise _Unreadable(_("aucune propriété n’a la forme d’un code QN… ou QP…"))
    drawn = _degrees(_drawn(feature.get("geometry")), projected=projected)
    whole = drawn if drawn.is_valid else shapely.make_valid(drawn)
    polygons = [part for part in shapely.get_parts(whole) if isinstance(part, Polygon | MultiPolygon)]
    ground = shapely.union_all(polygons)
    if ground.is_empty or not isinstance(ground, Polygon | MultiPolygon):
        raise _Unreadable(_("sa forme n’a pas de surface."))
    towns = sorted({found[0] for key in TOWN_KEYS for found in TOWN_CODE.finditer(str(said.get(key) or ""))})
    return Perimeter(code, YEARS[code[:2]], _name(said, code), ground, tuple(towns)), not drawn.is_valid


def _texts(said: Mapping[str, object]) -> Iterator[str]:
    return (value.strip().upper() for value in said.values() if isinstance(value, str))


def _name(said: Mapping[str, object], code: str) -> str:
    keys = (*NAME_KEYS, *(key for key in said if key.startswith(("nom_q", "lib_q"))))
    for key in keys:
        value = said.get(key)
        if isinstance(value, str) and value.strip():
            return shown_name(value)[:NAME_MAX]
    return code


def _drawn(geometry: object) -> Geometry:
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise _Unreadable(_("sa forme n’est pas un polygone."))
    try:
        return shapely.force_2d(shape(geometry))
    except (
        TypeError,
        ValueError,
        KeyError,
        IndexError,
        AttributeError,
        shapely.errors.ShapelyError,
    ) as error:
        raise _Unreadable(_("son tracé est illisible.")) from error


def _degrees(drawn: Geometry, *, projected: bool) -> Geometry:
    points = shapely.get_coordinates(drawn)
    if not len(points) or not np.isfinite(points).all():
        raise _Unreadable(_("son tracé est vide ou illisible."))
    if not projected and np.abs(points[:, 0]).max() <= 180 and np.abs(points[:, 1]).max() <= 90:
        return drawn
    if all(in_lambert93(float(x), float(y)) for x, y in points):
        return shapely.transform(drawn, from_lambert93)
    raise _Unreadable(_("ses coordonnées ne sont ni des degrés (WGS84) ni du Lambert-93."))
