"""Municipalities by code, name or postcode: the country's, and those that only this installation knows."""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from allervers.territory.queries.declared import declared_territory
from allervers.territory.reference import Municipality, municipalities
from allervers.territory.reference.matching import SURE, MunicipalityMatch, french_names, ranked

__all__ = [
    "Municipality",
    "MunicipalityMatch",
    "municipalities_matching",
    "municipalities_near_code",
    "municipality",
]

CODE_LENGTH = 5


def municipality(code_insee: str) -> Municipality | None:
    """By its code (« 2A004 »; a ward of Paris, Lyon or Marseille has its own).

    No statement for a code of the country; for another, what only this installation knows is read.
    The source says no former code of merged municipalities (`reference/make.py`): those answer None.
    """
    code = code_insee.strip().upper()
    if len(code) != CODE_LENGTH:
        return None
    if found := municipalities().get(code):
        return found
    territory = declared_territory()
    return territory.local_names.with_code(code) if territory else None


def municipalities_matching(text: str, limit: int = 8) -> list[MunicipalityMatch]:
    """What a typed place may mean, best first (scores: `reference/matching.py`).

    Those of the declared territory first, then likeness, then bigger first. `is_sure`: no need to ask.
    """
    territory = declared_territory()
    scored = french_names().scored(text)
    if territory:
        scored += territory.local_names.scored(text)
    home = frozenset(territory.municipality_codes) if territory else frozenset()
    return ranked(scored, home=home, limit=limit)


def municipalities_near_code(code: str, limit: int = 3) -> list[Municipality]:
    """For a code that is nobody's: those of this postcode or name, then of almost this code."""
    matches = municipalities_matching(code, limit=limit)
    meant = [match.municipality for match in matches if match.score >= SURE]
    near = french_names().nearest_codes(code, limit=limit)
    return list(dict.fromkeys([*meant, *near]))[:limit]


def towns_around(codes: Sequence[str]) -> list[Municipality]:
    """These, then all the others of their departments: what an address there may name."""
    home = [town for code in codes if (town := municipality(code))]
    departements = {town.departement for town in home}
    others = [town for town in municipalities().values() if town.departement in departements]
    return list(dict.fromkeys([*home, *others]))


def nearest_municipality(latitude: float, longitude: float) -> Municipality:
    """The one of the country whose centre is closest: about where a point is, not whose it is."""
    towns, centres = _centres()
    narrow = math.cos(math.radians(latitude))
    off = (centres - (latitude, longitude)) * (1.0, narrow)
    return towns[int(np.argmin((off**2).sum(axis=1)))]


@cache
def _centres() -> tuple[list[Municipality], NDArray[np.float64]]:
    towns = list(municipalities().values())
    return towns, np.array([(town.latitude, town.longitude) for town in towns])
