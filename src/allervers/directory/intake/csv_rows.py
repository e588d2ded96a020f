"""CSV, as the world writes it: `,` `;` tab or `|`, newlines in quotes, an index column, a short last line."""

import csv
from collections.abc import Collection, Iterator
from typing import TextIO

from django.utils.translation import gettext as _

from allervers.directory.intake.fetch import Source
from allervers.directory.intake.rows import Header, Row, Table, broken, cut, without_rows
from allervers.directory.intake.words import shown

SEPARATORS = (",", ";", "\t", "|")
LONGEST = 16_000_000  # characters of a line or of a cell: beyond, a quote was never closed


class _Lines:
    """Lines of bounded length, and how the last one ended."""

    def __init__(self, stream: TextIO, label: str) -> None:
        self.stream = stream
        self.label = label
        self.rows = 0  # told to people when the reading stops
        self.ended_well = True  # False: the last line read has no line end

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        try:
            line = self.stream.readline(LONGEST)
        except UnicodeDecodeError as error:
            what = _("il n’est pas écrit en {encoding}").format(encoding=error.encoding)
            raise broken(self.label, after=self.rows, what=what) from None
        if not line:
            raise StopIteration
        self.ended_well = line[-1] in "\r\n"
        if len(line) >= LONGEST:
            raise broken(self.label, after=self.rows, what=_("une ligne dépasse 16 millions de caractères"))
        return line


def csv_table(source: Source, stream: TextIO, *, known: Collection[str]) -> Table:
    """The header, by the separator that gives most `known` columns, else most columns, and the rows."""
    csv.field_size_limit(LONGEST)
    lines = _Lines(stream, source.label)
    header = next((line for line in lines if line.strip()), "")
    separator = max(SEPARATORS, key=lambda mark: _likeness(_cells(header, mark), known))
    columns = tuple(name.strip() for name in _cells(header, separator))
    head = Header(columns, source.label)
    return Table(columns, _rows(lines, head, separator), notes=head.notes())


def _likeness(cells: list[str], known: Collection[str]) -> tuple[int, int]:
    """Known names first; where none is known, the most cells."""
    return len({cell.strip() for cell in cells} & set(known)), len(cells)


def _cells(header: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([header.lstrip("\ufeff")], delimiter=separator), [])
    except csv.Error:
        return []


def _rows(lines: _Lines, head: Header, separator: str) -> Iterator[Row]:
    """A row in trouble is held back until the next one: at the end, it may be where the file was cut."""
    held: Row | None = None
    for row in _readable_rows(lines, head, separator):
        if held:
            yield held
        held = row if row.trouble else None
        if not held:
            yield row
    if held:
        if not lines.ended_well and len(held.values) < len(set(head.columns)):
            raise cut(lines.label, after=lines.rows - 1)
        yield held
    if not lines.rows:
        raise without_rows(lines.label)


def _readable_rows(lines: _Lines, head: Header, separator: str) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield _misquoted(error, lines)
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            lines.rows += 1
            yield _row(lines.rows, cells, head)


def _row(number: int, cells: list[str], head: Header) -> Row:
    values = head.values(cells)
    if len(cells) == len(head.columns):
        return Row(number, values)
    trouble = _(
        "La ligne a {found} cellules au lieu de {expected} : vérifiez les guillemets et les séparateurs."
    )
    return Row(number, values, trouble.format(found=len(cells), expected=len(head.columns)))


def _misquoted(error: csv.Error, lines: _Lines) -> Row:
    """A stray quote costs its row; a quote that is never closed costs the file."""
    message = str(error)
    if "unexpected end" in message:
        raise cut(lines.label, after=lines.rows) from None
    if "larger than field limit" in message:
        what = _("un guillemet n’est jamais refermé")
        raise broken(lines.label, after=lines.rows, what=what) from None
    lines.rows += 1
    return Row(lines.rows, {}, _("La ligne a un guillemet mal placé ({error}).").format(error=shown(message)))
