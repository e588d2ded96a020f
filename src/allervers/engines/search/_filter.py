"""Which services stay: one mask for each part of the question.

What describes the *person* (publics, where they live) lets the unknown pass: unknown is never no. What the
person *wishes* (free, open at six, confirmed this month) keeps only what is known to fulfil the wish.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from allervers.engines.search._columns import Columns, Flag
from allervers.engines.search._hours import HORIZON_DAYS, Waits
from allervers.engines.search._query import Place, Query
from allervers.engines.search._space import distances_m
from allervers.engines.search._text import Found

Mask = NDArray[np.bool_]

EVERYONE: Final = "tous-publics"
FREE: Final = "gratuit"
PAYING: Final = "payant"
WHOLE_COUNTRY: Final = ("france", "99100")
WIDE_RADIUS_M: Final = 30_000
"""Metres: from here on, a service whose place is only known by its department may lie within."""
DAY: Final = 24 * 60
"""Minutes."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The instants of a question on the wall clock of the territory, minutes sharp, and the waits from
    there."""

    now: datetime
    asked: datetime | None
    days: int
    """How far openings are looked for."""
    waits: NDArray[np.int64]
    """Minutes until each row opens, see `Waits.at`; from `asked` when a time was asked. Shapes: (rows,)."""
    waits_now: NDArray[np.int64]

    @classmethod
    def of(cls, columns: Columns, waits: Waits, query: Query, *, now: datetime) -> "Moment":
        """`now` is aware, in the time zone of the territory."""
        asked = None if query.open_at is None else wall_clock(query.open_at.astimezone(now.tzinfo))
        days = max(HORIZON_DAYS, (query.open_within_days or 0) + 1)
        from_now = waits.at(wall_clock(now), days=days)[columns.hours]
        from_asked = from_now if asked is None else waits.at(asked, days=days)[columns.hours]
        return cls(wall_clock(now), asked, days, from_asked, from_now)


def wall_clock(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None, second=0, microsecond=0, fold=0)


def masks(columns: Columns, query: Query, moment: Moment, found: Found | None) -> dict[str, Mask]:
    """Who passes each part of the question that asks something, by the name of its field (`zone` and
    `radius_m` are the two halves of `place`). Shapes: (rows,)."""
    kept: dict[str, Mask] = {}
    if query.needs:
        kept["needs"] = _needs(columns, query)
    if query.publics and EVERYONE not in query.publics:
        kept["publics"] = welcoming_all(columns) | columns.publics.mask(query.publics)
    if found is not None:
        kept["text"] = found.points > 0
    if query.organisations:
        kept["organisations"] = _organisations(columns, query)
    if query.place is not None and query.place.has_codes:
        kept["zone"] = columns.zones.none() | columns.zones.mask(zone_codes(query.place))
    if query.place is not None and query.place.point and query.place.radius_m is not None:
        kept["radius_m"] = within(columns, query.place, query.place.radius_m)
    return kept | _wishes(columns, query, moment)


def _wishes(columns: Columns, query: Query, moment: Moment) -> dict[str, Mask]:
    kept: dict[str, Mask] = {}
    if query.free_only:
        kept["free_only"] = columns.frais.mask([FREE])
    if query.frais:
        kept["frais"] = columns.frais.mask(query.frais)
    if query.modes_accueil:
        kept["modes_accueil"] = columns.modes_accueil.mask(query.modes_accueil)
    if query.open_at is not None:
        kept["open_at"] = moment.waits == 0
    if query.open_within_days is not None:
        kept["open_within_days"] = opening_within(moment, query.open_within_days)
    if query.confirmed_within_days is not None:
        kept["confirmed_within_days"] = confirmed_within(columns, moment, query.confirmed_within_days)
    if query.sources:
        kept["sources"] = columns.sources.mask(query.sources)
    return kept


def welcoming_all(columns: Columns) -> Mask:
    """For everyone, or for an unknown audience."""
    return columns.publics.none() | columns.publics.mask([EVERYONE])


def opening_within(moment: Moment, days: int) -> Mask:
    """Open at some time from now to the end of the day `days` later."""
    passed = moment.now.hour * 60 + moment.now.minute
    return (moment.waits_now >= 0) & (moment.waits_now < (days + 1) * DAY - passed)


def confirmed_within(columns: Columns, moment: Moment, days: int) -> Mask:
    return (columns.confirmed > 0) & (moment.now.date().toordinal() - columns.confirmed <= days)


def zone_codes(place: Place) -> list[str]:
    """The codes of a `zone_eligibilite` that hold `place`.

    Two digits are a department: the schema has no region codes (all of them are also departments' codes), it
    lists a region as its departments; `region:NN` is ours for sources that tell.
    """
    codes = [place.code_insee, place.epci, department_of(place)]
    region = [] if place.region is None else [f"region:{place.region}"]
    return [code for code in (*codes, *region, *WHOLE_COUNTRY) if code]


def department_of(place: Place) -> str | None:
    return place.departement or (department(place.code_insee) if place.code_insee else None)


def department(code_insee: str) -> str:
    """The department of a municipality's code; three characters overseas."""
    return code_insee[: 3 if code_insee.startswith(("97", "98")) else 2]


def within(columns: Columns, place: Place, radius_m: int) -> Mask:
    """Within `radius_m` of the point of `place`, at a distance, or not known to lie outside.

    Without coordinates: a service of the same municipality stays, one of another only if the radius is wide
    and the department the same, one of no known municipality stays.
    """
    assert place.point is not None
    kept = columns.has(Flag.REMOTE)
    rows = columns.grid.around(place.point, radius_m)
    metres = distances_m(place.point, columns.latitudes[rows], columns.longitudes[rows])
    kept[rows[metres <= radius_m]] = True
    return kept | (np.isnan(columns.latitudes) & _maybe_near(columns, place, radius_m))


def _maybe_near(columns: Columns, place: Place, radius_m: int) -> Mask:
    here = department_of(place)
    if here is None:
        return np.ones(len(columns), dtype=np.bool_)
    kept = columns.towns.none() | columns.towns.mask([place.code_insee] if place.code_insee else [])
    if radius_m >= WIDE_RADIUS_M or not place.code_insee:
        kept[columns.towns.rows_beginning(here)] = True  # a town's code begins with its department
    return kept


def _needs(columns: Columns, query: Query) -> Mask:
    kept = np.zeros(len(columns), dtype=np.bool_)
    for need in query.needs:
        kept[columns.needs.answering(need)[0]] = True
    return kept


def _organisations(columns: Columns, query: Query) -> Mask:
    places = [columns.organisations.ids.find(key) for key in query.organisations]
    return np.isin(columns.organisations.of_row, [place for place in places if place is not None])
