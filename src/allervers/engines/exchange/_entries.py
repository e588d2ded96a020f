"""What the catalogue is told of each record."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureEntry:
    """A structure: the fields that filters read, and its JSON.

    `body`: the v1 fields as one JSON object. `extra`: ours beyond them (`adresse_certifiee`), the same way.
    None is unknown, which is not an empty tuple.
    """

    id: str
    source: str
    nom: str
    body: bytes
    extra: Mapping[str, object]
    code_insee: str | None = None
    reseaux_porteurs: tuple[str, ...] | None = None
    group: str = ""
    """Structures known to be the same organisation share it; empty: known to be like no other."""
    date_maj: int = 0
    """Proleptic day number (`date.toordinal`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceEntry:
    """A service: the fields that filters read, and its JSON (see `StructureEntry`)."""

    id: str
    structure_id: str
    source: str
    body: bytes
    extra: Mapping[str, object]
    nom: str
    description: str
    score_qualite: float
    """0 to 1."""
    code_insee: str | None = None
    type: str | None = None
    thematiques: tuple[str, ...] | None = None
    frais: str | None = None
    publics: tuple[str, ...] | None = None
    publics_precisions: str | None = None
    modes_accueil: tuple[str, ...] | None = None
    zone_eligibilite: tuple[str, ...] | None = None
    latitude: float | None = None
    longitude: float | None = None
