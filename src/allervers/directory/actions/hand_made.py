"""A sheet made by hand, for an association without a computer: no feed, the same life, the same journal."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from django.db import transaction
from django.utils import timezone

from allervers.accounts.actor import Actor
from allervers.accounts.policies import require
from allervers.directory.actions.correcting import BadValues, NoSheet
from allervers.directory.changes import tell
from allervers.directory.corrections import CORRECTABLE, DESK
from allervers.directory.intake.canonical import LISTS, Values, canonical, content_hash
from allervers.directory.intake.normalise import normalised
from allervers.directory.intake.validate import validated
from allervers.directory.models import Kind, Organisation, Record, Service
from allervers.directory.policies import can_correct
from allervers.journal import actions as journal


@transaction.atomic
def create_organisation(values: Mapping[str, object], *, by: Actor, now: datetime) -> Organisation:
    """`values`: {field: value} of the schéma. Raises NotAllowed, BadValues."""
    require(can_correct(by))
    record, columns = _received(Kind.STRUCTURE, values, now=now)
    organisation = Organisation.objects.create(record=record, **columns)
    journal.record("sheet.created", "structure", organisation.uid, by=by.ref, at=now, fields=sorted(values))
    tell(now, services=[])
    return organisation


@transaction.atomic
def create_service(
    structure_ident: str, values: Mapping[str, object], *, by: Actor, now: datetime
) -> Service:
    """Of any organisation, made by hand or not. Raises NotAllowed, BadValues, NoSheet."""
    require(can_correct(by))
    organisation = Organisation.objects.filter(ident=structure_ident, retired_at=None).first()
    if organisation is None:
        raise NoSheet(structure_ident)
    whole = {**values, "structure_id": structure_ident}
    record, columns = _received(Kind.SERVICE, whole, now=now)
    service = Service.objects.create(record=record, organisation=organisation, **columns)
    journal.record("sheet.created", "service", service.uid, by=by.ref, at=now, fields=sorted(values))
    tell(now, services=[service.ident])
    return service


def _received(kind: Kind, values: Mapping[str, object], *, now: datetime) -> tuple[Record, dict[str, Any]]:
    """The record that stands for what was typed, and the columns of its sheet."""
    known = {name: values[name] for name in (*CORRECTABLE[kind], "structure_id") if values.get(name)}
    ident = f"{DESK}--{uuid.uuid4()}"
    payload: Values = {
        "source": DESK,
        "id": ident,
        "date_maj": timezone.localdate(now).isoformat(),
        **known,
    }
    read = canonical(payload, kind)
    official = validated(read, kind)
    if isinstance(official, list):
        raise BadValues(official)
    record = Record.objects.create(
        kind=kind,
        ident=ident,
        source=DESK,
        payload=payload,
        content_hash=content_hash(read, kind),
        received_at=now,
        structure_ident=str(payload.get("structure_id", "")),
    )
    columns: dict[str, Any] = dict(normalised(read, official, kind))
    lists = {name: orjson.loads(text) for name, text in columns.items() if name in LISTS and text}
    return record, columns | lists
