"""A typed address, place, crossing or town -> where it is, and in which neighbourhood.

The names of the ground (`Layer`s) are asked first; municipalities of the whole country come after.
"""

import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from allervers.columns import ColumnsError
from allervers.engines import geocoding as engine
from allervers.engines.geocoding import Kind, Match, Names
from allervers.territory.eligibility import Standing, standing
from allervers.territory.queries.ground import NAMES, current_ground, ground_folder
from allervers.territory.queries.neighbourhoods import (
    Quarter,
    nearest_neighbourhood,
    neighbourhood,
    neighbourhood_at,
)
from allervers.territory.queries.places import (
    Municipality,
    municipalities_matching,
    municipality,
    nearest_municipality,
)

LOOK_EVERY_SECONDS = 1.0
LIMIT = 8
SURE = 0.84  # below, an answer is proposed rather than taken
CLOSE = 0.05  # two answers nearer than this are a choice for the person
TOWN_WORDS = 0.97  # a text that is a town's name but for small words is that town
TOWN_OFFERED = 0.6  # a town that the text may also mean, offered after addresses
PLACES_SAY = 0.5  # score of places from which what they share is a hint
PART_OF_TOWN = 0.8  # of a neighbourhood that no name says, but all the places found lie in
EDGE_M = 200  # metres: what bears a neighbourhood’s name often stands just across its limit
STREET_KINDS = frozenset({Kind.HOUSENUMBER, Kind.INTERPOLATED})
POSTCODE = re.compile(r"(?<!\d)\d{5}(?!\d)")


@dataclass(frozen=True, slots=True)
class Geocoded:
    """An answer. `label`: as it should be read. Degrees in WGS84. `quarter`: that of the latest generation.

    `between`: the known numbers around one that is interpolated.
    """

    label: str
    score: float
    latitude: float
    longitude: float
    code_insee: str
    kind: Kind
    quarter: Quarter | None = None
    between: tuple[int, int] | None = None

    @property
    def qpv(self) -> str | None:
        return self.quarter.code if self.quarter else None


def geocode(text: str, *, landmarks: Sequence[Names] = (), limit: int = LIMIT) -> list[Geocoded]:
    """What a text may mean, best first; none when nothing is like it.

    `landmarks`: names that others keep (`directory` has its organisations), asked beside those of the ground.
    """
    ground = ground_names()
    layers = [*([ground] if ground else []), *landmarks]
    found = [_geocoded(match) for match in engine.geocode(text, *layers, limit=limit)] if layers else []
    found = _with_towns(text, _with_part_of_town(found))
    return _once(sorted(found, key=lambda one: (-one.score, one.kind is not Kind.NEIGHBOURHOOD)))[:limit]


def is_sure(found: Sequence[Geocoded]) -> bool:
    """The first answer may be taken: good, and no other is close to it and elsewhere."""
    if not found or found[0].score < SURE:
        return False
    first = found[0]
    if first.kind is Kind.STREET and any(one.kind is Kind.NEIGHBOURHOOD for one in found):
        return False  # « Petit Bard » is an avenue, and where people say they live
    return all(first.score - other.score >= CLOSE or _same_place(first, other) for other in found[1:])


def standing_at(latitude: float, longitude: float) -> Standing:
    """What an address gives right to: decided from the exact point, at the moment it is given."""
    near = nearest_neighbourhood(latitude, longitude)
    return standing(near.quarter.code if near else None, near.distance_m if near else 0.0)


def ground_names() -> Names | None:
    """The names of the ground in use, or None. Looked up at most once a second."""
    return _holder.names()


def place_of_address(street: str, *, postcode: str, town: str, code_insee: str) -> Geocoded | None:
    """Where a record's address is, when it is surely in the municipality it says. Kept by version."""
    if not street.strip() or not (code_insee or town or postcode):
        return None
    names = ground_names()
    return _place_of_address(names, street, postcode, town, code_insee) if names else None


@lru_cache(maxsize=20_000)
def _place_of_address(
    names: Names, street: str, postcode: str, town: str, code_insee: str
) -> Geocoded | None:
    found = [_geocoded(match) for match in engine.geocode(f"{street} {postcode} {town}", names)]
    here = [one for one in found if not code_insee or one.code_insee == code_insee]
    if here and here[0].kind in STREET_KINDS and is_sure(here):
        return here[0]
    return None


def _geocoded(match: Match) -> Geocoded:
    quarter = neighbourhood(match.ident) if match.kind is Kind.NEIGHBOURHOOD else None
    return Geocoded(
        label=_label(match),
        score=round(match.score, 4),
        latitude=match.latitude,
        longitude=match.longitude,
        code_insee=match.code_insee,
        kind=match.kind,
        quarter=quarter or _quarter_at(match),
        between=match.between,
    )


def _quarter_at(match: Match) -> Quarter | None:
    """A town is in no neighbourhood, though its centre may be."""
    if match.kind is Kind.MUNICIPALITY:
        return None
    return neighbourhood_at(match.latitude, match.longitude)


