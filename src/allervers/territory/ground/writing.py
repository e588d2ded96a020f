"""Names of streets as people write them: files of towns often hold them in capitals, or without accents."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

from allervers.engines.geocoding import accents_of, shown_name

WORD = re.compile(r"[^\W\d_]+")
LEXICON = Path(__file__).with_name("accents.txt")
LOST = 0.02  # share of names with an accent under which a file has lost them: of real ones, one in four has


def well_written(names: Iterable[str]) -> dict[str, str]:
    """Each name with the form to show: small letters, and the accents that the file lost."""
    given = set(names)
    known = {**lexicon(), **accents_of(given)}
    lost = sum(name != _bare(name) for name in given) < LOST * len(given)
    return {
        name: _accented(shown_name(name, known), known) if lost else shown_name(name, known) for name in given
    }


@cache
def lexicon() -> Mapping[str, str]:
    """Plain small letters → the word as it is written."""
    words = [
        word
        for line in LEXICON.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
        for word in line.split()
    ]
    return {_bare(word).casefold(): word for word in words}


def _accented(name: str, known: Mapping[str, str]) -> str:
    return WORD.sub(lambda match: _restored(match.group(), known), name)


def _restored(word: str, known: Mapping[str, str]) -> str:
    """Only words that begin with a capital: the others are links, and « a » is not always « à »."""
    return known.get(word.casefold(), word) if word[0].isupper() else word


def _bare(text: str) -> str:
    return "".join(letter for letter in normalize("NFD", text) if not combining(letter))
