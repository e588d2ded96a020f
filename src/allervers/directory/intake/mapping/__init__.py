"""Any table through a mapping: what each column becomes, guessed, written in a file, applied row by row."""

from allervers.directory.intake.mapping.applying import preview, translated
from allervers.directory.intake.mapping.guess import ColumnGuess, Guess, guess_mapping
from allervers.directory.intake.mapping.model import (
    Plan,
    Rule,
    TableMapping,
    mapping_as_json,
    mapping_as_yaml,
    mapping_from_json,
    mapping_from_yaml,
    read_mapping,
)

__all__ = [
    "ColumnGuess",
    "Guess",
    "Plan",
    "Rule",
    "TableMapping",
    "guess_mapping",
    "mapping_as_json",
    "mapping_as_yaml",
    "mapping_from_json",
    "mapping_from_yaml",
    "preview",
    "read_mapping",
    "translated",
]
