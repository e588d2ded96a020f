"""XLSX: the sheets of a workbook, row by row. Values as last computed; links and macros never run."""

import warnings
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import chain
from typing import BinaryIO
from zlib import error as ZlibError  # noqa: N812

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from allervers.directory.intake.fetch import Source
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.rows import Header, Row, Table, broken, without_rows
from allervers.directory.intake.words import shown

MOST_BYTES = 2 << 30  # of all parts, unpacked
MOST_TEXT_BYTES = 64 << 20  # of the parts that are read whole: texts shared by the cells, styles
MOST_RATIO = 200  # unpacked bytes a packed byte, in a part of more than a megabyte
MOST_PARTS = 5_000
HEADER_WITHIN = 30  # rows: titles may stand above the header
CHUNK = 1 << 20
# What a damaged package makes zipfile, the XML reader and openpyxl say.
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    ZlibError,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    SyntaxError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
    RecursionError,
    OverflowError,
    AssertionError,
)


@contextmanager
def xlsx_tables(source: Source, *, known: Collection[str], sheet: str = "") -> Iterator[list[Table]]:
    """One table a sheet that holds rows. `known`: names by which a header is told from the titles above it.

    `sheet`: read that one only. Raises Refused: no workbook, cut, encrypted, or a bomb.
    """
    _inspect(source)
    with source.path.open("rb") as file:  # not by its name: openpyxl believes the extension
        yield from _read(file, source, known=known, sheet=sheet)


def _read(file: BinaryIO, source: Source, *, known: Collection[str], sheet: str) -> Iterator[list[Table]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, on the parts it leaves out
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except BROKEN:
        raise broken(source.label, after=0, what=_("ce n’est plus un classeur XLSX")) from None
    try:
        sheets = [one for one in book.worksheets if isinstance(one, ReadOnlyWorksheet)]
        if sheet:
            sheets = [one for one in sheets if one.title == sheet] or _no_such_sheet(source, sheet)
        tables = [table for one in sheets if (table := _table(one, source, known))]
        if not tables:
            raise without_rows(source.label)
        yield tables
    finally:
        book.close()


def _no_such_sheet(source: Source, sheet: str) -> list[ReadOnlyWorksheet]:
    raise Refused(
        _(
            "« {file} » n’a pas de feuille « {sheet} ». L’annuaire n’a pas changé. "
            "Corrigez la correspondance."
        ).format(file=source.label, sheet=shown(sheet))
    )


def _inspect(source: Source) -> None:
    """Look into the package before anything is unpacked in memory."""
    try:
        with zipfile.ZipFile(source.path) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
                raise _not_a_workbook(source.label)
            if any(part.flag_bits & 1 for part in parts):
                raise Refused(
                    _(
                        "« {file} » est protégé par un mot de passe. L’annuaire n’a pas changé. "
                        "Enregistrez-le sans mot de passe, puis renvoyez-le."
                    ).format(file=source.label)
                )
            if _is_a_bomb(parts):
                raise Refused(
                    _(
                        "« {file} » prendrait trop de place une fois déplié. L’annuaire n’a pas changé. "
                        "Enregistrez-le en CSV (UTF-8), puis renvoyez-le."
                    ).format(file=source.label)
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _refuse_entities(package, part, source.label)
    except BROKEN:
        raise broken(source.label, after=0, what=_("ce n’est plus un classeur XLSX")) from None


def _not_a_workbook(label: str) -> Refused:
    return Refused(
        _(
            "« {file} » est une archive ZIP, mais pas un classeur XLSX. L’annuaire n’a pas changé. "
            "Dépliez-la, puis envoyez le fichier CSV, JSON ou XLSX qu’elle contient."
        ).format(file=label)
    )


def _is_a_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    read_whole = [part for part in parts if not part.filename.startswith("xl/worksheets/sheet")]
    return (
        len(parts) > MOST_PARTS
        or sum(part.file_size for part in parts) > MOST_BYTES
        or sum(part.file_size for part in read_whole) > MOST_TEXT_BYTES
        or any(
            part.file_size > CHUNK and part.file_size > MOST_RATIO * max(part.compress_size, 1)
            for part in parts
        )
    )


def _refuse_entities(package: zipfile.ZipFile, part: zipfile.ZipInfo, label: str) -> None:
    """Workbooks never declare a document type: where one stands, entities would follow."""
    tail = b""
    with package.open(part) as stream:
        while chunk := stream.read(CHUNK):
            text = tail + chunk.replace(b"\0", b"")  # UTF-16 too
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise Refused(
                    _(
                        "« {file} » contient du XML piégé (des entités). L’annuaire n’a pas changé. "
                        "Enregistrez-le en CSV (UTF-8), puis renvoyez-le."
                    ).format(file=label)
                )
            tail = text[-16:]


def _table(sheet: ReadOnlyWorksheet, source: Source, known: Collection[str]) -> Table | None:
    """None for a sheet without rows. Titles above a known header are passed over."""
    rows = _cells(sheet, source.label)
    first: list[list[str]] = []
    for cells in rows:
        if any(cells):
            first.append(cells)
        if len(first) == HEADER_WITHIN:
            break
    if len(first) < 2:
        return None
    at = max(range(len(first)), key=lambda number: (len(set(first[number]) & set(known)), -number))
    if not set(first[at]) & set(known):
        at = _first_full(first)
    columns = tuple(name.strip() for name in first[at])
    while columns and not columns[-1]:
        columns = columns[:-1]
    head = Header(columns, source.label)
    return Table(columns, _rows(head, first[at + 1 :], rows), name=str(sheet.title), notes=head.notes())


def _first_full(first: list[list[str]]) -> int:
    """The first row as wide as the widest: a title has a cell or two."""
    filled = [sum(map(bool, cells)) for cells in first]
    return next(number for number, count in enumerate(filled) if count >= 0.7 * max(filled))


def _rows(head: Header, first: list[list[str]], rest: Iterator[list[str]]) -> Iterator[Row]:
    number = 0
    for cells in chain(first, rest):
        if any(cells):
            number += 1
            yield _row(number, cells, head)


def _row(number: int, cells: list[str], head: Header) -> Row:
    beyond = [cell for cell in cells[len(head.columns) :] if cell]
    values = head.values(cells)
    trouble = _("La ligne a des cellules au-delà de la dernière colonne.") if beyond else ""
    return Row(number, values, trouble)


def _cells(sheet: ReadOnlyWorksheet, label: str) -> Iterator[list[str]]:
    """Each row as text, as a CSV of it would say."""
    sheet.reset_dimensions()  # what the file says of its own size may be false
    number = 0
    try:
        for cells in sheet.iter_rows(values_only=True):
            number += 1
            yield [_text(cell) for cell in cells]
    except BROKEN:
        raise broken(label, after=max(number - 1, 0), what=_("ce n’est plus un classeur XLSX")) from None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))  # a SIRET, a postcode: numbers for Excel
    return str(cell)
