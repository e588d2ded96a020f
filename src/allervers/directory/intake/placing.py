"""Where a record says that it is: codes of today, and coordinates that can be believed."""

import math
from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import gettext as _

from allervers.territory.queries.places import Municipality, municipality
from allervers.territory.reference import municipalities
from allervers.territory.reference.names import key

FAR_KM = 20.0  # from the centre of its municipality; the widest have 30 km from end to end
WIDE = {"973": 150.0, "13004": 45.0}  # km: Guyane's municipalities, and Arles (Salin-de-Giraud)
DEGREE_KM = 111.2
FRANCE = (
    (41.0, 51.5, -5.5, 10.0),
    (14.0, 18.5, -63.5, -60.5),
    (1.5, 6.5, -55.0, -51.0),
    (-22.0, -20.0, 54.5, 56.5),
    (-13.5, -12.0, 44.5, 45.5),
    (46.5, 47.5, -57.0, -56.0),
    (-24.0, -17.0, 158.0, 173.0),
    (-29.0, -7.0, -155.0, -134.0),
    (-15.0, -13.0, -179.0, -175.5),
)  # south, north, west, east


def current_code(code_insee: str, *, code_postal: str, commune: str) -> str:
    """A code of today's municipalities, from its code or else from its name and postcode; "" when unknown."""
    if code_insee and municipality(code_insee):
        return code_insee
    return _by_name(key(commune), code_postal) if commune and code_postal else ""


@lru_cache(maxsize=8192)
def _by_name(name: str, code_postal: str) -> str:
    found = _by_postcode().get(code_postal, [])
    same = [town for town in found if key(town.nom) == name]
    return same[0].code_insee if len(same) == 1 else ""


@lru_cache(maxsize=1)
def _by_postcode() -> Mapping[str, list[Municipality]]:
    towns: dict[str, list[Municipality]] = {}
    for town in municipalities().values():
        for postcode in town.codes_postaux:
            towns.setdefault(postcode, []).append(town)
    return towns


def why_not_there(
    latitude: float | None, longitude: float | None, *, code_insee: str, code_postal: str, commune: str
) -> str:
    """Why these coordinates cannot be those of the record, in a sentence; "" when they can."""
    if latitude is None and longitude is None:
        return ""
    if latitude is None or longitude is None:
        return _("Il manque la latitude ou la longitude.")
    if abs(latitude) < 0.01 and abs(longitude) < 0.01:
        return _("0, 0 est un point dans l’océan.")
    town = municipality(current_code(code_insee, code_postal=code_postal, commune=commune))
    if _fits(latitude, longitude, town):
        return ""
    if _fits(longitude, latitude, town):
        return _("La latitude et la longitude sont inversées.")
    if not town:
        return _("Ce point n’est pas en France.")
    return _("Ce point est à {distance} km de {commune}.").format(
        distance=round(_distance_km(latitude, longitude, town)), commune=town.nom
    )


def _fits(latitude: float, longitude: float, town: Municipality | None) -> bool:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return False
    if town:
        far = WIDE.get(town.code_insee, WIDE.get(town.departement, FAR_KM))
        return _distance_km(latitude, longitude, town) <= far
    return any(
        south <= latitude <= north and west <= longitude <= east for south, north, west, east in FRANCE
    )


def _distance_km(latitude: float, longitude: float, town: Municipality) -> float:
    """On a flat map around the town: enough to tell 20 km from 21."""
    east = (longitude - town.longitude) * math.cos(math.radians(town.latitude))
    return DEGREE_KM * math.hypot(latitude - town.latitude, east)
