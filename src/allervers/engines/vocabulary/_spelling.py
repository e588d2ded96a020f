"""The word that was meant: slips of the finger and of the ear brought back to known words."""

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

# Letters that sound alike in French, applied in order: two words of one sound are the same word misspelled.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"eaux?|aux?(?=$)|au", "o"),
        (r"ph", "f"),
        (r"qu|ck|k|c(?=[aoulrt]|$)", "k"),
        (r"c(?=[eiy])|ss|sc(?=[eiy])|t(?=ion)", "s"),
        (r"g(?=[eiy])", "j"),
        (r"[ae]i(?![nml])|er$|ez$|et$|ee$|es$|e$", "e"),
        (r"[ae][mn](?![aeiouymn])", "an"),
        (r"[aei]?i[nm](?![aeiouymn])", "in"),
        (r"o[mn](?![aeiouymn])", "on"),
        (r"h", ""),
        (r"y", "i"),
        (r"z", "s"),
        (r"[stdxp]+$", ""),
        (r"e+$", ""),
        (r"(.)\1+", r"\1"),
    )
]
_ELIDED = re.compile(r"^(?:qu|[cdjlmnst])(?=[aeiouyh])")
_SHORTEST = 4  # letters: shorter words are too near one another
_LONG = 8  # letters: from here two slips are forgiven
_SURE, _HEARD, _SLIPPED = 1.0, 0.9, 0.8


class Speller:
    """Known words, found again in spite of how they are written."""

    def __init__(self, known: Iterable[str], language: str = "fr") -> None:
        self._known = frozenset(known)
        self._is_french = language == "fr"
        self._by_sound: dict[str, str] = {}
        self._by_size: dict[int, list[str]] = defaultdict(list)
        for word in sorted(self._known, key=lambda one: (len(one), one)):
            if len(word) >= _SHORTEST and word.isalpha():
                self._by_sound.setdefault(self._sound(word), word)
                self._by_size[len(word)].append(word)

    def meant(self, word: str) -> tuple[str, float]:
        """The known word that `word` stands for and how surely (0 to 1), or `word` itself."""
        if word in self._known or len(word) < _SHORTEST or not word.isalpha():
            return word, _SURE
        elided = _ELIDED.sub("", word) if self._is_french else word
        if elided in self._known and len(elided) >= _SHORTEST:
            return elided, _SURE
        if heard := self._by_sound.get(self._sound(word)):
            return heard, _HEARD
        return self._nearest(word)

    def _nearest(self, word: str) -> tuple[str, float]:
        slips = 2 if len(word) >= _LONG else 1
        best, fewest = word, slips + 1
        for size in range(len(word) - slips, len(word) + slips + 1):
            for known in self._by_size.get(size, ()):
                # The first letter is seldom missed; asking for it keeps "ville" away from "fille".
                if known[0] != word[0] or (slips == 1 and min(len(word), size) < _SHORTEST + 1):
                    continue
                distance = OSA.distance(word, known, score_cutoff=fewest - 1)
                if distance < fewest:
                    best, fewest = known, distance
        return (best, _SLIPPED) if fewest <= slips else (word, _SURE)

    def _sound(self, word: str) -> str:
        """What is heard; of other languages, only that a letter written twice is one."""
        for pattern, sound in _SOUNDS if self._is_french else _SOUNDS[-1:]:
            word = pattern.sub(sound, word)
        return word
