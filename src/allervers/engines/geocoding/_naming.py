"""Names written in capitals or without accents, in a form fit to be read."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from allervers.engines.geocoding._text import plain
from allervers.engines.geocoding._words import ACCENTED, LINKS, SHOWN_TYPES

_WORD: Final = re.compile(r"[^\W_]+(?:['’](?=\w))?|[^\w]+|_+")
_KNOWN: Final = {plain(word): word for word in ACCENTED}
LEARNT_LETTERS: Final = 5
"""Shorter words are too often two words: « pré » and « près »."""
_ROMAN: Final = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")


def shown_name(name: str, accents: Mapping[str, str] | None = None) -> str:
    """« ALL DES EGLANTIERS » → « Allée des Églantiers », « Place de la Comedie » → « Place de la Comédie ».

    `accents`: plain word → how others of the same town write it (`accents_of`), in small letters.
    """
    tidy = " ".join(name.split())
    if not tidy:
        return tidy
    known = {**_KNOWN, **(accents or {})}
    shout = not any(letter.islower() for letter in tidy)
    pieces = _WORD.findall(tidy)
    pieces[0] = SHOWN_TYPES.get(pieces[0].upper(), pieces[0])
    return "".join(_shown(piece, known, first=place == 0, shout=shout) for place, piece in enumerate(pieces))


def accents_of(names: Iterable[str]) -> dict[str, str]:
    """How words that bear an accent are written in small letters, where nobody writes them two ways."""
    found: dict[str, set[str]] = {}
    for name in names:
        for piece in _WORD.findall(name):
            if len(piece) >= LEARNT_LETTERS and piece.isalpha() and plain(piece) != piece.casefold():
                found.setdefault(plain(piece), set()).add(piece.lower())
    return {key: forms.pop() for key, forms in found.items() if len(forms) == 1}


def _shown(piece: str, known: Mapping[str, str], *, first: bool, shout: bool) -> str:
    if not piece[0].isalpha():
        return piece
    stem, mark = (piece[:-1], piece[-1]) if piece[-1] in "'’" else (piece, "")
    key = plain(stem)
    accented = known.get(key, "") if stem.casefold() == key else ""
    if not shout:
        return _cased(accented, like=stem) + mark if accented else piece
    if key in LINKS and not first:
        return stem.lower() + mark
    if _ROMAN.fullmatch(stem) and len(stem) > 1:
        return piece
    if any(letter.islower() for letter in stem):  # a kind of street, already in full
        return piece
    word = accented or stem.lower()
    return word[:1].upper() + word[1:] + mark


def _cased(word: str, *, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[0].isupper() else word
