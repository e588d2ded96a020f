"""Is a desk open, and until when; else from when. Opening hours as OpenStreetMap writes them."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # absent from its stub

# « "sur rendez-vous" »: the library calls it always open; for who calls, nobody knows.
_COMMENT_ONLY = re.compile(r'\s*"[^"]*"\s*')
HORIZON_DAYS = 14  # who opens later does not help today


@dataclass(frozen=True, slots=True)
class Opening:
    """`until` None while open: no end within the horizon. Closed: `opens_at` None, no opening within it."""

    is_open: bool
    until: datetime | None = None
    opens_at: datetime | None = None


def readable(hours: str) -> bool:
    """Whether these are opening hours at all."""
    try:
        OpeningHours(hours, country="FR")
    except ParserError:
        return False
    return True


def opening(hours: str, *, now: datetime, zone: ZoneInfo) -> Opening | None:
    """None when the hours are not known, or say so themselves. `zone`: that of the place, and of the answer.

    Public holidays are the French ones.
    """
    if not hours or _COMMENT_ONLY.fullmatch(hours) or not readable(hours):
        return None
    now = now.astimezone(zone)
    clock = OpeningHours(hours, timezone=zone, country="FR")
    if clock.is_unknown(now):
        return None
    horizon = now + timedelta(days=HORIZON_DAYS)
    if clock.is_open(now):
        until = _end(clock, now, horizon)
        return Opening(is_open=True, until=until)
    starts = (start for start, _, state, _ in clock.intervals(now, horizon) if state == State.OPEN)
    return Opening(is_open=False, opens_at=next(starts, None))


def _end(clock: OpeningHours, now: datetime, horizon: datetime) -> datetime | None:
    """When it stops being open: spans that touch are one (a comment may cut them)."""
    for start, _, state, _ in clock.intervals(now, horizon):
        if state != State.OPEN:
            return start
    return None
