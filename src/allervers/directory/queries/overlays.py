"""Corrections that hold: for those who show or export what a sheet says."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from allervers.directory.corrections import received_values
from allervers.directory.models import CLOSED, Kind, Overlay, Record

Key = tuple[str, str]  # kind, id


def live_corrections(kind: Kind, idents: Collection[str] | None = None) -> Mapping[str, Mapping[str, object]]:
    """{id: {field of the schéma: value}} of one kind, in one statement; all of them without `idents`."""
    rows = Overlay.objects.filter(kind=kind, taken_back_at=None).exclude(field=CLOSED)
    if idents is not None:
        rows = rows.filter(ident__in=idents)
    found: dict[str, dict[str, object]] = defaultdict(dict)
    for overlay in rows:
        found[overlay.ident][overlay.field] = overlay.value
    return found


def corrections_of(kind: Kind, ident: str) -> list[Overlay]:
    """Those that hold on one sheet, the oldest first."""
    return list(Overlay.objects.filter(kind=kind, ident=ident, taken_back_at=None))


def outlived_corrections() -> list[tuple[Overlay, object]]:
    """Those whose source says something else than when they were made: (correction, what it says now).

    For the desk: the source may have been right since. Two statements.
    """
    alive = Overlay.objects.filter(taken_back_at=None, why=Overlay.Why.CORRECTION)
    overlays = list(alive.exclude(field=CLOSED))
    records = Record.objects.filter(quarantined=False, ident__in={one.ident for one in overlays})
    received = {(row.kind, row.ident): received_values(row) for row in records}
    pairs = [(one, received.get((one.kind, one.ident), {}).get(one.field)) for one in overlays]
    return [
        (one, says) for one, says in pairs if one.source_value != says and one.why == Overlay.Why.CORRECTION
    ]
