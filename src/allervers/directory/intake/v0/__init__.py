"""Files of the schéma data·inclusion v0, in use until 2025: their rows in the words of v1."""

from allervers.directory.intake.v0.translate import V0_COLUMNS, kind_of, translated
from allervers.directory.intake.v0.vocabulary import Vocabulary, vocabularies

__all__ = ["V0_COLUMNS", "Vocabulary", "kind_of", "translated", "vocabularies"]
