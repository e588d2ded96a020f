"""The vocabulary in the language of the request, as far as it is written."""

from allervers.engines.vocabulary import UnknownLanguage, Vocabulary, vocabulary
from allervers.ui.languages import SOURCE, spoken_now


def words() -> Vocabulary:
    """Labels in the reader's language; French where that language has no list of words yet."""
    try:
        return vocabulary(spoken_now())
    except UnknownLanguage:
        return vocabulary(SOURCE)
