"""Typed words made comparable: case, accents, signs; and how they sound."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from allervers.engines.geocoding._numbers import with_digits
from allervers.engines.geocoding._words import LINKS, SHORT, STREET_TYPES

_ACCENTS: Final = re.compile("[\N{COMBINING GRAVE ACCENT}-\N{COMBINING LATIN SMALL LETTER X}]+")
_OTHER: Final = re.compile(r"[^a-z0-9]+")
_GLUED: Final = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)")
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"(?<!s)ch", "C"),
        (r"qu?|ck?(?![eiy])|k", "k"),
        (r"c(?=[eiy])|ss+|z|x", "s"),
        (r"h|w(?=h)", ""),
        (r"gn", "n"),
        (r"ge(?=[ao])", "j"),
        (r"g(?=[eiy])", "j"),
        (r"e?aux?|eau|au", "o"),
        (r"ai|ei|ay|ey", "e"),
        (r"[ae][nm](?![aeiouyn])", "A"),
        (r"y", "i"),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)[estdxp]+$", ""),
    )
)


def plain(text: str) -> str:
    """Small letters without accents; signs stay."""
    folded = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    return _ACCENTS.sub("", unicodedata.normalize("NFD", folded))


def tokens(text: str) -> list[str]:
    """Words and numbers apart, in full: « 12bis Av. du Gal » → 12 bis avenue du general."""
    return with_digits(
        [
            whole
            for word in _OTHER.split(plain(text))
            for part in (_GLUED.split(word) if word else ())
            for whole in SHORT.get(part, part.lstrip("0") or part).split()
        ]
    )


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """How a French word sounds, roughly: « biterrois » and « biteroi » agree."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


def is_small(word: str) -> bool:
    return word in LINKS or word in STREET_TYPES


def compact(words: Sequence[str]) -> str:
    """Letters that tell one name from another, without spaces."""
    return "".join(word for word in words if not is_small(word)) or "".join(words)
