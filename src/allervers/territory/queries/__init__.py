"""Reading: municipalities, the declared territory, whom to call."""

from allervers.territory.queries.declared import DeclaredTerritory, declared_territory, local_now
from allervers.territory.queries.desks import DeskNow, allo_service_public, desk_at
from allervers.territory.queries.places import (
    Municipality,
    MunicipalityMatch,
    municipalities_matching,
    municipalities_near_code,
    municipality,
)

__all__ = [
    "DeclaredTerritory",
    "DeskNow",
    "Municipality",
    "MunicipalityMatch",
    "allo_service_public",
    "declared_territory",
    "desk_at",
    "local_now",
    "municipalities_matching",
    "municipalities_near_code",
    "municipality",
]
