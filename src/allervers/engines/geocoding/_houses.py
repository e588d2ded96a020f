"""A number in a street: the house itself, a point between two known ones, or the street."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from allervers.engines.geocoding._columns import Houses
from allervers.engines.geocoding._said import Kind

OTHER_REPETITION: Final = 0.97
"""Of the score, when « 12 » is known and « 12 bis » was asked for."""
BETWEEN: Final = 0.96
NO_SUCH_NUMBER: Final = 0.8
APART_M: Final = 150.0
"""Metres: two houses of one number this far from one another are two answers."""
WIDEST_GAP_M: Final = 800.0
"""Metres between two known houses: beyond, a point between them is no answer."""
DEGREE_M: Final = 111_195.0


@dataclass(frozen=True, slots=True)
class Door:
    """Where a number is. `share`: of the street's score. `row`: the house, None when there is none."""

    kind: Kind
    share: float
    latitude: float
    longitude: float
    number: str
    row: int | None = None
    between: tuple[int, int] | None = None


def doors(houses: Houses, entry: int, number: int, repetition: str) -> Iterator[Door]:
    """The house of this number, or the point where it should be; nothing when the street does not have it."""
    span = houses.of.span(entry)
    numbers = houses.numbers[span]
    first, last = np.searchsorted(numbers, (number, number + 1))
    if first < last:
        yield from _exact(houses, span.start + int(first), span.start + int(last), repetition)
    elif between := _between(houses, span.start, numbers.tolist(), number):
        yield between


def _exact(houses: Houses, first: int, last: int, repetition: str) -> Iterator[Door]:
    rows = range(first, last)
    wanted = [row for row in rows if houses.repetition_texts[int(houses.repetitions[row])] == repetition]
    share = 1.0 if wanted else OTHER_REPETITION
    met: list[int] = []
    for row in wanted or rows:
        if all(_apart_m(houses, row, other) > APART_M for other in met):
            met.append(row)
            yield _door(houses, row, share)


def _door(houses: Houses, row: int, share: float) -> Door:
    mark = houses.repetition_texts[int(houses.repetitions[row])]
    number = f"{int(houses.numbers[row])}{mark}"
    return Door(
        Kind.HOUSENUMBER, share, float(houses.latitudes[row]), float(houses.longitudes[row]), number, row
    )


def _between(houses: Houses, start: int, numbers: list[int], number: int) -> Door | None:
    """On the line between the nearest known numbers, of the same side of the street when there are."""
    for same_side in (True, False):
        known = [
            (value, start + at)
            for at, value in enumerate(numbers)
            if not same_side or value % 2 == number % 2
        ]
        lower = max((one for one in known if one[0] < number), default=None)
        upper = min((one for one in known if one[0] > number), default=None)
        if lower and upper and _apart_m(houses, lower[1], upper[1]) <= WIDEST_GAP_M:
            share = (number - lower[0]) / (upper[0] - lower[0])
            latitude, longitude = (
                float(column[lower[1]] + share * (column[upper[1]] - column[lower[1]]))
                for column in (houses.latitudes, houses.longitudes)
            )
            return Door(
                Kind.INTERPOLATED, BETWEEN, latitude, longitude, str(number), between=(lower[0], upper[0])
            )
    return None


def _apart_m(houses: Houses, one: int, other: int) -> float:
    north = (houses.latitudes[one] - houses.latitudes[other]) * DEGREE_M
    narrow = math.cos(math.radians(float(houses.latitudes[one])))
    east = (houses.longitudes[one] - houses.longitudes[other]) * DEGREE_M * narrow
    return math.hypot(float(north), float(east))
