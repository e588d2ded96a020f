"""The slow way to find an address: every house, every street, by plain loops. Imports only dataclasses."""

import unicodedata
from collections.abc import Sequence

from allervers.engines.geocoding import House

TYPES = {"all": "allee", "av": "avenue", "bd": "boulevard", "imp": "impasse", "pl": "place", "r": "rue"}
SHORT = {"st": "saint", "gal": "general"}


class Oracle:
    def __init__(self, houses: Sequence[House]) -> None:
        self.houses = houses

    def streets_within(self, typed: str, errors: int) -> set[str]:
        """The streets whose letters differ from those typed by so many at most."""
        return {
            house.street for house in self.houses if distance(letters(typed), letters(house.street)) <= errors
        }

    def at_number(self, street: str, number: int) -> tuple[str, tuple[int, int] | None, float | None]:
        """(kind, known numbers around it, longitude) of a number without repetition."""
        there = [house for house in self.houses if letters(house.street) == letters(street)]
        for house in there:
            if house.number == number:
                return "housenumber", None, house.longitude
        for step in (2, 1):  # the same side of the street first
            lower = [
                house for house in there if house.number < number and (number - house.number) % step == 0
            ]
            upper = [
                house for house in there if house.number > number and (house.number - number) % step == 0
            ]
            if lower and upper:
                first = max(lower, key=lambda house: house.number)
                last = min(upper, key=lambda house: house.number)
                share = (number - first.number) / (last.number - first.number)
                longitude = first.longitude + share * (last.longitude - first.longitude)
                return "interpolated", (first.number, last.number), longitude
        return "street", None, None


def letters(text: str) -> str:
    """Small letters and digits only, what is written short in full."""
    plain = unicodedata.normalize("NFD", text.lower())
    kept = "".join(sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))
    words = kept.split()
    return "".join({**TYPES, **SHORT}.get(word, word) for word in words)


def distance(one: str, other: str) -> int:
    """Letters to add, take, change or swap (optimal string alignment)."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if not i or not j:
                rows[i][j] = i + j
                continue
            cost = one[i - 1] != other[j - 1]
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost)
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i][j] = best
    return rows[-1][-1]
