"""Why a result is there, and what is not known of it; most useful first, never an empty list."""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo

from allervers.engines.search import _weights as w
from allervers.engines.search._answer import Reason
from allervers.engines.search._columns import Columns, Flag, Lexicon
from allervers.engines.search._filter import EVERYONE, FREE, PAYING, Moment, zone_codes
from allervers.engines.search._hours import Opening, openings, parsed
from allervers.engines.search._query import Query
from allervers.engines.search._text import Found


def reasons(
    columns: Columns,
    row: int,
    query: Query,
    moment: Moment,
    found: Found | None,
    metres: int,
    zone: tzinfo | None,
) -> tuple[Reason, ...]:
    """`metres` -1: no distance to tell. Times come back aware, in `zone`."""
    return (
        *_where(columns, row, query, metres),
        _when(columns, row, moment, zone),
        _fee(columns.frais.of(row)),
        _public(columns.publics.of(row), query),
        _freshness(int(columns.confirmed[row]), moment.now.date()),
        *_how(int(columns.flags[row])),
        *_words(row, found),
    )


def _where(columns: Columns, row: int, query: Query, metres: int) -> Iterator[Reason]:
    place = query.place
    if metres >= 0:
        yield _known("distance", metres=metres)
    if columns.flags[row] & Flag.REMOTE:
        yield _known("remote")
    elif metres < 0 and place is not None and place.point is not None:
        yield _unknown("place_unknown", code_insee=next(iter(columns.towns.of(row)), None))
    if place is not None and place.has_codes:
        codes = tuple(code for code in columns.zones.of(row) if code in zone_codes(place))
        if codes:
            yield _known("serves_place", codes=codes)


def _when(columns: Columns, row: int, moment: Moment, zone: tzinfo | None) -> Reason:
    code = int(columns.hours[row])
    hours = parsed(columns.hours_texts[code]) if code >= 0 else None
    if hours is None:
        return _unknown("hours_unknown")
    start = moment.asked or moment.now
    found, doubtful = openings(hours, start, days=moment.days)
    if not found:
        return _unknown("hours_unknown") if doubtful else _known("no_opening", within_days=moment.days)
    facts = _facts(found[0], zone)
    if found[0].start > start:
        return _known("opens", **facts)
    if moment.asked is not None:
        return _known("open_at", **facts)
    return _known("open_now", until=facts["until"], comment=facts["comment"])


def _facts(opening: Opening, zone: tzinfo | None) -> dict[str, object]:
    return {
        "at": _aware(opening.start, zone),
        "until": None if opening.end is None else _aware(opening.end, zone),
        "comment": opening.comment,
    }


def _aware(wall: datetime, zone: tzinfo | None) -> datetime:
    return wall.replace(tzinfo=zone)


def _fee(frais: tuple[str, ...]) -> Reason:
    if FREE in frais:
        return _known("free")
    return _known("paying") if PAYING in frais else _unknown("fee_unknown")


def _public(publics: tuple[str, ...], query: Query) -> Reason:
    if not publics:
        return _unknown("public_unknown")
    asked = tuple(public for public in publics if public in query.publics and public != EVERYONE)
    if asked:
        return _known("public", values=asked)
    if EVERYONE in publics:
        return _known("everyone")
    return _known("public", values=publics)


def _freshness(ordinal: int, today: date) -> Reason:
    if not ordinal:
        return _unknown("never_confirmed")
    days = max(today.toordinal() - ordinal, 0)
    return _known("stale" if days > w.STALE_DAYS else "confirmed", days=days, on=date.fromordinal(ordinal))


def _how(flags: int) -> Iterator[Reason]:
    if flags & Flag.WALK_IN:
        yield _known("walk_in")
    if flags & Flag.BY_PROFESSIONAL:
        yield _known("by_professional")
    if flags & Flag.PHONE:
        yield _known("phone")


def _words(row: int, found: Found | None) -> Iterator[Reason]:
    if found is not None:
        bits = int(found.fields[row])
        yield _known("words", where=next(name for bit, name in enumerate(Lexicon.FIELDS) if bits >> bit & 1))


def _known(kind: str, **facts: object) -> Reason:
    return Reason(kind, known=True, facts=facts)


def _unknown(kind: str, **facts: object) -> Reason:
    return Reason(kind, known=False, facts=facts)
