"""A territory that no real one bears, for tests."""

from datetime import UTC, datetime
from typing import Any

from allervers.accounts.actor import SYSTEM
from allervers.territory.actions import create_territory
from allervers.territory.models import Territory
from allervers.territory.queries.declared import DeclaredDesk
from allervers.territory.reference import Municipality

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday, 10 h in Paris
ANYTHING = DeclaredDesk("La Maison du quartier", "01 99 00 12 34", "Mo-Fr 09:00-12:00,14:00-18:00")
RIVELAINE = Municipality(
    code_insee="ZZ001",
    nom="Rivelaine",
    codes_postaux=("00100",),
    epci="",
    epci_nom="",
    departement="ZZ",
    region="ZZ",
    population=40_000,
    latitude=45.5,
    longitude=3.25,
)


def declare(**fields: Any) -> Territory:
    """Montpellier, unless said otherwise."""
    known: dict[str, Any] = {"municipalities": ["34172"], "by": SYSTEM, "at": NOW}
    return create_territory(fields.pop("slug", "montpellier"), **(known | fields))
