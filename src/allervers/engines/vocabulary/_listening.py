"""Texts of any language: which ones they may be in, and what is understood in each."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from ._entries import Scored, Understanding, Urgent
from ._language import SOURCE
from ._understanding import Understander
from ._words import plain

_SCRIPTS = (("ar", re.compile(r"[\u0600-\u06ff]")), ("uk", re.compile(r"[\u0400-\u04ff]")))
_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[a-z]")
# Arabic in Latin letters writes with digits the sounds that Latin has no letter for: « n7eb », « 3andi ».
_ARABIZI = re.compile(r"(?=\w*[a-z]{2})\w*[23579]\w*")
_FRENCH_SPOKEN = frozenset({"fr", "fr-facile"})
# Languages are read whose share of known words comes this near to that of the best.
_NEARLY = 0.12
_MOST_NEEDS = 5
_MOST_READ = 3


class Listener:
    """Reads a text in the language of the page and in those it may be written in, and joins what they say."""

    def __init__(
        self,
        page: str,
        languages: Sequence[str],
        *,
        reader_of: Callable[[str], Understander],
        words_of: Callable[[str], frozenset[str]],
    ) -> None:
        """`languages`: those that can be read.

        `reader_of` makes the reader of one when it is first wanted, `words_of` gives its plain words.
        """
        self._page = SOURCE if page in _FRENCH_SPOKEN else page
        self._languages = tuple(one for one in languages if one not in _FRENCH_SPOKEN or one == SOURCE)
        self._reader_of = reader_of
        self._words_of = words_of

    def understand(self, text: str) -> Understanding:
        """What `text` asks for. Never raises; only its first 500 characters are read."""
        return _joined([self._reader_of(language).understand(text) for language in self.languages(text)])

    def languages(self, text: str) -> tuple[str, ...]:
        """The languages that `text` is read in, the likeliest first; never none."""
        words = _WORD.findall(plain(text))
        by_script = [
            language
            for language, script in _SCRIPTS
            if language in self._languages and any(script.search(word) for word in words)
        ]
        latin = [word for word in words if _LATIN.search(word)]
        voted = self._voted(latin) if latin or not by_script else []
        return tuple(dict.fromkeys((*by_script, *voted)))[:_MOST_READ]

    def _voted(self, words: Sequence[str]) -> list[str]:
        """The languages that know the most of these words; among equals that of the page, then French."""
        readable = [one for one in self._languages if one != "uk"]
        if not words:
            return [self._page]
        shares = Counter({one: self._known_share(one, words) for one in readable})
        most = max(shares.values())
        ranked = sorted(readable, key=lambda one: (-shares[one], one != self._page, one != SOURCE))
        return [one for one in ranked if most and shares[one] >= most - _NEARLY] or [self._page]

    def _known_share(self, language: str, words: Sequence[str]) -> float:
        known = self._words_of(language)
        heard = (
            word in known or (language == "ar" and _ARABIZI.fullmatch(word) is not None) for word in words
        )
        return sum(heard) / len(words)


def _joined(readings: Sequence[Understanding]) -> Understanding:
    """The surest of each; what one language does not see another may."""
    urgent = next((one.urgent for one in _gravest_first(readings)), None)
    return Understanding(
        _surest([one.thematiques for one in readings])[:_MOST_NEEDS],
        _surest([one.publics for one in readings]),
        urgent,
    )


_GRAVITY = ("suicide", "child", "violence", "roof", "health", "danger")


def _gravest_first(readings: Sequence[Understanding]) -> list[Understanding]:
    def gravity(urgent: Urgent) -> int:
        return _GRAVITY.index(urgent.kind) if urgent.kind in _GRAVITY else len(_GRAVITY)

    found = [one for one in readings if one.urgent is not None]
    return sorted(found, key=lambda one: gravity(one.urgent) if one.urgent else 0)


def _surest(readings: Sequence[Sequence[Scored]]) -> tuple[Scored, ...]:
    surest: dict[str, float] = {}
    for one in (scored for reading in readings for scored in reading):
        surest[one.value] = max(surest.get(one.value, 0.0), one.score)
    scored = (Scored(value, score) for value, score in surest.items())
    return tuple(sorted(scored, key=lambda one: -one.score))
