"""The vocabulary in the language of the request, as far as it is written."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from allervers.engines.vocabulary import (
    Entry,
    UnknownLanguage,
    Vocabulary,
    VocabularyError,
    needs_french_beside,
    to_review,
    vocabulary,
)
from allervers.ui.languages import SOURCE, SPOKEN, spoken_now

logger = logging.getLogger(__name__)


def words() -> Vocabulary:
    """Labels in the reader's language; French where that language has no usable list of words."""
    return _words_of(spoken_now())


@cache  # a refused file stays refused until the site starts again: it is read, and told of, once
def _words_of(code: str) -> Vocabulary:
    try:
        return _with_french_beside(vocabulary(code))
    except UnknownLanguage:
        return vocabulary(SOURCE)
    except VocabularyError as error:
        logger.error(
            "Le vocabulaire « %s » est refusé (%d défauts, le premier : %s) ; les libellés sont en français.",
            code,
            len(error.problems),
            error.problems[0],
        )
        return vocabulary(SOURCE)


def _with_french_beside(known: Vocabulary) -> Vocabulary:
    """What concerns rights, money, housing or health shows the French beside a word that nobody has reviewed:
    a wrong word there costs a right."""
    french = vocabulary(SOURCE)

    def beside(entries: Mapping[str, Entry], theirs: Mapping[str, Entry]) -> dict[str, Entry]:
        return {
            value: replace(entry, label=f"{entry.label} ({theirs[value].label})")
            if needs_french_beside(known, value) and entry.label != theirs[value].label
            else entry
            for value, entry in entries.items()
        }

    if known.language in {SOURCE, f"{SOURCE}-facile"}:
        return known
    return replace(
        known,
        thematiques=beside(known.thematiques, french.thematiques),
        categories=beside(known.categories, french.categories),
        publics=beside(known.publics, french.publics),
    )


@dataclass(frozen=True, slots=True)
class Reviewing:
    """How many words of a language nobody who speaks it has read yet."""

    name: str
    to_review: int


def languages_to_review() -> list[Reviewing]:
    """By language, most to review first; French is ours."""
    found = [Reviewing(SPOKEN[code].name, to_review(_as_written(code))) for code in SPOKEN if code != SOURCE]
    return sorted(found, key=lambda one: -one.to_review)


def _as_written(code: str) -> Vocabulary:
    try:
        return vocabulary(code)
    except VocabularyError:
        return vocabulary(SOURCE)
