"""What the index is told of one service."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDocument:
    """One service as it is searched; codes are those of the schéma data·inclusion v1.

    An empty tuple or None is *unknown*, never *no*. The caller has already borrowed from the
    organisation what the service lacks (place, hours, phone).
    """

    id: str
    structure_id: str
    nom: str = ""
    description: str = ""
    structure_nom: str = ""
    acronyms: tuple[str, ...] = ()
    """Known short names of the organisation ("CCAS"); those of its name are found by the engine."""
    thematiques: tuple[str, ...] = ()
    """`category--need`, the main one first where the source has an order."""
    publics: tuple[str, ...] = ()
    frais: str | None = None
    """"gratuit" or "payant"."""
    modes_accueil: tuple[str, ...] = ()
    modes_mobilisation: tuple[str, ...] = ()
    mobilisable_par: tuple[str, ...] = ()
    zone_eligibilite: tuple[str, ...] = ()
    """Codes of municipalities, EPCI, departments, `france` or `99100`; a region is listed as its departments
    (schema) or written `region:NN`; empty: everyone."""
    latitude: float | None = None
    longitude: float | None = None
    code_insee: str | None = None
    horaires: str | None = None
    """OSM opening hours, in the wall-clock time of the place."""
    has_phone: bool = False
    source: str = ""
    confirmed_on: date | None = None
