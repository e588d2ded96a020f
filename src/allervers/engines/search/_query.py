"""The question."""

from dataclasses import dataclass
from datetime import datetime

from allervers.engines.search._errors import InvalidQuery
from allervers.engines.search._space import on_earth


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the person lives: a point, the codes of a municipality, or both.

    The point measures distances and the radius; the codes decide eligibility. Without any code, eligibility
    is unknown and filters nothing. `radius_m` None sets no limit; with one, these stay: services within it,
    those given at a distance, and those whose place is not known to lie outside (see `_filter.py`).

    Raises: InvalidQuery.
    """

    latitude: float | None = None
    longitude: float | None = None
    radius_m: int | None = None
    code_insee: str | None = None
    epci: str | None = None
    departement: str | None = None
    region: str | None = None

    def __post_init__(self) -> None:
        if (self.latitude is None) != (self.longitude is None):
            raise InvalidQuery("latitude", self.latitude, "a latitude and a longitude come together")
        if self.latitude is not None and not on_earth(self.latitude, self.longitude):
            raise InvalidQuery("latitude", (self.latitude, self.longitude), "no such place on Earth")
        if self.radius_m is not None and self.radius_m < 0:
            raise InvalidQuery("radius_m", self.radius_m, "a radius is not negative")

    @property
    def point(self) -> tuple[float, float] | None:
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def has_codes(self) -> bool:
        return any((self.code_insee, self.epci, self.departement, self.region))


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked; an empty field asks nothing. Several values of one field: any of them. Fields: all of
    them.

    `needs`: thematiques, or bare categories (`mobilite`: any of its thematiques), most wanted first.
    `publics`: who the person is; services for everyone, or that do not say, stay.
    `text`: all its significant words, in names, acronyms or description; without any such word it asks
    nothing.
    `free_only`, `frais`, `modes_accueil`, `open_at`, `open_within_days`, `confirmed_within_days`, `sources`:
    wishes; they keep only what is *known* to fulfil them. What is unknown is then counted by `relaxations`.
    `open_within_days`: open at some time between now and the end of that day; 0 is today, 1 is by tomorrow
    night.

    Raises: InvalidQuery.
    """

    needs: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    text: str = ""
    organisations: tuple[str, ...] = ()
    place: Place | None = None
    free_only: bool = False
    frais: tuple[str, ...] = ()
    modes_accueil: tuple[str, ...] = ()
    open_at: datetime | None = None
    open_within_days: int | None = None
    confirmed_within_days: int | None = None
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.open_at is not None and self.open_at.tzinfo is None:
            raise InvalidQuery("open_at", self.open_at, "a time needs its zone")
        _check_days("open_within_days", self.open_within_days, least=0, most=366)
        _check_days("confirmed_within_days", self.confirmed_within_days, least=0, most=36_500)


def _check_days(field: str, days: int | None, *, least: int, most: int) -> None:
    """Looking further than a year for an opening, or a century back, answers nobody and costs much."""
    if days is not None and not least <= days <= most:
        raise InvalidQuery(field, days, f"from {least} to {most} days")
