"""Hours as spans for the next seven days."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from allervers.directory.opening_hours import Span, as_meant, week

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=PARIS)


def test_week_gives_seven_days_from_today() -> None:
    days = week("Tu,Fr 09:30-12:00", now=TUESDAY)

    assert days is not None
    assert [day.date for day in days] == [date(2026, 11, 24 + offset) for offset in range(7)]
    assert [bool(day.spans) for day in days] == [True, False, False, True, False, False, False]
    assert days[0].spans == (Span(time(9, 30), time(12)),)


def test_week_joins_spans_that_touch_and_ends_at_midnight() -> None:
    days = week("Tu 09:00-12:00,12:00-24:00", now=TUESDAY)

    assert days is not None
    assert days[0].spans == (Span(time(9), time(0)),)


def test_public_holidays_are_french() -> None:
    bastille_day = datetime(2026, 7, 14, 8, 0, tzinfo=PARIS)

    days = week("Mo-Su 09:00-12:00; PH off", now=bastille_day)

    assert days is not None
    assert days[0].spans == ()
    assert days[1].spans == (Span(time(9), time(12)),)


def test_words_that_are_no_hours_are_unknown() -> None:
    assert week("sur rendez-vous le mardi", now=TUESDAY) is None


def test_sessions_of_one_day_listed_apart_all_count() -> None:
    days = week("Tu 09:30-11:00; Tu 14:00-15:30; Fr 09:00-10:00", now=TUESDAY)

    assert days is not None
    assert days[0].spans == (Span(time(9, 30), time(11)), Span(time(14), time(15, 30)))
    assert days[3].spans == (Span(time(9), time(10)),)


def test_a_rule_for_other_days_still_replaces() -> None:
    assert as_meant("Mo-Fr 14:00-17:00; We 10:00-12:00") == "Mo-Fr 14:00-17:00; We 10:00-12:00"
    assert as_meant("Mo 09:00-10:00; Mo off") == "Mo 09:00-10:00; Mo off"