def _label(match: Match) -> str:
    if match.kind is Kind.MUNICIPALITY:
        return match.name
    if match.kind is Kind.NEIGHBOURHOOD:
        name = _("Quartier {name}").format(name=match.name)
    else:
        name = f"{match.number} {match.name}".strip()
    if not match.town:
        around = municipality(match.code_insee) or nearest_municipality(match.latitude, match.longitude)
        return _("{name}, vers {town}").format(name=name, town=around.nom)
    return f"{name}, {match.postcode} {match.town}".replace(",  ", ", ")


def _same_place(one: Geocoded, other: Geocoded) -> bool:
    """A crossing found twice, a stop and the school beside it."""
    near = abs(one.latitude - other.latitude) < 0.001 and abs(one.longitude - other.longitude) < 0.001
    return near and one.qpv == other.qpv


def _once(found: Sequence[Geocoded]) -> list[Geocoded]:
    """A place that two sources name is one."""
    kept: list[Geocoded] = []
    for one in found:
        if not any(
            _same_place(one, other) and one.label.casefold() == other.label.casefold() for other in kept
        ):
            kept.append(one)
    return kept


def _with_part_of_town(found: Sequence[Geocoded]) -> list[Geocoded]:
    """« place de la Paillade » is no street, but every place of that name lies in one neighbourhood."""
    known = (*STREET_KINDS, Kind.NEIGHBOURHOOD)
    if any(one.kind in known for one in found) or (found and found[0].score >= SURE):
        return list(found)
    places = [one for one in found if one.kind is Kind.PLACE and one.score >= PLACES_SAY]
    quarters = {_quarter_around(one) for one in places}
    if len(places) < 2 or len(quarters) != 1 or found[0].kind is not Kind.PLACE:
        return list(found)
    quarter = quarters.pop()
    if quarter is None:
        return list(found)
    latitude, longitude = quarter.centre
    hint = Geocoded(
        label=_quarter_label(quarter),
        score=max(PART_OF_TOWN, round(places[0].score + 0.001, 4)),
        latitude=latitude,
        longitude=longitude,
        code_insee=places[0].code_insee or (quarter.municipalities[0] if quarter.municipalities else ""),
        kind=Kind.NEIGHBOURHOOD,
        quarter=quarter,
    )
    return [hint, *found]


def _quarter_label(quarter: Quarter) -> str:
    towns = [town.nom for code in quarter.municipalities if (town := municipality(code))]
    return ", ".join([_("Quartier {name}").format(name=quarter.name), *towns])


def _quarter_around(place: Geocoded) -> Quarter | None:
    """The neighbourhood that a place is in, or at the edge of."""
    near = nearest_neighbourhood(place.latitude, place.longitude)
    return near.quarter if near and near.distance_m <= EDGE_M else None


def _with_towns(text: str, found: list[Geocoded]) -> list[Geocoded]:
    """Municipalities of the country that the text is, or may be, the name or the postcode of."""
    if any(one.kind in STREET_KINDS and one.score >= SURE for one in found):
        return found
    known = {one.code_insee for one in found if one.kind is Kind.MUNICIPALITY}
    towns = [_town(match.municipality, match.score) for match in municipalities_matching(text, limit=LIMIT)]
    if not towns and (postcode := POSTCODE.search(text)):
        said = municipalities_matching(postcode[0], limit=LIMIT)
        towns = [_town(match.municipality, TOWN_OFFERED * match.score) for match in said]
    least = TOWN_WORDS if found and found[0].score >= PLACES_SAY else 0.0
    kept = [town for town in towns if town.code_insee not in known and town.score >= least]
    return [*found, *kept]


def _town(town: Municipality, score: float) -> Geocoded:
    point = town.latitude, town.longitude
    return Geocoded(town.nom, round(score, 4), *point, town.code_insee, Kind.MUNICIPALITY)


class _Holder:
    """One per process: the names of the version in use, swapped by one reference."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: tuple[str, Names] | None = None
        self._looked_at = float("-inf")  # seconds, monotonic

    def names(self) -> Names | None:
        if time.monotonic() - self._looked_at >= LOOK_EVERY_SECONDS:
            with self._lock:
                self._look()
        return self._loaded[1] if self._loaded else None

    def _look(self) -> None:
        for _attempt in range(2):  # a version swept away between the row and the folder is looked up again
            ground = current_ground()
            if ground is None:
                self._loaded = None
            elif self._loaded is None or self._loaded[0] != ground.version:
                try:
                    self._loaded = ground.version, Names.open(ground_folder(ground.version) / NAMES)
                except (ColumnsError, OSError):
                    self._loaded = None
                    continue
            self._looked_at = time.monotonic()
            return

    def forget(self) -> None:
        self._loaded, self._looked_at = None, float("-inf")


_holder = _Holder()
forget_names = _holder.forget  # tests, and commands that change the data folder
