"""Parse: the rows of a table, one at a time, whatever file wrote them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from allervers.directory.intake.refusal import Refused


@dataclass(frozen=True, slots=True)
class Row:
    """A data row as received. `trouble` says why it cannot be read as a record, when it cannot."""

    number: int  # 1-based; header and blank lines not counted
    values: dict[str, object]
    trouble: str = ""
    received: Mapping[str, object] | None = None  # of a row translated into the schéma: what it was before
    set_aside: tuple["SetAside", ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """One value of a translated row that is left out, while the row is kept."""

    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """The columns, and the rows to come. `name`: of a workbook's sheet."""

    columns: tuple[str, ...]
    rows: Iterator[Row]
    name: str = ""
    notes: tuple[str, ...] = ()  # sentences worth saying once


def cut(label: str, *, after: int) -> Refused:
    """The file stops in the middle of a row."""
    return Refused(
        _(
            "« {file} » est coupé : il s’arrête au milieu d’une fiche, après {count} fiches complètes. "
            "L’annuaire n’a pas changé. Téléchargez le fichier de nouveau, puis renvoyez-le."
        ).format(file=label, count=after)
    )


def without_rows(label: str) -> Refused:
    """A header alone, or an empty list."""
    return Refused(
        _(
            "« {file} » ne contient aucune fiche. L’annuaire n’a pas changé. Envoyez le fichier complet."
        ).format(file=label)
    )


def broken(label: str, *, after: int, what: str) -> Refused:
    """The file is not what it says it is, from some row on."""
    return Refused(
        _(
            "« {file} » est abîmé après la fiche {count} : {what}. L’annuaire n’a pas changé. "
            "Téléchargez le fichier de nouveau, ou réparez-le, puis renvoyez-le."
        ).format(file=label, count=after, what=what)
    )
