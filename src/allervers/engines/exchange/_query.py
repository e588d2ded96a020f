"""The questions."""

from dataclasses import dataclass
from typing import Final

RADIUS_KM: Final = 50
"""Kilometres: how far `/search/services` looks, by the rules of the API."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """None asks nothing; several values of one field: any of them; all fields must match.

    `areas`: for each area asked, the beginnings of the `code_insee` that lie in it (a region: its
    departments). `code_insee`: that very code. `thematiques`: thematiques or whole categories.
    `publics`: also finds `tous-publics`; asking for it filters nothing. `recherche_public`, `q`: full text
    (`_fulltext`).
    `exclure_doublons`: of organisations that are the same, the best one alone.
    """

    sources: tuple[str, ...] | None = None
    reseaux_porteurs: tuple[str, ...] | None = None
    areas: tuple[tuple[str, ...], ...] = ()
    code_insee: str | None = None
    thematiques: tuple[str, ...] | None = None
    frais: tuple[str, ...] | None = None
    publics: tuple[str, ...] | None = None
    recherche_public: str | None = None
    modes_accueil: tuple[str, ...] | None = None
    types: tuple[str, ...] | None = None
    score_qualite_minimum: float | None = None
    exclure_doublons: bool = False
    q: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A point in WGS84 degrees; `zones`: the codes of a `zone_eligibilite` that hold the person."""

    latitude: float
    longitude: float
    zones: tuple[str, ...] = ()
    radius_km: float = RADIUS_KM
