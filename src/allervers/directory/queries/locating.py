"""A typed place -> where to search from: an address, a town, a postcode, or a point « 43.632, 3.822 »."""

import re
from dataclasses import dataclass

from allervers.directory.queries.finding import Where
from allervers.directory.queries.landmarks import landmarks
from allervers.engines.geocoding import Kind
from allervers.territory.queries import (
    Municipality,
    declared_territory,
    municipalities_matching,
    municipality,
)
from allervers.territory.queries.geocoding import Geocoded, geocode, is_sure

POINT = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
CHOICES = 8
SURE_SCORE = 0.85  # below, a single match is proposed rather than taken


@dataclass(frozen=True, slots=True)
class Located:
    """`where` when it is sure, with the place it is (`place` None: a point, or a town alone).

    Otherwise what to choose from: `places`, best first, and the towns among them (`choices`).
    """

    where: Where | None = None
    choices: tuple[Municipality, ...] = ()
    place: Geocoded | None = None
    places: tuple[Geocoded, ...] = ()


def locate(text: str) -> Located:
    if point := POINT.fullmatch(text):
        return _located_point(float(point[1]), float(point[2]))
    found = places_meant(text)
    if any(one.kind is not Kind.MUNICIPALITY for one in found):
        return _located_place(found)
    return _located_town(text)


def places_meant(text: str) -> list[Geocoded]:
    """What a text may mean, best first: by the names of the ground and of the directory's organisations."""
    return geocode(text, landmarks=landmarks(), limit=CHOICES)


def where_of(place: Geocoded) -> Where:
    """Where to search from for a place that was chosen."""
    town = municipality(place.code_insee)
    if place.kind is Kind.MUNICIPALITY and town is not None:
        return centre_of(town)
    return Where(place.latitude, place.longitude, municipality=town)


def centre_of(town: Municipality) -> Where:
    return Where(town.latitude, town.longitude, municipality=town, is_centre=True)


def home_ground() -> Where | None:
    """Where to search from when no place was said: the largest town of the declared territory."""
    territory = declared_territory()
    if territory is None:
        return None
    towns = [town for code in territory.municipality_codes if (town := municipality(code))]
    return centre_of(max(towns, key=lambda town: town.population or 0)) if towns else None


def _located_point(latitude: float, longitude: float) -> Located:
    if abs(latitude) > 90 or abs(longitude) > 180:
        return Located()
    return Located(where=Where(latitude, longitude))


def _located_place(found: list[Geocoded]) -> Located:
    if is_sure(found):
        return Located(where=where_of(found[0]), place=found[0])
    towns = [
        town for one in found if one.kind is Kind.MUNICIPALITY and (town := municipality(one.code_insee))
    ]
    return Located(choices=tuple(towns), places=tuple(found))


def _located_town(text: str) -> Located:
    """One town stands out: the only one, or clearly better than the next."""
    matches = municipalities_matching(text, limit=CHOICES)
    if matches and matches[0].score >= SURE_SCORE and (len(matches) == 1 or matches[0].is_sure):
        return Located(where=centre_of(matches[0].municipality))
    return Located(choices=tuple(match.municipality for match in matches))
