"""Opening hours: plain weekly strings become minutes of the week at build, the rest is asked of the library.

All times here are wall-clock minutes: the hours posted on a door know no time zone, and summer time moves
both the clock and the door. Source of the meaning: opening-hours-py (OSM specification), French public
holidays.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from opening_hours import OpeningHours, State

WEEK: Final = 7 * 24 * 60
"""Minutes."""
MONDAY: Final = datetime(2001, 1, 1)  # noqa: DTZ001 - wall clock
"""Minute 0: a Monday at midnight, so that the minute of the week is a remainder."""
HORIZON_DAYS: Final = 14
"""Days looked ahead for an opening; what opens less often than every other week is said not to open soon."""

_PLAIN: Final = re.compile(r"(?:Mo|Tu|We|Th|Fr|Sa|Su|off|closed|24/7|\d{1,2}:\d{2}|[-,; ])+")
"""Only weekdays and times: the same every week. Months, holidays, comments, sun or week numbers are not
plain."""
_COMMENT_ONLY: Final = re.compile(r'\s*"[^"]*"\s*')
"""« "sur rendez-vous" »: the library calls it always open; on a door it means that nobody knows."""
_KEPT: Final = 32
"""Instants whose answers are kept: a page asks for one or two, and the minute changes."""

NEVER: Final = -1
"""Closed as far as one looked."""
UNKNOWN: Final = -2
"""No hours, unreadable ones, or a state that the hours themselves call unknown."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Open from `start` to `end` (wall clock; None: no end seen), with the hours' own comment."""

    start: datetime
    end: datetime | None
    comment: str


@lru_cache(maxsize=4096)
def parsed(text: str) -> OpeningHours | None:
    """The library's reading of `text`, or None: what cannot be read is unknown."""
    if _COMMENT_ONLY.fullmatch(text):
        return None
    try:
        return OpeningHours(text, country="FR", auto_country=False, auto_timezone=False)
    except Exception:  # ParserError is not exported; an unreadable string is data, not a fault
        return None


def weekly(text: str) -> list[tuple[int, int]] | None:
    """Minutes of the week [start, end) when open, Monday 0:00 first; None when `text` is not plain and
    weekly."""
    hours = parsed(text)
    if hours is None or not _PLAIN.fullmatch(text):
        return None
    # The second week: the first may lack the night that began on the Sunday before.
    start = MONDAY + timedelta(weeks=1)
    spans = hours.intervals(start, start + timedelta(minutes=WEEK))
    return [
        (minute(begin) - WEEK, minute(end) - WEEK) for begin, end, state, _ in spans if state == State.OPEN
    ]


def minute(wall: datetime) -> int:
    """Minutes since `MONDAY`, seconds dropped."""
    return (wall - MONDAY) // timedelta(minutes=1)


def openings(hours: OpeningHours, wall: datetime, *, days: int) -> tuple[list[Opening], bool]:
    """The openings from `wall` on, within `days`, touching ones joined; and whether some state is not
    known."""
    limit = wall + timedelta(days=days)
    found: list[Opening] = []
    doubtful = False
    for start, end, state, comment in hours.intervals(wall, limit):
        doubtful = doubtful or state == State.UNKNOWN
        if state != State.OPEN:
            continue
        closing = None if end >= limit else end
        if found and found[-1].end == start:
            found[-1] = Opening(found[-1].start, closing, found[-1].comment)
        else:
            found.append(Opening(start, closing, comment))
    return found, doubtful


@dataclass(frozen=True, slots=True)
class Weeks:
    """The plain weekly hours, flat: those of `ids[i]` are `starts[offsets[i]:offsets[i + 1]]` and the same
    of `ends`, in minutes of the week. `others` are the hours to ask of the library."""

    ids: NDArray[np.int32]
    offsets: NDArray[np.int64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    others: NDArray[np.int32]

    def waits(self, now: int) -> NDArray[np.int64]:
        """Minutes until each opens, at the minute `now` of the week; NEVER when it has no opening. Shapes:
        (ids,)."""
        is_open = (self.starts <= now) & (now < self.ends)
        each = np.where(is_open, 0, (self.starts - now) % WEEK)
        waits = np.full(len(self.ids), NEVER, dtype=np.int64)
        full = np.flatnonzero(np.diff(self.offsets))
        if full.size:
            waits[full] = np.minimum.reduceat(each, self.offsets[full])
        return waits


class Waits:
    """How long until each of the distinct hours of a directory opens."""

    def __init__(self, texts: Sequence[str], weeks: Weeks) -> None:
        self._texts = texts
        self._weeks = weeks
        self._kept: OrderedDict[tuple[datetime, int], NDArray[np.int64]] = OrderedDict()

    def at(self, wall: datetime, *, days: int = HORIZON_DAYS) -> NDArray[np.int64]:
        """Minutes from `wall` to the next opening, 0 when open, NEVER or UNKNOWN. Shapes: (texts + 1,); the
        last one stands for "no hours", so that -1 picks it."""
        key = (wall, days)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._computed(wall, days)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def _computed(self, wall: datetime, days: int) -> NDArray[np.int64]:
        waits = np.full(len(self._texts) + 1, UNKNOWN, dtype=np.int64)
        waits[self._weeks.ids] = self._weeks.waits(minute(wall) % WEEK)
        for place in self._weeks.others:
            waits[place] = wait(self._texts[place], wall, days=days)
        return waits


def wait(text: str, wall: datetime, *, days: int = HORIZON_DAYS) -> int:
    """Minutes from `wall` to the next opening of one hours string, 0 when open, NEVER or UNKNOWN."""
    hours = parsed(text)
    if hours is None:
        return UNKNOWN
    found, doubtful = openings(hours, wall, days=days)
    if found:
        return minute(found[0].start) - minute(wall)
    return UNKNOWN if doubtful else NEVER
