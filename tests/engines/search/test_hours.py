"""Compiled weekly hours, and the fallback, against the library itself."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from allervers.engines.search import _hours
from allervers.engines.search._build import columns_of
from tests.engines.search.oracle import CLOSED, UNKNOWN
from tests.engines.search.towns import HOURS, instants, service

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
LOOKED_AHEAD = timedelta(days=_hours.HORIZON_DAYS)


@st.composite
def plain_hours(draw: st.DrawFn) -> str:
    """« Mo-We 09:00-12:00,14:00-18:00; Fr off »: days and times only."""
    day = st.sampled_from(DAYS)
    days = st.one_of(
        day, st.tuples(day, day).map("-".join), st.lists(day, min_size=1, max_size=3).map(",".join)
    )
    start = st.integers(0, 23 * 4 + 3)
    span = st.tuples(start, st.integers(1, 40)).map(lambda span: f"{clock(span[0])}-{clock(sum(span))}")
    times = st.lists(span, min_size=1, max_size=2).map(",".join) | st.sampled_from(["off", "closed"])
    rules = draw(st.lists(st.tuples(days, times).map(" ".join), min_size=1, max_size=4))
    return draw(st.sampled_from(["; ", ", "])).join(rules)


def clock(quarters: int) -> str:
    return f"{quarters // 4:02d}:{quarters % 4 * 15:02d}"


walls = instants("2026-01-01", "2028-12-31", None).map(lambda wall: wall.replace(second=0, microsecond=0))


def waits_of_index(text: str, wall: datetime) -> int:
    columns = columns_of([service("a", horaires=text)])
    waits = _hours.Waits(columns.hours_texts, columns.weeks)
    return int(waits.at(wall)[columns.hours][0])


def waits_of_library(text: str, wall: datetime) -> int:
    """Minute by change, with `is_open` and `next_change` only: another road than the engine's `intervals`."""
    hours = OpeningHours(text, country="FR", auto_country=False, auto_timezone=False)
    seen, doubtful = wall, False
    while seen < wall + LOOKED_AHEAD:
        if hours.is_open(seen):
            return int((seen - wall).total_seconds() // 60)
        doubtful = doubtful or hours.is_unknown(seen)
        change = hours.next_change(seen)
        if change is None:
            break
        seen = change
    return UNKNOWN if doubtful else CLOSED


@given(plain_hours(), walls)
def test_plain_hours_are_compiled_and_equal_the_library(text: str, wall: datetime) -> None:
    assert _hours.weekly(text) is not None
    assert waits_of_index(text, wall) == waits_of_library(text, wall)


READABLE = [text for text in HOURS if text not in ("", "Lundi 9h-12h", '"sur rendez-vous"')]


@pytest.mark.parametrize("text", READABLE)
@given(wall=walls)
def test_all_kinds_of_hours_equal_the_library(text: str, wall: datetime) -> None:
    assert waits_of_index(text, wall) == waits_of_library(text, wall)


@pytest.mark.parametrize(
    ("text", "compiled"),
    [
        ("Mo-Fr 09:00-12:00", [(day * 1440 + 540, day * 1440 + 720) for day in range(5)]),
        ("Su 22:00-26:00", [(0, 120), (6 * 1440 + 1320, 7 * 1440)]),
        ("24/7", [(0, 7 * 1440)]),
        ("off", []),
        ("Mo 09:00-12:00; Mo 14:00-16:00", [(840, 960)]),  # OSM: a later rule replaces the day
        ("Mo-Fr 09:00-12:00; PH off", None),
        ("Mo[1] 09:00-12:00", None),
        ('Tu 09:00-12:00 "sur rendez-vous"', None),
        ("Jul-Aug Mo-Fr 09:00-12:00", None),
        ("week 1-53/2 Mo 09:00-12:00", None),
    ],
)
def test_only_what_is_the_same_every_week_is_compiled(
    text: str, compiled: list[tuple[int, int]] | None
) -> None:
    assert _hours.weekly(text) == compiled


@pytest.mark.parametrize("text", ["Lundi 9h-12h", "\x00", "09h00-12h00", '"sur rendez-vous"', ' "sur rdv" '])
def test_what_cannot_be_read_is_unknown(text: str) -> None:
    assert waits_of_index(text, datetime(2026, 11, 24)) == UNKNOWN  # noqa: DTZ001 - wall clock


def test_public_holidays_are_those_of_france() -> None:
    eve_of_armistice = datetime(2026, 11, 10, 13)  # noqa: DTZ001 - wall clock

    assert waits_of_index("Mo-Fr 09:00-12:00; PH off", eve_of_armistice) == (11 + 24 + 9) * 60
    assert waits_of_index("Mo-Fr 09:00-12:00", eve_of_armistice) == (11 + 9) * 60
