"""The stem of a word, in each language."""

import re
from collections.abc import Callable
from functools import lru_cache
from threading import Lock

import snowballstemmer  # type: ignore[import-untyped]

_SNOWBALL = {
    "fr": "french",
    "en": "english",
    "ar": "arabic",
    "pt": "portuguese",
    "es": "spanish",
}
_lock = Lock()  # a stemmer keeps the word it is cutting in itself: two threads would mix theirs

# Endings of cases, numbers and persons, the longest first; й and ї have lost their signs in `plain`.
_UKRAINIAN_ENDING = re.compile(
    r"(?:ться|тися|ення|енні|ами|ями|ого|ому|ими|ою|ею|ові|еві|ати|ити|іти|ути|ають|яють|ять|ать|уть|ють"
    r"|ала|али|ила|или|ах|ях|ам|ям|ом|ем|ев|ов|ів|ти|ть|ла|ли|ло|ии|іи|ои|еи|ую|юю|ая|яя|ає"
    r"|а|я|у|ю|и|і|о|е|є|ь|в)$"
)
_LEAST_ROOT = 3  # letters that are kept whatever the ending

# Typed without dots, Turkish has lost the harmony of its vowels that a stemmer goes by: a case ending off,
# then the first letters. Source: Can et al. 2008, Information retrieval on Turkish texts (fixed prefixes).
_TURKISH_ENDING = re.compile(r"(?:l[ae]r[a-z]{0,3}|[yn]?[iu]|[yn]?[ae]|[dt][ae]n?|[iu]?[mn]|m[iu]z|s[iu])$")
_TURKISH_PREFIX = 5

# Arabic in Latin letters is spelled as each hears it: what stays is the consonants.
_ARABIZI = (
    (re.compile(r"5|kh"), "x"),
    (re.compile(r"9|q|k"), "k"),
    (re.compile(r"ch|sh"), "s"),
    (re.compile(r"7|h"), "h"),
    (re.compile(r"[238']"), ""),
    (re.compile(r"gh"), "r"),
    (re.compile(r"(?<=.)[aeiouyw]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_LATIN = re.compile(r"[a-z0-9]+")


def stemmer(language: str) -> Callable[[str], str]:
    """What cuts a plain word of `language` to its stem.

    Numbers and words of three letters keep all of theirs; so does every word of a language without rules.
    """
    cut = {"uk": _ukrainian, "ar": _arabic, "tr": _turkish}.get(language) or _snowball(language)

    @lru_cache(maxsize=20_000)
    def stem(word: str) -> str:
        return word if len(word) <= 3 or word.isdigit() else cut(word)

    return stem


def _snowball(language: str) -> Callable[[str], str]:
    if language not in _SNOWBALL:
        return str
    cutter = snowballstemmer.stemmer(_SNOWBALL[language])

    def cut(word: str) -> str:
        with _lock:
            return str(cutter.stemWord(word))

    return cut


_arabic_letters = _snowball("ar")


def _arabic(word: str) -> str:
    return _arabizi(word) if _LATIN.fullmatch(word) else _arabic_letters(word)


def _arabizi(word: str) -> str:
    """The consonants: « n7eb » and « nhab » are one word."""
    skeleton = word
    for pattern, letter in _ARABIZI:
        skeleton = pattern.sub(letter, skeleton)
    return skeleton if len(skeleton) > 1 else word


def _ukrainian(word: str) -> str:
    root = _UKRAINIAN_ENDING.sub("", word)
    return root if len(root) >= _LEAST_ROOT else word


def _turkish(word: str) -> str:
    root = _TURKISH_ENDING.sub("", word)
    return (root if len(root) >= _LEAST_ROOT else word)[:_TURKISH_PREFIX]
