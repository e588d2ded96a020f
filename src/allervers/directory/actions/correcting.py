"""A human's corrections: they beat the source, field by field, survive every refresh, can be taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from allervers.accounts.actor import Actor
from allervers.accounts.policies import require
from allervers.directory.changes import tell
from allervers.directory.corrections import CONTACT, CORRECTABLE, as_column, received_values, shown_values
from allervers.directory.intake.canonical import LISTS, canonical
from allervers.directory.intake.validate import UNKNOWN_DAY, Fault, validated
from allervers.directory.laying_over import SHEETS, confirm_again, lay_over
from allervers.directory.models import CLOSED, Confirmation, Kind, Organisation, Overlay, Service
from allervers.directory.policies import can_correct
from allervers.journal import actions as journal

Sheet = Organisation | Service


class NoSheet(Exception):
    """No sheet bears this kind and id, or the correction named does not hold."""


class BadValues(Exception):
    """The schéma refuses some of the values: `faults` says which and why. Nothing changed."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(str(fault.field) for fault in faults))
        self.faults = tuple(faults)


class ChangedMeanwhile(Exception):
    """Someone, or a refresh, changed the sheet since it was shown. Nothing changed.

    `differences`: {field: (what was shown, what it says now)}: to show, before asking again.
    """

    def __init__(self, differences: Mapping[str, tuple[object, object]]) -> None:
        super().__init__(", ".join(differences))
        self.differences = dict(differences)


@transaction.atomic
def correct(
    kind: Kind,
    ident: str,
    *,
    values: Mapping[str, object],
    seen: Mapping[str, object],
    reason: str,
    by: Actor,
    now: datetime,
) -> list[Overlay]:
    """Put `values` in the place of what the source says; gives back the corrections made.

    `values` and `seen` are {field: value} as the schéma writes them (None: unknown). `seen` is what the
    editor was shown (`shown_values`): where the sheet says otherwise by now, ChangedMeanwhile. A value equal
    to what is shown is no correction. Raises NotAllowed, NoSheet, BadValues, ChangedMeanwhile.
    """
    require(can_correct(by))
    sheet = _locked(kind, ident)
    shown = shown_values(sheet, kind)
    _expect(seen, shown)
    changes = {field: value for field, value in values.items() if not _same(field, shown.get(field), value)}
    read = _valid(kind, sheet, shown, changes)
    made = [
        _lay(kind, sheet, field, read.get(field), reason=reason, by=by, now=now) for field in sorted(changes)
    ]
    _show(kind, sheet, by=by, now=now, verb="sheet.corrected", fields=sorted(changes))
    return made


@transaction.atomic
def take_back(uid: UUID, *, by: Actor, now: datetime) -> Overlay:
    """The source has its say again in this field. Raises NotAllowed, NoSheet."""
    require(can_correct(by))
    overlay = Overlay.objects.select_for_update().filter(uid=uid, taken_back_at=None).first()
    if overlay is None:
        raise NoSheet(str(uid))
    kind = Kind(overlay.kind)
    sheet = _locked(kind, overlay.ident)
    overlay.taken_back_at, overlay.taken_back_by = now, by.ref
    overlay.save(update_fields=["taken_back_at", "taken_back_by"])
    if overlay.field == CLOSED:
        column: dict[str, object] = {"retired_at": None}
    else:
        says = received_values(sheet.record).get(overlay.field)
        column = {overlay.field: as_column(overlay.field, says)}
    SHEETS[kind].objects.filter(pk=sheet.pk).update(**column)
    _show(kind, sheet, by=by, now=now, verb="correction.taken_back", fields=[overlay.field])
    return overlay


@transaction.atomic
def object_to_contact(ident: str, *, by: Actor, now: datetime) -> Overlay:
    """The person named on a service does not want to be: gone at once, from what was received too, and kept
    out of every refresh. Raises NotAllowed, NoSheet."""
    require(can_correct(by))
    sheet = _locked(Kind.SERVICE, ident)
    overlay = _lay(Kind.SERVICE, sheet, CONTACT, None, reason="", by=by, now=now, why=Overlay.Why.OBJECTION)
    Overlay.objects.filter(kind=Kind.SERVICE, ident=ident, field=CONTACT).update(
        source_value=None, value=None
    )
    _show(Kind.SERVICE, sheet, by=by, now=now, verb="contact.objected", fields=[CONTACT])
    return overlay


