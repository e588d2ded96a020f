"""What each filter would give, and what each part of the question costs."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from allervers.engines.search import _weights as w
from allervers.engines.search._answer import Facets, Relaxation
from allervers.engines.search._columns import Columns
from allervers.engines.search._filter import (
    EVERYONE,
    FREE,
    Mask,
    Moment,
    confirmed_within,
    opening_within,
    welcoming_all,
)
from allervers.engines.search._query import Query

FEE = ("free_only", "frais")
HOURS = ("open_at", "open_within_days")


class Kept:
    """Who passes which part of the question: for each row, one bit for each part that it fails."""

    def __init__(self, masks: Mapping[str, Mask], *, rows: int) -> None:
        self.parts = tuple(masks)
        self._failed = np.zeros(rows, dtype=np.uint32)
        for bit, mask in enumerate(masks.values()):
            self._failed |= np.where(mask, 0, 1 << bit).astype(np.uint32)

    def without(self, *parts: str) -> Mask:
        """Who stays when these parts ask nothing; all parts count when none is named. Shapes: (rows,)."""
        mask: Mask = (self._failed & ~np.uint32(self._bits(parts))) == 0
        return mask

    def rows(self) -> NDArray[np.int64]:
        """Who passes everything, ascending."""
        return np.flatnonzero(self._failed == 0)

    def patterns(self) -> list[tuple[int, int]]:
        """Each set of failed parts that occurs, with its number of rows."""
        failed, counts = np.unique(self._failed, return_counts=True)
        return [(int(bits), int(count)) for bits, count in zip(failed, counts, strict=True)]

    def _bits(self, parts: tuple[str, ...]) -> int:
        return sum(1 << bit for bit, part in enumerate(self.parts) if part in parts)


def facets(columns: Columns, kept: Kept, moment: Moment) -> Facets:
    fee, hours, fresh = kept.without(*FEE), kept.without(*HOURS), kept.without("confirmed_within_days")
    needs = kept.without("needs")
    return Facets(
        free=_count(fee & columns.frais.mask([FREE])),
        frais=columns.frais.counts(fee),
        modes_accueil=columns.modes_accueil.counts(kept.without("modes_accueil")),
        publics=_publics(columns, kept.without("publics")),
        thematiques=columns.needs.thematiques.counts(needs),
        categories=columns.needs.categories.counts(needs),
        sources=columns.sources.counts(kept.without("sources")),
        open_now=_count(hours & (moment.waits_now == 0)),
        open_within_days={days: _count(hours & opening_within(moment, days)) for days in w.FACET_OPEN_DAYS},
        confirmed_within_days={
            days: _count(fresh & confirmed_within(columns, moment, days)) for days in w.FACET_CONFIRMED_DAYS
        },
    )


def _publics(columns: Columns, among: Mask) -> dict[str, int]:
    """Each public also finds what is for everyone or does not say."""
    open_to_all = among & welcoming_all(columns)
    meant = columns.publics.counts(among & ~open_to_all)
    present = {*columns.publics.counts(among)} | ({EVERYONE} if among.any() else set())
    every = _count(open_to_all)
    counts = {public: meant.get(public, 0) + every for public in sorted(present)}
    # Asking for everyone filters nothing.
    return counts | ({EVERYONE: _count(among)} if among.any() else {})


def relaxations(query: Query, kept: Kept) -> tuple[Relaxation, ...]:
    """What to give up to find more: single parts, else the smallest sets of parts that find anything; most
    results first.

    Eligibility (`zone`) is never given up: it would send people where they will be refused.
    """
    parts = [part for part in kept.parts if part != "zone"]
    patterns = kept.patterns()
    present = sum(count for failed, count in patterns if failed == 0)
    for size in range(1, len(parts) + 1):
        sets = [_relaxed(query, kept.parts, dropped, patterns) for dropped in combinations(parts, size)]
        found = [relaxed for relaxed in sets if relaxed.total > present]
        if found:
            return tuple(sorted(found, key=lambda relaxed: -relaxed.total))
    return ()


def _relaxed(
    query: Query, parts: tuple[str, ...], dropped: tuple[str, ...], patterns: list[tuple[int, int]]
) -> Relaxation:
    given_up = sum(1 << bit for bit, part in enumerate(parts) if part in dropped)
    total = sum(count for failed, count in patterns if not failed & ~given_up)
    return Relaxation(dropped, total, _without(query, dropped))


def _without(query: Query, dropped: tuple[str, ...]) -> Query:
    blank = Query()
    place = query.place
    if "radius_m" in dropped and place is not None:
        place = replace(place, radius_m=None)
    return replace(
        query, **{part: getattr(blank, part) for part in dropped if part != "radius_m"}, place=place
    )


def _count(mask: Mask) -> int:
    return int(np.count_nonzero(mask))
