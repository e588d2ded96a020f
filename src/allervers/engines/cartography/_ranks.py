"""Which streets are the main ones, where an extract lost its tags."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from allervers.engines.cartography._ground import Rank, Street

WIDE: Final = frozenset(
    ("avenue", "av", "boulevard", "bd", "bld", "bvd", "cours", "route", "rte", "quai", "rocade", "autoroute")
)
NARROW: Final = frozenset(
    ("impasse", "imp", "passage", "pass", "ruelle", "venelle", "sentier", "escalier", "escaliers", "traverse")
)
"""First words of names, in small letters."""
SAME: Final = 0.98
"""Share of one rank among the ways beyond which the tags say nothing."""
MAIN_METRES: Final = 900.0
SECONDARY_METRES: Final = 350.0
LONG_METRES: Final = 1500.0
"""A street of any kind as long as this leads through the town."""
METRES_A_DEGREE: Final = 100_000.0
"""Half-way between a degree of latitude and one of longitude in France: enough to tell 300 m from 1 km."""


def guessed(streets: Sequence[Street]) -> tuple[Street, ...]:
    """The streets as they are, unless nearly all are of one rank.

    Then the first word and the whole length of each name tell; what has no name is small.
    """
    if not streets or not _say_nothing(streets):
        return tuple(streets)
    metres: dict[str, float] = defaultdict(float)
    for street in streets:
        metres[street.name] += street.line.length * METRES_A_DEGREE
    return tuple(replace(street, rank=_rank(street.name, metres[street.name])) for street in streets)


def _say_nothing(streets: Sequence[Street]) -> bool:
    most = max(sum(street.rank is rank for street in streets) for rank in Rank)
    return most >= SAME * len(streets)


def _rank(name: str, metres: float) -> Rank:
    if not name:
        return Rank.SMALL
    first = name.casefold().replace(".", " ").split()[0]
    if first in WIDE and metres >= SECONDARY_METRES:
        return Rank.MAIN if metres >= MAIN_METRES else Rank.SECONDARY
    if metres >= LONG_METRES and first not in NARROW:
        return Rank.SECONDARY
    return Rank.SMALL if first in NARROW else Rank.STREET
