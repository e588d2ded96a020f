"""Values as the schéma v1 writes them, and as our columns hold them: what a person may correct."""

from collections.abc import Mapping

from allervers.directory.intake.canonical import DECIMALS, INTEGERS, LISTS, Values, canonical
from allervers.directory.intake.shape import FIELDS
from allervers.directory.models import Kind, Organisation, Record, Service

DESK = "guichet"  # the `source` of what the desk writes or confirms itself
NOT_CORRECTED = frozenset({"id", "source", "structure_id", "date_maj"})
CORRECTABLE = {kind: tuple(name for name in FIELDS[kind] if name not in NOT_CORRECTED) for kind in Kind}
CONTACT = "contact_nom_prenom"


def as_column(field: str, value: object) -> object:
    """Unknown text is "", unknown numbers and lists are None."""
    if field in LISTS or field in DECIMALS or field in INTEGERS:
        return value
    return "" if value is None else str(value).strip()


def as_value(field: str, column: object) -> object:
    """The reverse: a column of a sheet as the schéma writes it, None when unknown."""
    return None if column == "" else column


def shown_values(sheet: Organisation | Service, kind: Kind) -> Values:
    """What the sheet says today in each field that may be corrected, corrections laid over."""
    return {field: as_value(field, getattr(sheet, field)) for field in CORRECTABLE[kind]}


def received_values(record: Record) -> Values:
    """What its source says: the fields that it fills."""
    return canonical(record.payload, Kind(record.kind))


def corrected(record: Record, overlays: Mapping[str, object]) -> Values:
    """What the source says, with the values of `overlays` in their place: what exports and machines get.

    `overlays`: {field: value}, as `queries.overlays.live_corrections` gives them.
    """
    values = received_values(record) | dict(overlays)
    return {field: value for field, value in values.items() if value is not None}
