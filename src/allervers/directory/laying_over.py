"""Corrections laid over the sheets again, after each refresh: what the site, the index and exports show."""

from collections.abc import Iterable

from django.db.models import Max, Q

from allervers.directory.corrections import DESK, as_column
from allervers.directory.intake.staged import Staged
from allervers.directory.models import (
    CLOSED,
    Confirmation,
    FormerRecord,
    Kind,
    Organisation,
    Overlay,
    Record,
    Service,
)

SHEETS: dict[str, type[Organisation] | type[Service]] = {Kind.STRUCTURE: Organisation, Kind.SERVICE: Service}


def lay_over_staged(staged: Staged) -> None:
    """Over every sheet that this run has written. Inside the caller's transaction."""
    for model, lay in ((Overlay, lay_over), (Confirmation, confirm_again)):
        table, alive = model._meta.db_table, "AND c.taken_back_at IS NULL" if model is Overlay else ""
        rows = staged.rows(
            f"SELECT DISTINCT c.kind, c.ident FROM {table} AS c JOIN {staged['record']} AS s"
            f" ON s.kind = c.kind AND s.ident = c.ident WHERE NOT s.waiting {alive}"
        )
        for kind, ident in rows:
            lay(Kind(str(kind)), str(ident))


def lay_over(kind: Kind, ident: str) -> None:
    """All corrections of one sheet that hold."""
    overlays = list(Overlay.objects.filter(kind=kind, ident=ident, taken_back_at=None))
    columns: dict[str, object] = {}
    for one in overlays:
        if one.field == CLOSED:
            columns["retired_at"] = one.at
        else:
            columns[one.field] = as_column(one.field, one.value)
    if columns:
        SHEETS[kind].objects.filter(ident=ident).update(**columns)
    forget(kind, ident, fields=[one.field for one in overlays if one.why == Overlay.Why.OBJECTION])


def forget(kind: Kind, ident: str, *, fields: Iterable[str]) -> None:
    """Who objected is kept nowhere: neither in what was received nor in what was received before."""
    fields = list(fields)
    if not fields:
        return
    records = Record.objects.filter(kind=kind, ident=ident)
    rows: list[Record | FormerRecord] = [*records, *FormerRecord.objects.filter(record__in=records)]
    for row in rows:
        if any(row.payload.get(field) for field in fields):
            row.payload = row.payload | dict.fromkeys(fields)
            row.save(update_fields=["payload"])


def confirm_again(kind: Kind, ident: str) -> None:
    """The later of what the source says and what the desk checked."""
    day = Confirmation.objects.filter(kind=kind, ident=ident).aggregate(last=Max("day"))["last"]
    if day is not None:
        SHEETS[kind].objects.filter(Q(confirmed_on__lte=day) | Q(confirmed_on=None), ident=ident).update(
            confirmed_on=day, confirmed_by=DESK
        )
