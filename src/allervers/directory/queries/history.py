"""The life of one sheet: where it comes from, who confirmed it, every change since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from allervers.directory.corrections import received_values
from allervers.directory.intake.canonical import Values, canonical
from allervers.directory.intake.preview import differences
from allervers.directory.models import (
    CLOSED,
    Confirmation,
    FormerRecord,
    Kind,
    Organisation,
    Overlay,
    Service,
)

NOT_TOLD = frozenset({"date_maj"})  # changes at every refresh, and says nothing of its own


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a sheet.

    `what`: "received" (first version), "changed" (by its source), "corrected", "objected", "closed",
    "taken_back", "confirmed", "missing", "retired". `fields`: {field: [before, after]}, None where empty.
    `by`: Actor.ref of who did it, "" for its source.
    """

    at: datetime
    what: str
    by: str = ""
    fields: Mapping[str, list[object]] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """`feed` "" for a sheet made by hand. `corrections` are those that hold, by field."""

    source: str
    feed: str
    received_at: datetime
    confirmed_on: date | None  # None: nobody knows
    confirmed_by: str
    missing_since: datetime | None
    corrections: Mapping[str, Overlay]
    events: tuple[Event, ...]  # the last first


def history(sheet: Organisation | Service) -> History:
    """Three statements, and two more when the record and its feed were not read with the sheet."""
    kind = Kind.SERVICE if isinstance(sheet, Service) else Kind.STRUCTURE
    record = sheet.record
    overlays = list(Overlay.objects.filter(kind=kind, ident=sheet.ident))
    events = [
        *_received(sheet, kind, list(record.former.order_by("pk"))),
        *(event for overlay in overlays for event in _overlaid(overlay)),
        *(
            Event(one.at, "confirmed", one.by)
            for one in Confirmation.objects.filter(kind=kind, ident=sheet.ident)
        ),
    ]
    if record.missing_since:
        events.append(Event(record.missing_since, "missing"))
    if sheet.retired_at and not any(one.field == CLOSED and not one.taken_back_at for one in overlays):
        events.append(Event(sheet.retired_at, "retired"))
    return History(
        source=sheet.source,
        feed=record.feed.slug if record.feed else "",
        received_at=record.received_at,
        confirmed_on=sheet.confirmed_on,
        confirmed_by=sheet.confirmed_by,
        missing_since=record.missing_since,
        corrections={one.field: one for one in overlays if one.taken_back_at is None},
        events=tuple(sorted(events, key=lambda event: event.at, reverse=True)),
    )


def _received(sheet: Organisation | Service, kind: Kind, former: list[FormerRecord]) -> Iterator[Event]:
    versions: list[tuple[datetime, Values]] = [
        (one.received_at, canonical(one.payload, kind)) for one in former
    ]
    versions.append((sheet.record.received_at, received_values(sheet.record)))
    yield Event(versions[0][0], "received")
    for (_at, before), (at, after) in pairwise(versions):
        changed = {name: pair for name, pair in differences(before, after).items() if name not in NOT_TOLD}
        if changed:
            yield Event(at, "changed", fields=changed)


def _overlaid(overlay: Overlay) -> Iterator[Event]:
    is_closing, objected = overlay.field == CLOSED, overlay.why == Overlay.Why.OBJECTION
    what = "closed" if is_closing else "objected" if objected else "corrected"
    fields = {} if is_closing or objected else {overlay.field: [overlay.source_value, overlay.value]}
    yield Event(overlay.at, what, overlay.by, fields, overlay.reason)
    if overlay.taken_back_at:
        yield Event(overlay.taken_back_at, "taken_back", overlay.taken_back_by, {overlay.field: []})
