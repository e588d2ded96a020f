"""Words as they are compared: without case, accents or endings; and the acronyms of names."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import snowballstemmer  # type: ignore[import-untyped]

_SMALL: Final = """
    a ai ainsi au aupres aux avec c ce ces cette chez d dans de des du elle en es est et etre eux il ils j je
    l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ou par pas pour qu que qui s
    sa sans se ses si son sont sous suis sur t ta te tes toi ton tu un une vers vos votre vous y
"""
SMALL_WORDS: Final = frozenset(_SMALL.split())
"""Folded French words that name nothing; they are neither asked nor counted."""

_LIGATURES: Final = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_DOTTED: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_WORD: Final = re.compile(r"[^\W_]+")
_MAX_LETTERS: Final = 40
"""Longer runs are not words (links, codes): cut, so that no record can swell the index."""


def fold(text: str) -> str:
    """Lower case, no accents, no ligatures: « Élève œuvre » → « eleve oeuvre »."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """Every folded word in order; « C.C.A.S. » is one word."""
    joined = _DOTTED.sub(lambda dotted: dotted.group().replace(".", ""), text)
    return [word[:_MAX_LETTERS] for word in _WORD.findall(fold(joined))]


def significant(text: str) -> list[str]:
    """The distinct words that name something, in order: neither small words nor lone letters."""
    return [word for word in dict.fromkeys(words(text)) if is_significant(word)]


def is_significant(word: str) -> bool:
    return word not in SMALL_WORDS and (len(word) > 1 or word.isdigit())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The French stem of a folded word. A stemmer of its own each time: they keep state and threads would
    mix it."""
    return str(snowballstemmer.stemmer("french").stemWord(word))


def acronyms(name: str) -> Iterator[str]:
    """The initials of a name, its small words left out, then kept: « Maison pour tous » → mt, mpt."""
    everything = [word for word in words(name) if len(word) > 1 or word.isdigit()]
    for chosen in ([word for word in everything if is_significant(word)], everything):
        initials = "".join(word[0] for word in chosen)
        if len(initials) >= MIN_ACRONYM:
            yield initials[:_MAX_LETTERS]


MIN_ACRONYM: Final = 3
"""Letters: two initials are shared by too many names."""
MIN_PREFIX: Final = 3
"""Letters: from here on, the beginning of a word finds the word."""
