"""A sentence as words that can be compared: no case, no accent, no plural, no slang spelling."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ._stems import stemmer

# Longest text that is read, in characters: a need is said in one breath, and time must stay bounded.
MAX_TEXT = 500

NEGATION = "~"  # the one stem of "pas", "plus", "sans"…

_WORD = re.compile(r"[^\W_]+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
# What Unicode does not take apart: ligatures, the Turkish dotless i, and the letters that Arabic keyboards
# and hands exchange. Source: Larkey et al. 2002, Improving stemming for Arabic information retrieval.
_SAME_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ı": "i", "ґ": "г", "ـ": "", "ة": "ه", "ى": "ي", "ک": "ك", "ی": "ي"}
    | {chr(first + digit): str(digit) for first in (0x0660, 0x06F0) for digit in range(10)}
)
_APOSTROPHE = re.compile(r"(?<=[а-яєії])[’'ʼ`](?=[а-яєії])")  # within a Ukrainian word: « сім'я »


def plain(text: str) -> str:
    """`text` in lower case without accents, control or combining characters.

    The same for any mix of case and accents; never longer than MAX_TEXT characters.
    """
    folded = unicodedata.normalize("NFKD", text[:MAX_TEXT].casefold().translate(_SAME_LETTERS))
    kept = (char for char in folded if not unicodedata.combining(char))
    readable = (char if char.isprintable() else " " for char in kept)
    return _STRETCHED.sub(r"\1\1", _APOSTROPHE.sub("", "".join(readable)))[:MAX_TEXT]


@dataclass(frozen=True, slots=True)
class Token:
    """A word that says something, where it stands among all the words."""

    stem: str
    word: str
    position: int
    sureness: float = 1.0  # 1 as written, less when the spelling had to be guessed


@dataclass(frozen=True, slots=True)
class Reader:
    """How one language's words are cut: which say nothing, which negate, which are spelled otherwise."""

    stop_words: frozenset[str]
    negations: frozenset[str]
    spellings: Mapping[str, str]
    longest_spelling: int  # words in the longest key of `spellings`
    stem: Callable[[str], str]

    def words(self, text: str) -> list[str]:
        """The words of `text`, spelled as the vocabulary spells them."""
        return self._respelled(_WORD.findall(plain(text)))

    def tokens(self, words: list[str]) -> list[Token]:
        """The words that say something. A double negation counts once."""
        found: list[Token] = []
        for position, word in enumerate(words):
            if word in self.negations:
                if not found or found[-1].stem != NEGATION:
                    found.append(Token(NEGATION, word, position))
            elif word not in self.stop_words:
                found.append(Token(self.stem(word), word, position))
        return found

    def every_token(self, words: list[str]) -> list[Token]:
        """All the words, those that say nothing included."""
        return [
            Token(NEGATION if word in self.negations else self.stem(word), word, position)
            for position, word in enumerate(words)
        ]

    def _respelled(self, words: list[str]) -> list[str]:
        found: list[str] = []
        place = 0
        while place < len(words):
            size, spelled = self._spelling_at(words, place)
            found.extend(spelled)
            place += size
        return found

    def _spelling_at(self, words: list[str], place: int) -> tuple[int, list[str]]:
        for size in range(self.longest_spelling, 0, -1):
            key = " ".join(words[place : place + size])
            if key in self.spellings:
                return min(size, len(words) - place), self.spellings[key].split()
        return 1, [words[place]]


def make_reader(
    language: str, stop_words: frozenset[str], negations: frozenset[str], spellings: Mapping[str, str]
) -> Reader:
    """A reader of `language` that compares without case or accents, as its own lists are."""
    spelled = {" ".join(_WORD.findall(plain(key))): plain(value) for key, value in spellings.items()}
    return Reader(
        frozenset(map(plain, stop_words)),
        frozenset(map(plain, negations)),
        spelled,
        max((key.count(" ") + 1 for key in spelled), default=1),
        stemmer(language),
    )
