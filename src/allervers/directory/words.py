"""The vocabulary in the language of the request, as far as it is written."""

import logging
from functools import cache

from allervers.engines.vocabulary import UnknownLanguage, Vocabulary, VocabularyError, vocabulary
from allervers.ui.languages import SOURCE, spoken_now

logger = logging.getLogger(__name__)


def words() -> Vocabulary:
    """Labels in the reader's language; French where that language has no usable list of words."""
    return _words_of(spoken_now())


@cache  # a refused file stays refused until the site starts again: it is read, and told of, once
def _words_of(code: str) -> Vocabulary:
    try:
        return vocabulary(code)
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
