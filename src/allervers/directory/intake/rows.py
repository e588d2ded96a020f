"""Parse: the rows of a table, one at a time, whatever file wrote them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.words import NAME_LENGTH, listed, shown


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


class Header:
    """The names of the columns. A name that stands twice is read once, where both say the same."""

    def __init__(self, columns: Sequence[str], label: str) -> None:
        self.columns = tuple(columns)
        self.label = label
        first = {name: at for at, name in reversed(list(enumerate(self.columns)))}
        self._doubles = [
            (first[name], at) for at, name in enumerate(self.columns) if name and first[name] != at
        ]

    def notes(self) -> tuple[str, ...]:
        if not self._doubles:
            return ()
        names = listed([self.columns[at] for at, _double in self._doubles])
        said = _(
            "« {file} » : colonnes présentes deux fois avec les mêmes valeurs, lues une fois : {columns}."
        )
        return (said.format(file=self.label, columns=names),)

    def values(self, cells: Sequence[str]) -> dict[str, object]:
        """Raises Refused when two columns of one name differ: nobody knows which to believe."""
        for at, double in self._doubles:
            if double < len(cells) and cells[at].strip() != cells[double].strip():
                raise Refused(
                    _(
                        "« {file} » a deux colonnes « {name} » aux valeurs différentes : "
                        "on ne sait pas laquelle croire. L’annuaire n’a pas changé. "
                        "Gardez-en une, puis renvoyez le fichier."
                    ).format(file=self.label, name=shown(self.columns[at], length=NAME_LENGTH))
                )
        return dict(zip(self.columns, cells, strict=False))


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
