"""Where two streets meet: the nearest points of both."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from allervers.engines.geocoding._columns import Columns, Houses, Middles
from allervers.engines.geocoding._houses import DEGREE_M

MEETS_M: Final = 60.0
"""Metres between the nearest houses of two streets that cross: a crossing is two fronts wide."""
POINTS_MAX: Final = 600
"""Points of a street that are looked at: a long one is thinned."""
WORDS: Final = frozenset({"et", "angle", "croisement", "coin", "intersection", "x", "avec"})
FILLERS: Final = frozenset(
    {"angle", "croisement", "coin", "intersection", "de", "du", "la", "le", "l", "a", "au"}
)


def parts(tokens: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """The two streets of « angle de la rue A et de la rue B »; None when only one is said."""
    joints = [at for at, token in enumerate(tokens) if token in WORDS and 0 < at < len(tokens) - 1]
    joints = [at for at in joints if tokens[at] in {"et", "x", "avec"}] or joints
    for at in joints:
        first, second = list(tokens[:at]), list(tokens[at + 1 :])
        while first and first[0] in FILLERS:
            first.pop(0)
        if first and second:
            return first, second
    return None


def meeting(columns: Columns, one: int, other: int) -> tuple[float, float] | None:
    """(latitude, longitude) halfway between the nearest points, None when they do not meet."""
    here, there = _points(columns, one), _points(columns, other)
    if not len(here) or not len(there):
        return None
    narrow = math.cos(math.radians(float(here[0, 0])))
    metres = np.array((DEGREE_M, DEGREE_M * narrow))
    apart = np.linalg.norm((here[:, None] - there[None]) * metres, axis=2)
    nearest = np.unravel_index(int(np.argmin(apart)), apart.shape)
    if apart[nearest] > MEETS_M:
        return None
    middle = (here[nearest[0]] + there[nearest[1]]) / 2
    return float(middle[0]), float(middle[1])


def _points(columns: Columns, entry: int) -> NDArray[np.float64]:
    """Those of the middle of the street when there are, else its houses. Shapes: (points, 2)."""
    table: Houses | Middles = columns.middles if len(columns.middles.of[entry]) else columns.houses
    span = table.of.span(entry)
    points = np.column_stack((table.latitudes[span], table.longitudes[span]))
    return points[:: max(len(points) // POINTS_MAX, 1)]
