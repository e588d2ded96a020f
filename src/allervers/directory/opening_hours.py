"""OSM opening hours, evaluated: the next seven days as spans. `now` is given, never read."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # its stubs lag

DAYS_SHOWN = 7
PLAIN_RULE = re.compile(
    r"(?P<days>(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*) "
    r"(?P<hours>\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Open from `start` to `end`, local time; `end` may be 00:00, the midnight after."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    spans: tuple[Span, ...]


def week(horaires: str, *, now: datetime) -> tuple[Day, ...] | None:
    """Seven days from today's, closed ones included; None when the text is not OSM opening hours.

    `now` is aware: its zone is the place's. Public holidays are the French ones.
    """
    try:
        hours = OpeningHours(as_meant(horaires), timezone=now.tzinfo, country="FR")  # type: ignore[arg-type]
    except ParserError:
        return None
    first = now.date()
    return tuple(_day(hours, first + timedelta(days=offset), now) for offset in range(DAYS_SHOWN))


def as_meant(horaires: str) -> str:
    """« Mo 09:30-11:00; Mo 14:00-15:30 » means both.

    In OSM the second rule replaces the first. Producers who list a day's sessions one by one do not know
    that; a rule replaced by another on the very same days would have no use. Rules over other days stay.
    """
    hours_of: dict[str, list[str]] = {}
    for rule in (part.strip() for part in horaires.split(";")):
        plain = PLAIN_RULE.fullmatch(rule)
        if plain is None:
            return horaires
        hours_of.setdefault(plain["days"], []).append(plain["hours"])
    if all(len(hours) == 1 for hours in hours_of.values()):
        return horaires
    return "; ".join(f"{days} {','.join(hours)}" for days, hours in hours_of.items())


def _day(hours: OpeningHours, day: date, now: datetime) -> Day:
    start = datetime.combine(day, time(), tzinfo=now.tzinfo)
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=now.tzinfo)
    spans = [
        Span(opens.time(), closes.time() if closes else time())
        for opens, closes, state, _comment in hours.intervals(start, end)
        if state == State.OPEN
    ]
    return Day(day, tuple(_joined(spans)))


def _joined(spans: list[Span]) -> list[Span]:
    """Spans that touch are one (a comment may cut them)."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].end == span.start:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
