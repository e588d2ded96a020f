"""Which kind of records a table holds: read from its columns, never from its name."""

from collections.abc import Collection
from dataclasses import dataclass

from data_inclusion.schema import v1
from data_inclusion.schema.base import BaseModel
from django.utils.translation import gettext as _

from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.words import listed
from allervers.directory.models import Kind

OFFICIAL: dict[Kind, type[BaseModel]] = {Kind.STRUCTURE: v1.Structure, Kind.SERVICE: v1.Service}
FIELDS = {kind: tuple(model.model_fields) for kind, model in OFFICIAL.items()}
REQUIRED = {
    kind: tuple(name for name, field in model.model_fields.items() if field.is_required())
    for kind, model in OFFICIAL.items()
}
ALL_FIELDS = frozenset(FIELDS[Kind.STRUCTURE]) | frozenset(FIELDS[Kind.SERVICE])
OWN_FIELDS = {
    Kind.STRUCTURE: frozenset(FIELDS[Kind.STRUCTURE]) - frozenset(FIELDS[Kind.SERVICE]),
    Kind.SERVICE: frozenset(FIELDS[Kind.SERVICE]) - frozenset(FIELDS[Kind.STRUCTURE]),
}
INDEX_COLUMNS = ("", "Unnamed: 0", "index")  # written by spreadsheets' and pandas' exports: not worth a word


@dataclass(frozen=True, slots=True)
class Shape:
    kind: Kind
    ignored: tuple[str, ...]  # columns that the schéma does not know


def recognised(columns: Collection[str], *, label: str) -> Shape:
    """The kind whose required columns are all there. Raises Refused, which says what is missing."""
    kind = _kind(columns)
    missing = [name for name in REQUIRED[kind] if name not in columns]
    known = [name for name in columns if name in ALL_FIELDS]
    if missing:
        raise _other_shape(label, columns, kind, known=known, missing=missing)
    ignored = [name for name in columns if name not in FIELDS[kind] and name not in INDEX_COLUMNS]
    return Shape(kind, tuple(ignored))


def _kind(columns: Collection[str]) -> Kind:
    """A structure_id makes a service; else whichever kind has the most columns of its own."""
    services = len(OWN_FIELDS[Kind.SERVICE] & set(columns))
    structures = len(OWN_FIELDS[Kind.STRUCTURE] & set(columns))
    return Kind.SERVICE if "structure_id" in columns or services > structures else Kind.STRUCTURE


def _other_shape(
    label: str, columns: Collection[str], kind: Kind, *, known: list[str], missing: list[str]
) -> Refused:
    if not known:
        return Refused(
            _(
                "« {file} » n’est ni un fichier de structures ni un fichier de services data·inclusion : "
                "aucune de ses colonnes n’est reconnue ({columns}), il manque au moins {missing}. "
                "L’annuaire n’a pas changé. Envoyez les fichiers de data·inclusion tels qu’ils sont publiés, "
                "ou dites ce que sont ses colonnes (--mapping)."
            ).format(file=label, columns=listed(list(columns)) or _("aucune"), missing=listed(missing))
        )
    return Refused(
        _(
            "« {file} » ressemble à un fichier de {kind} : on y a reconnu {known}, mais il manque {missing}. "
            "L’annuaire n’a pas changé. Ajoutez ces colonnes, puis renvoyez le fichier."
        ).format(file=label, kind=KIND_WORDS[kind](), known=listed(known), missing=listed(missing))
    )


KIND_WORDS = {Kind.STRUCTURE: lambda: _("structures"), Kind.SERVICE: lambda: _("services")}
