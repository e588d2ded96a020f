"""Telephone numbers and distances, as people read them."""

import pytest

from allervers.ui import distance, phone

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("given", "said", "dialled"),
    [
        ("0199001234", "01 99 00 12 34", "0199001234"),
        ("01.99.00.12.34", "01 99 00 12 34", "0199001234"),
        ("+33 1 99 00 12 34", "01 99 00 12 34", "+33199001234"),
        ("0033199001234", "01 99 00 12 34", "0033199001234"),
        ("39 39", "39 39", "3939"),
        ("3919", "3919", "3919"),
        ("112", "112", "112"),
        ("+352 27 00 00", "+352 27 00 00", "+352270000"),
    ],
)
def test_phone_is_said_two_by_two_and_dialled_whole(given: str, said: str, dialled: str) -> None:
    assert phone.spoken(given).replace(NBSP, " ") == said
    assert phone.dialled(given) == dialled


def test_a_long_phone_never_breaks_over_two_lines() -> None:
    assert " " not in phone.spoken("0199001234")


@pytest.mark.parametrize(
    ("distance_m", "figure", "unit"),
    [
        (0, "10", "m"),
        (4, "10", "m"),
        (543, "540", "m"),
        (994, "990", "m"),
        (996, "1", "km"),
        (1000, "1", "km"),
        (1234, "1,2", "km"),
        (2000, "2", "km"),
        (9949, "9,9", "km"),
        (9951, "10", "km"),
        (12_345, "12", "km"),
        (640_000, "640", "km"),
    ],
)
def test_distance_is_no_finer_than_it_can_be_trusted(distance_m: int, figure: str, unit: str) -> None:
    assert distance.read(distance_m) == distance.Reading(figure, unit)
