"""Words that lost the space between them: « RueRossini », « delaChenaie », « dutMuguet »."""

from collections.abc import Callable, Sequence
from typing import Final

from allervers.engines.geocoding._text import is_small

GLUED_LETTERS: Final = 5
WORD_LETTERS: Final = 3
"""Shorter ends are no hint."""


def unglued(tokens: Sequence[str], knows: Callable[[str], bool]) -> list[str]:
    """The tokens, those that nobody knows cut where both sides are known."""
    return [part for token in tokens for part in (_parts(token, knows) or [token])]


def _parts(token: str, knows: Callable[[str], bool]) -> list[str]:
    """A kind of street or a small word, then a word; a letter struck in place of the space is left out."""
    if len(token) < GLUED_LETTERS or knows(token):
        return []
    for at in range(len(token) - WORD_LETTERS, 0, -1):
        left, right = token[:at], token[at:]
        if not is_small(left):
            continue
        for word in (right, right[1:]):
            if len(word) >= WORD_LETTERS and knows(word):
                return [left, word]
        if more := _parts(right, knows):
            return [left, *more]
    return []
