"""Normalise: an official record as the columns of our sheets."""

import re
from typing import Any

import orjson
from data_inclusion.schema.base import BaseModel

from allervers.directory.intake.canonical import DATES, DECIMALS, INTEGERS, LISTS, Values
from allervers.directory.intake.cleaning import clean_line, clean_text
from allervers.directory.intake.shape import FIELDS
from allervers.directory.models import Kind

Columns = dict[str, str | int | float | None]

LINKS = frozenset({"lien_source", "site_web", "accessibilite_lieu", "lien_mobilisation"})
TEXTS = frozenset(
    {
        "description",
        "frais_precisions",
        "publics_precisions",
        "conditions_acces",
        "mobilisation_precisions",
        "horaires_accueil",
    }
)
LINES = frozenset(
    {"nom", "commune", "adresse", "complement_adresse", "telephone", "courriel", "contact_nom_prenom"}
)
NOT_ON_THE_SHEET = frozenset({"id", "structure_id"})  # kept as `ident` and as the organisation
SPACE = re.compile(r"[\x00-\x20\x7f]")
COLUMNS = {
    kind: (
        "ident",
        *(name for name in FIELDS[kind] if name not in NOT_ON_THE_SHEET),
        "confirmed_on",
        "confirmed_by",
    )
    for kind in Kind
}


def normalised(values: Values, record: BaseModel, kind: Kind) -> Columns:
    """Ready for the database: unknown text is "", unknown numbers and lists are None, lists are JSON text.

    Codes of merged municipalities and names of contacts stay as received.
    """
    columns: Columns = {"ident": str(values["id"])}
    for name in FIELDS[kind]:
        if name not in NOT_ON_THE_SHEET:
            columns[name] = _column(name, values.get(name), record)
    columns["confirmed_on"] = columns["date_maj"]  # None: the list does not say
    columns["confirmed_by"] = columns["source"]
    return columns


def _column(name: str, value: Any, record: BaseModel) -> str | int | float | None:
    if name in LISTS:
        return None if value is None else orjson.dumps(list(dict.fromkeys(value))).decode()
    if name in DECIMALS or name in INTEGERS:
        number: int | float | None = getattr(record, name)  # as the model read it
        return number
    if value is None:
        return None if name in DATES else ""
    if name in LINKS:
        return _link(str(value), str(getattr(record, name)))
    if name in DATES:
        return str(getattr(record, name))
    if name in TEXTS:
        return clean_text(str(value))
    return clean_line(str(value)) if name in LINES else str(value).strip()


def _link(received: str, read: str) -> str:
    """As the source wrote it; where spaces or line ends hide in it, as browsers would read it."""
    text = received.strip()
    return read if SPACE.search(text) else text
