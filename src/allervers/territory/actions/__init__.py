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
from allervers.territory.actions.identity import BadColour, BadLogo, keep_desk, set_identity, update_identity

__all__ = [
    "BadColour",
    "BadDesk",
    "BadLogo",
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
    "keep_desk",
    "prepare_ground",
    "publish_ground",
    "set_identity",
    "update_ground",
    "update_identity",
    "update_territory",
]
