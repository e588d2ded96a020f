"""Every loaded address finds itself; a letter away, it stays in the first five; numbers stand in place."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allervers.engines.geocoding import House, Kind, Names, build, geocode, shown_name
from tests.engines.geocoding.oracle import Oracle, distance, letters
from tests.engines.geocoding.towns import TOWNS, addresses

FIRST = 5
HALF = settings(max_examples=settings().max_examples // 2)


@contextmanager
def opened(houses: list[House]) -> Iterator[Names]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        build(Path(folder) / "names", houses, towns=TOWNS)
        yield Names.open(Path(folder) / "names")


def written(house: House) -> str:
    return f"{house.number}{house.repetition} {house.street}"


def where(found: list[object]) -> list[tuple[float, float]]:
    return [(one.latitude, one.longitude) for one in found]  # type: ignore[attr-defined]


@given(addresses())
def test_every_loaded_address_finds_itself(houses: list[House]) -> None:
    with opened(houses) as names:
        for house in houses:
            first = geocode(written(house), names)[0]

            assert (first.kind, first.score) == (Kind.HOUSENUMBER, pytest.approx(1.0))
            assert (first.latitude, first.longitude, first.number) == (
                house.latitude, house.longitude, str(house.number),
            )  # fmt: skip


@st.composite
def slips(draw: st.DrawFn, text: str) -> str:
    """One letter taken, added, changed, or two swapped, in a word of four letters or more."""
    places = [
        (start, len(word))
        for word in text.split()
        if len(word) >= 4 and word.isalpha() and (start := text.index(word)) >= 0
    ]
    assume(places)
    start, length = draw(st.sampled_from(places))
    at = start + draw(st.integers(0, length - 2))
    letter = draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    kinds = (
        text[:at] + text[at + 1 :],
        text[:at] + letter + text[at:],
        text[:at] + letter + text[at + 1 :],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
    )
    return draw(st.sampled_from(kinds))


@HALF
@given(addresses(), st.data())
def test_a_letter_away_it_stays_in_the_first_five(houses: list[House], data: st.DataObject) -> None:
    house = data.draw(st.sampled_from(houses))
    street = data.draw(slips(house.street))
    oracle = Oracle(houses)
    assume(len(oracle.streets_within(street, distance(letters(street), letters(house.street)))) <= FIRST)

    with opened(houses) as names:
        found = geocode(f"{house.number} {street}", names, limit=FIRST)

    assert (house.latitude, house.longitude) in where(found)


@HALF
@given(addresses(), st.integers(1, 320), st.data())
def test_a_number_is_where_the_oracle_says(houses: list[House], number: int, data: st.DataObject) -> None:
    street = data.draw(st.sampled_from(houses)).street
    kind, between, longitude = Oracle(houses).at_number(street, number)

    with opened(houses) as names:
        found = geocode(f"{number} {street}", names, limit=len(houses))
    first = next(match for match in found if match.name == shown_name(street))

    assert (first.kind, first.between) == (kind, between)
    if longitude is not None:
        assert first.longitude == pytest.approx(longitude)


def test_the_oracle_sees_a_house_that_moved() -> None:
    houses = [House(number, "Rue du Moulin", "34172", 43.6, 3.8 + number * 0.00001) for number in (2, 8)]
    moved = [houses[0], replace(houses[1], number=10)]

    with opened(moved) as names:
        first = geocode("6 Rue du Moulin", names)[0]

    assert (first.kind, first.between, first.longitude) != Oracle(houses).at_number("Rue du Moulin", 6)
