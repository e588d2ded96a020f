"""A typed place -> where to search from: a town, a postcode, or a point « 43.632, 3.822 »."""

import re
from dataclasses import dataclass

from allervers.directory.queries.finding import Where
from allervers.territory.queries import (
    Municipality,
    MunicipalityMatch,
    declared_territory,
    municipalities_matching,
    municipality,
)

POINT = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
CHOICES = 8
SURE_SCORE = 0.85  # below, a single match is proposed rather than taken


@dataclass(frozen=True, slots=True)
class Located:
    """`where` when it is sure; otherwise the towns to choose from, none when nothing looks like it."""

    where: Where | None = None
    choices: tuple[Municipality, ...] = ()


def locate(text: str) -> Located:
    if point := POINT.fullmatch(text):
        return _located_point(float(point[1]), float(point[2]))
    matches = municipalities_matching(text, limit=CHOICES)
    if _is_sure(matches):
        return Located(where=centre_of(matches[0].municipality))
    return Located(choices=tuple(match.municipality for match in matches))


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


def _is_sure(matches: list[MunicipalityMatch]) -> bool:
    """One town stands out: the only one, or clearly better than the next."""
    if not matches or matches[0].score < SURE_SCORE:
        return False
    return len(matches) == 1 or matches[0].is_sure
