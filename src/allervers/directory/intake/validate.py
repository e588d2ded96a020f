"""Validate: the official models of the schéma data·inclusion v1, then what no column of ours can hold."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import orjson
from data_inclusion.schema.base import BaseModel
from django.utils.translation import gettext as _
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from allervers.directory.intake.canonical import LISTS, Values
from allervers.directory.intake.nearest import nearest
from allervers.directory.intake.reasons import reason
from allervers.directory.intake.shape import OFFICIAL
from allervers.directory.intake.words import shown
from allervers.directory.models import Kind

MOST_WEEKS = 2**31 - 1  # a portable integer column
UNKNOWN_DAY = date(2001, 1, 1)  # for the models and for machines: the oldest they take; never kept
BOUNDS = {"latitude": 90.0, "longitude": 180.0}  # degrees


@dataclass(frozen=True, slots=True)
class Fault:
    """One bad field of a row. `value` as received, None when absent."""

    field: str | None
    value: str | None
    reason: str


def validated(values: Values, kind: Kind, *, undated: bool = False) -> BaseModel | list[Fault]:
    """The official record, or one fault a bad field. `undated`: the list may not say when it was true."""
    try:
        record = OFFICIAL[kind].model_validate(
            {"date_maj": UNKNOWN_DAY.isoformat()} | values if undated else values
        )
    except ValidationError as error:
        return _faults(error.errors(include_url=False), values, kind)
    return list(_beyond_columns(values)) or record


def unwritable(received: Mapping[str, object]) -> list[Fault]:
    """Characters and numbers that neither JSON nor a database can keep: one fault a field."""
    return [
        Fault(shown(name), shown(value), why)
        for name, value in received.items()
        if (why := _why_unwritable(name) or _why_unwritable(value))
    ]


def _why_unwritable(value: object) -> str:
    try:
        text = orjson.dumps(value)
    except (TypeError, ValueError, RecursionError) as error:
        message = str(error)
        if "Integer exceeds" in message:
            return _("Ce nombre est trop grand.")
        if "recursion" in message.lower():
            return _("Cette valeur est une liste emboîtée sans fin.")
        return _("Cette valeur contient un caractère illisible : enregistrez le fichier en UTF-8.")
    if b"\\u0000" in text and _holds_nul(value):
        return _("Cette valeur contient un caractère nul, qui n’a pas de sens dans un texte.")
    return ""


def _holds_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, list):
        return any(_holds_nul(item) for item in value)
    return isinstance(value, dict) and any(_holds_nul(key) or _holds_nul(item) for key, item in value.items())


def _faults(errors: list[ErrorDetails], values: Values, kind: Kind) -> list[Fault]:
    by_field: dict[str, list[ErrorDetails]] = {}
    for error in errors:
        by_field.setdefault(str(error["loc"][0]), []).append(error)
    return [_fault(field, found, values, kind) for field, found in by_field.items()]


def _fault(field: str, errors: list[ErrorDetails], values: Values, kind: Kind) -> Fault:
    received = values.get(field)
    items = {error["loc"][1]: error["input"] for error in errors if len(error["loc"]) > 1}
    wrong = list(items.values()) if isinstance(received, list) else []
    sentence = reason(field, errors[0])
    better = nearest(field, wrong[0] if wrong else received, values, kind)
    if better:
        better = f"['{better}']" if field in LISTS and not wrong else better
        sentence = _("{reason} Peut-être « {better} » ?").format(reason=sentence, better=shown(better))
    if field not in values:
        return Fault(field, None, sentence)
    return Fault(field, ", ".join(shown(item) for item in wrong[:20]) if wrong else shown(received), sentence)


def _beyond_columns(values: Values) -> list[Fault]:
    """The models accept « nan », a latitude of 300 and 10³⁰ weeks."""
    faults = []
    for name, value in values.items():
        number = value if isinstance(value, int | float) else _number(value) if name in NUMBERS else None
        if number is None:
            continue
        if not math.isfinite(number):
            faults.append(
                Fault(name, shown(value), _("Un nombre est attendu ; laissez vide s’il est inconnu."))
            )
        elif abs(number) > BOUNDS.get(name, MOST_WEEKS):
            faults.append(Fault(name, shown(value), _beyond(name)))
    return faults


NUMBERS = frozenset({"latitude", "longitude", "volume_horaire_hebdomadaire", "nombre_semaines"})


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None


def _beyond(name: str) -> str:
    if name == "latitude":
        return _("Une latitude est un nombre entre −90 et 90, en degrés.")
    if name == "longitude":
        return _("Une longitude est un nombre entre −180 et 180, en degrés.")
    return _("Ce nombre est trop grand.")
