"""Hours in free French as OSM opening hours, where there is one way to read them.

« lundi: 09:00 - 12:00 / 14:00 - 18:00 », « du lundi au vendredi de 9h à 17h », « fermé entre 12h30 et 14h ».
A word that is not understood leaves the whole text as it was written: better no answer than a wrong door.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # its stubs lag

CODES = {"lundi": "Mo", "mardi": "Tu", "mercredi": "We", "jeudi": "Th", "vendredi": "Fr", "samedi": "Sa",
         "dimanche": "Su"}  # fmt: skip
WEEK = tuple(CODES.values())
SHORT = {"lun": "Mo", "mar": "Tu", "mer": "We", "jeu": "Th", "ven": "Fr", "sam": "Sa", "dim": "Su"}
LONGEST = 600  # characters: a longer text says more than hours
DAY = "(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim)s?\\.?"
TIME = r"\d{1,2} ?(?:h|:|heures?) ?(?:\d{2})?|midi|minuit"
SPAN = re.compile(rf"(?:de |entre )?({TIME}) ?(?:-|a|et|jusqu'a|/) ?({TIME})")
NOTHING = re.compile(r"0?0[:h]00 ?- ?0?0[:h]00")  # what forms write in the cells nobody fills
CLOSED_BETWEEN = re.compile(rf"ferme(?:e|ture)? (?:de|entre) ({TIME}) ?(?:-|a|et) ?({TIME})")
DAYS = re.compile(rf"(?:du |de |le |les |tous les )?({DAY})(?:(?: ?(-|au|a|,|et|/|&)+ ?(?:le )?)({DAY}))*")
ALL_DAYS = re.compile(r"7 ?j(?:ours)?(?:/| sur )7|tous les jours")
NOISE = re.compile(
    r"\b(?:de|et|puis|ouvert(?:e|ure)?|horaires?|accueil|du public|au public|matin|apres-midi)\b|[:.,;/&\s-]"
)

Spans = list[tuple[int, int]]  # minutes from midnight


@lru_cache(maxsize=8192)
def osm_hours(text: str) -> str:
    """OSM opening hours, or "" when the text is not surely understood. OSM hours come back as they are."""
    if len(text) > LONGEST:
        return ""
    if _is_osm(text):
        return text
    plain = _plain(text)
    week: dict[str, Spans] = {}
    starts = list(DAYS.finditer(plain)) or list(ALL_DAYS.finditer(plain))
    if not starts or NOISE.sub("", plain[: starts[0].start()]):
        return ""
    ends = [match.start() for match in starts[1:]] + [len(plain)]
    for match, end in zip(starts, ends, strict=True):
        days, spans = _days(match[0]), _spans(plain[match.end() : end])
        if days is None or spans is None or set(days) & set(week):
            return ""
        week |= dict.fromkeys(days, spans)
    return _written(week)


def osm_week(cells: Mapping[str, str]) -> str | None:
    """From one cell a weekday (« lundi » → « 09:00 - 12:00 / 14:00 - 17:00 »): "" when all are empty, None
    when one of them is not surely understood."""
    week: dict[str, Spans] = {}
    for day, cell in cells.items():
        spans = _spans(_plain(cell))
        if spans is None:
            return None
        week[CODES[day]] = spans
    return _written(week) if any(week.values()) else ""


def _is_osm(text: str) -> bool:
    if not re.search(r"\b(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|24/7)\b", text):
        return False
    try:
        OpeningHours(text)
    except ParserError:
        return False
    return True


def _plain(text: str) -> str:
    lower = unicodedata.normalize("NFD", text.lower().replace("’", "'").replace("–", "-").replace("—", "-"))
    bare = "".join(" " if sign in "()[]" else sign for sign in lower if not unicodedata.combining(sign))
    return re.sub(r"\s+", " ", bare).strip()


def _code(day: str) -> str:
    return CODES.get(day.rstrip(".").rstrip("s").rstrip("."), "") or SHORT[day[:3]]


def _days(text: str) -> list[str] | None:
    """« du lundi au jeudi », « lundi, mardi et jeudi »."""
    if ALL_DAYS.fullmatch(text):
        return list(WEEK)
    names = [_code(name) for name in re.findall(DAY, text)]
    between = re.sub(DAY, " ", text).split()
    if len(names) == 2 and set(between) & {"au", "a", "-"}:
        first, last = WEEK.index(names[0]), WEEK.index(names[1])
        return list(WEEK[first : last + 1]) if first < last else None
    if set(between) & {"au", "a", "-"}:
        return None
    return names if len(set(names)) == len(names) else None


def _spans(text: str) -> Spans | None:
    """[] for a closed day, None when a word is not understood."""
    closed = [_span(match) for match in CLOSED_BETWEEN.finditer(text)]
    rest = CLOSED_BETWEEN.sub(" ", text)
    said = [match for match in SPAN.finditer(rest) if not NOTHING.fullmatch(match[0])]
    spans = list(dict.fromkeys(_span(match) for match in said))
    rest = SPAN.sub(" ", rest)
    if not spans and re.fullmatch(r"[:\s-]*(?:ferme(?:e|ture)?)?[.,;/\s-]*", rest):
        return [] if not closed else None
    if NOISE.sub("", rest) or None in spans or None in closed or not spans:
        return None
    opened = sorted(span for span in spans if span)
    if any(before[1] > after[0] for before, after in pairwise(opened)):
        return None
    return _without(opened, [span for span in closed if span])


def _span(match: re.Match[str]) -> tuple[int, int] | None:
    start, end = _minutes(match[1]), _minutes(match[2])
    if start is None or end is None:
        return None
    end = end or 24 * 60
    return (start, end) if start < end else None


def _minutes(text: str) -> int | None:
    if text in ("midi", "minuit"):
        return 12 * 60 if text == "midi" else 0
    hours, minutes = re.fullmatch(r"(\d{1,2}) ?(?:h|:|heures?) ?(\d{2})?", text).groups()  # type: ignore[union-attr]
    total = int(hours) * 60 + int(minutes or 0)
    return total if int(minutes or 0) < 60 and total <= 24 * 60 else None


def _without(opened: Spans, closed: Spans) -> Spans | None:
    """« 9h à 17h, fermé entre 12h30 et 14h »: the pause must lie within what is open."""
    for start, end in closed:
        around = [span for span in opened if span[0] < start and end < span[1]]
        if len(around) != 1:
            return None
        opened = [span for span in opened if span != around[0]] + [(around[0][0], start), (end, around[0][1])]
    return sorted(opened)


def _written(week: Mapping[str, Spans]) -> str:
    """« Mo-We,Fr 09:00-12:00,14:00-18:00 »: days of the same hours together, in the order of the week."""
    by_hours: dict[str, list[str]] = {}
    for day in WEEK:
        if spans := week.get(day):
            by_hours.setdefault(
                ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans), []
            ).append(day)
    return "; ".join(f"{_ranges(days)} {hours}" for hours, days in by_hours.items())


def _ranges(days: list[str]) -> str:
    runs: list[list[str]] = []
    for day in days:
        if runs and WEEK.index(runs[-1][-1]) + 1 == WEEK.index(day):
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