@transaction.atomic
def close(kind: Kind, ident: str, *, reason: str, by: Actor, now: datetime) -> Overlay:
    """« C’est fermé »: retired whatever the source says, until taken back. Raises NotAllowed, NoSheet."""
    require(can_correct(by))
    sheet = _locked(kind, ident)
    overlay = _lay(kind, sheet, CLOSED, True, reason=reason, by=by, now=now)
    _show(kind, sheet, by=by, now=now, verb="sheet.closed", fields=[CLOSED])
    return overlay


@transaction.atomic
def confirm(kind: Kind, ident: str, *, by: Actor, now: datetime) -> Confirmation:
    """Someone of the desk checked that the sheet is true today. Raises NotAllowed, NoSheet."""
    require(can_correct(by))
    sheet = _locked(kind, ident)
    confirmation = Confirmation.objects.create(
        kind=kind, ident=ident, day=timezone.localdate(now), by=by.ref, at=now
    )
    _show(kind, sheet, by=by, now=now, verb="sheet.confirmed", fields=["confirmed_on"])
    return confirmation


def _locked(kind: Kind, ident: str) -> Sheet:
    sheets = SHEETS[kind].objects.select_for_update(of=("self",)).select_related("record")
    sheet = sheets.filter(ident=ident).first()
    if sheet is None:
        raise NoSheet(ident)
    return sheet


def _expect(seen: Mapping[str, object], shown: Mapping[str, object]) -> None:
    differences = {
        field: (value, shown[field])
        for field, value in seen.items()
        if field in shown and not _same(field, value, shown[field])
    }
    if differences:
        raise ChangedMeanwhile(differences)


def _same(field: str, one: object, other: object) -> bool:
    """Lists of codes are sets; "" and None are both unknown."""
    if field in LISTS and isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return (None if one == "" else one) == (None if other == "" else other)


def _valid(
    kind: Kind, sheet: Sheet, shown: Mapping[str, object], changes: Mapping[str, object]
) -> Mapping[str, object]:
    """The changes as the schéma reads them. Only their own faults count: others were there before."""
    unknown = [name for name in changes if name not in CORRECTABLE[kind]]
    if unknown:
        raise BadValues([Fault(name, None, _("Ce champ ne se corrige pas.")) for name in unknown])
    whole = {
        "id": sheet.ident,
        "source": sheet.source,
        "date_maj": (sheet.date_maj or UNKNOWN_DAY).isoformat(),
    }
    if isinstance(sheet, Service):
        whole["structure_id"] = sheet.organisation.ident
    values = canonical({**shown, **changes, **whole}, kind)
    record = validated(values, kind)
    if isinstance(record, list):
        faults = [fault for fault in record if fault.field in changes]
        if faults:
            raise BadValues(faults)
    return values


def _lay(
    kind: Kind,
    sheet: Sheet,
    field: str,
    value: object,
    *,
    reason: str,
    by: Actor,
    now: datetime,
    why: Overlay.Why = Overlay.Why.CORRECTION,
) -> Overlay:
    """The new correction of this field; the former one is history."""
    Overlay.objects.filter(kind=kind, ident=sheet.ident, field=field, taken_back_at=None).update(
        taken_back_at=now, taken_back_by=by.ref
    )
    says = None if why == Overlay.Why.OBJECTION else received_values(sheet.record).get(field)
    return Overlay.objects.create(
        kind=kind,
        ident=sheet.ident,
        field=field,
        value=value,
        source_value=says,
        why=why,
        reason=reason,
        by=by.ref,
        at=now,
    )


def _show(kind: Kind, sheet: Sheet, *, by: Actor, now: datetime, verb: str, fields: Sequence[str]) -> None:
    """On the sheet, in the journal, and to the indexes."""
    lay_over(kind, sheet.ident)
    confirm_again(kind, sheet.ident)
    journal.record(verb, kind.value, sheet.uid, by=by.ref, at=now, fields=fields)
    services = Service.objects.filter(organisation=sheet.pk) if kind is Kind.STRUCTURE else None
    idents = [sheet.ident] if services is None else list(services.values_list("ident", flat=True))
    tell(now, services=idents)
