"""The template as files to fill."""

import csv
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from allervers.directory.intake.template.columns import COLUMNS, Column
from allervers.directory.models import Kind

SHEETS = {Kind.STRUCTURE: "Structures", Kind.SERVICE: "Services"}
LISTS, HELP = "Listes", "Mode d’emploi"
ROWS_WITH_LISTS = 2_000
HEADER = PatternFill("solid", fgColor="1F3A5F")
REQUIRED = PatternFill("solid", fgColor="8A2B2B")
WIDTHS = {"description": 50, "nom": 34, "structure_id": 34, "thematiques": 40, "horaires_accueil": 38}
HOW_TO = (
    "Remplissez la feuille « Structures » : une ligne par organisme. "
    "Puis la feuille « Services » : une ligne par offre, avec le nom exact de sa structure.",
    "Les colonnes à fond rouge sont obligatoires. Ce qui n’est pas connu reste vide : rien n’est inventé.",
    "La ligne qui commence par EXEMPLE n’est jamais importée : gardez-la ou effacez-la.",
    "Puis : allervers import ce-fichier.xlsx --feed ma-liste "
    "(d’abord avec --dry-run, pour voir ce qui changerait).",
)


def write_xlsx(path: Path) -> None:
    book = Workbook()
    book.remove(book.active)
    pages = {kind: book.create_sheet(title) for kind, title in SHEETS.items()}
    help_page, lists = book.create_sheet(HELP), book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    ranges = _write_lists(lists)
    for kind, page in pages.items():
        _write_page(page, COLUMNS[kind], ranges)
    _write_help(help_page)
    book.save(path)


def write_csv(path: Path, kind: Kind) -> None:
    """With a byte order mark and « ; », as French spreadsheets expect."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([column.header for column in COLUMNS[kind]])
        writer.writerow([column.example for column in COLUMNS[kind]])


def _write_lists(page: Worksheet) -> dict[tuple[str, ...], str]:
    """One column a list; gives back where each one stands."""
    ranges: dict[tuple[str, ...], str] = {}
    for column in (one for columns in COLUMNS.values() for one in columns if one.options):
        labels = column.labels()
        if labels in ranges:
            continue
        at = len(ranges) + 1
        for row, label in enumerate(labels, start=1):
            page.cell(row, at, label)
        letter = get_column_letter(at)
        ranges[labels] = f"{LISTS}!${letter}$1:${letter}${len(labels)}"
    return ranges


def _write_page(page: Worksheet, columns: Sequence[Column], ranges: dict[tuple[str, ...], str]) -> None:
    for at, column in enumerate(columns, start=1):
        letter = get_column_letter(at)
        head = page.cell(1, at, column.header)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), REQUIRED if column.required else HEADER
        head.alignment = Alignment(wrap_text=True, vertical="center")
        head.comment = Comment(column.help, "Allervers", width=260, height=90)
        cell = page.cell(2, at, column.example)
        cell.font = Font(italic=True, color="666666")
        page.column_dimensions[letter].width = WIDTHS.get(column.field, 20)
        page.column_dimensions[letter].number_format = "@"  # text: a postcode keeps its zero
        if column.options:
            choice = DataValidation("list", formula1=f"={ranges[column.labels()]}", allow_blank=True)
            choice.errorTitle, choice.error = column.header, "Choisissez dans la liste, ou laissez vide."
            choice.add(f"{letter}2:{letter}{ROWS_WITH_LISTS}")
            page.add_data_validation(choice)
    page.row_dimensions[1].height = 32
    page.freeze_panes = "B2"


def _write_help(page: Worksheet) -> None:
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 34, 90
    for sentence in HOW_TO:
        page.append([sentence])
    for kind, title in SHEETS.items():
        page.append([])
        page.append([title])
        page.cell(page.max_row, 1).font = Font(bold=True)
        for column in COLUMNS[kind]:
            page.append([column.header, column.help])
