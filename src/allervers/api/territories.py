"""Regions and departments as closed vocabularies, by code and by slug."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from allervers.territory.reference import municipalities
from allervers.territory.reference.divisions import DEPARTEMENTS, REGIONS


def slug(name: str) -> str:
    """« Côtes-d’Armor » → `cotes-d-armor`."""
    folded = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _closed(name: str, values: Mapping[str, str]) -> type[StrEnum]:
    """Named by code: two regions could bear one name."""
    return StrEnum(name, {f"_{code}": value for code, value in values.items()})  # type: ignore[return-value]


Region = _closed("Region", {code: code for code in REGIONS})
RegionSlug = _closed("RegionSlug", {code: slug(name) for code, name in REGIONS.items()})
Departement = _closed("Departement", {code: code for code in DEPARTEMENTS})
DepartementSlug = _closed("DepartementSlug", {code: slug(name) for code, name in DEPARTEMENTS.items()})

REGION_OF_SLUG = {slug(name): code for code, name in REGIONS.items()}
DEPARTEMENT_OF_SLUG = {slug(name): code for code, name in DEPARTEMENTS.items()}


@cache
def departements_of(region: str) -> tuple[str, ...]:
    """The departments of a region, as its municipalities say."""
    return tuple(sorted({town.departement for town in municipalities().values() if town.region == region}))
