"""A distance as one reads it on a card: a big figure and its unit, no finer than it can be trusted."""

from dataclasses import dataclass

_METRES_IN_KM = 1000
_STEP_M = 10  # a place is known to some tens of metres at best
_WHOLE_KM_FROM_M = 9950  # from here on, tenths of a kilometre say nothing


@dataclass(frozen=True, slots=True)
class Reading:
    """ "1,2" and "km"."""

    figure: str
    unit: str


def read(distance_m: int) -> Reading:
    """From whole metres: 637 → 640 m, 1234 → 1,2 km, 12345 → 12 km."""
    rounded_m = round(distance_m / _STEP_M) * _STEP_M
    if rounded_m < _METRES_IN_KM:
        return Reading(str(max(rounded_m, _STEP_M)), "m")
    if distance_m < _WHOLE_KM_FROM_M:
        return Reading(f"{distance_m / _METRES_IN_KM:.1f}".replace(".", ",").removesuffix(",0"), "km")
    return Reading(str(round(distance_m / _METRES_IN_KM)), "km")
