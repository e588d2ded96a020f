"""Our own spreadsheet for a town without one: columns in French, lists to choose from, help."""

from allervers.directory.intake.template.columns import COLUMNS, Column
from allervers.directory.intake.template.mapping import template_mapping
from allervers.directory.intake.template.writing import write_csv, write_xlsx

__all__ = ["COLUMNS", "Column", "template_mapping", "write_csv", "write_xlsx"]
