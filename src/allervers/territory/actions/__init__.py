"""The only code that writes the territory: what it is, whom one calls, and its ground."""

from allervers.territory.actions.declaring import (
    BadDesk,
    BadName,
    MunicipalityTaken,
    NoMunicipality,
    NoTerritory,
    TerritoryError,
    TerritoryExists,
    UnknownMunicipality,
    UnknownTimeZone,
    add_desk,
    create_territory,
    update_territory,
)
from allervers.territory.actions.ground import GroundMoved, prepare_ground, publish_ground, update_ground

__all__ = [
    "BadDesk",
    "BadName",
    "GroundMoved",
    "MunicipalityTaken",
    "NoMunicipality",
    "NoTerritory",
    "TerritoryError",
    "TerritoryExists",
    "UnknownMunicipality",
    "UnknownTimeZone",
    "add_desk",
    "create_territory",
    "prepare_ground",
    "publish_ground",
    "update_ground",
    "update_territory",
]
