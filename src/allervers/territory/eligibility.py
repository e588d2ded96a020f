"""Does an address give the rights of a priority neighbourhood: inside, near its limit, or outside."""

import math
from dataclasses import dataclass
from enum import StrEnum

NEAR_M = 100  # metres: perimeters are drawn along streets, and both sides may be meant
STEP_M = 20  # metres said are rounded up to this, so that they tell a strip and not a door


class Side(StrEnum):
    """Where an address is of the nearest perimeter."""

    INSIDE = "in"
    NEAR = "near"
    OUTSIDE = "out"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known at the moment an address is given. `code`: the neighbourhood, empty outside of all.

    `metres`: to the limit, as it may be said: 20, 40… 100, only when near; the page that follows says it, no
    link does (decision 6).
    """

    side: Side
    code: str = ""
    metres: int | None = None


def standing(code: str | None, distance_m: float) -> Standing:
    """Of the nearest neighbourhood (`code`, None when there is none) and the metres to it (0 inside)."""
    if code is None or distance_m > NEAR_M:
        return Standing(Side.OUTSIDE)
    if distance_m <= 0:
        return Standing(Side.INSIDE, code)
    return Standing(Side.NEAR, code, max(math.ceil(distance_m / STEP_M), 1) * STEP_M)
