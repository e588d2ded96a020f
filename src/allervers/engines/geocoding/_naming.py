"""Names written in capitals or without accents, in a form fit to be read."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from allervers.engines.geocoding._text import plain
from allervers.engines.geocoding._words import ACCENTED, LINKS, SHOWN_TYPES

_WORD: Final = re.compile(r"[^\W_]+(?:['’](?=\w))?|[^\w]+|_+")
_ROMAN: Final = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")


def shown_name(name: str, accents: Mapping[str, str] | None = None) -> str:
    """« ALL DES EGLANTIERS » → « Allée des Eglantiers » ; a name with small letters stays as it is.

    `accents`: plain word → how others of the same file write it (`accents_of`).
    """
    tidy = " ".join(name.split())
    if not tidy or any(letter.islower() for letter in tidy):
        return tidy
    known = {**ACCENTED, **(accents or {})}
    pieces = _WORD.findall(tidy)
    pieces[0] = SHOWN_TYPES.get(pieces[0], pieces[0])
    return "".join(_shown(piece, known, first=place == 0) for place, piece in enumerate(pieces))


def accents_of(names: Iterable[str]) -> dict[str, str]:
    """How words that bear an accent are written, where small letters show it; never two ways."""
    found: dict[str, set[str]] = {}
    for name in names:
        if not any(letter.islower() for letter in name):
            continue
        for piece in _WORD.findall(name):
            if piece[0].isalpha():
                found.setdefault(plain(piece), set()).add(piece)
    return {
        key: forms.pop()
        for key, forms in found.items()
        if len(forms) == 1 and next(iter(forms)).casefold() != key
    }


def _shown(piece: str, known: Mapping[str, str], *, first: bool) -> str:
    if not piece[0].isalpha() or any(letter.islower() for letter in piece):
        return piece
    stem, mark = (piece[:-1], piece[-1]) if piece[-1] in "'’" else (piece, "")
    key = plain(stem)
    if key in LINKS and not first:
        return stem.lower() + mark
    if _ROMAN.fullmatch(stem) and len(stem) > 1:
        return piece
    word = known.get(key) or stem.lower()
    return word[:1].upper() + word[1:] + mark
