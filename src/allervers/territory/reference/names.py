"""A place name as typed, made comparable: case, accents, hyphens, « St », « 13ème », « s/mer »."""

import re
import unicodedata
from collections.abc import Iterable

_ACCENTS = re.compile("[\N{COMBINING GRAVE ACCENT}-\N{COMBINING LATIN SMALL LETTER X}]+")
_SUR = re.compile(r"\bs */ *")  # « Châlons s/ Marne »
_OTHER = re.compile(r"[^a-z0-9\n]+")
_ORDINAL = re.compile(r"\b0*(\d{1,2}) ?(?:ers?|eres?|e|emes?|nde?)\b")
_SAINT = re.compile(r"\bst(e?s?)\b")
_DROPPED = re.compile(r" ?\b(?:arrondissements?|arrdt|ardt|arr|cedex)\b")
ARTICLES = frozenset({"l", "la", "le", "les"})
_LINK = re.compile(r"\b(?:a|aux?|de?s?|du|en|et|l|la|les?|lez|sous|sur)\b")


def key(name: str) -> str:
    """Plain letters and digits, one space between words: « Ste-Foy-lès-Lyon » → « sainte foy les lyon »."""
    return keys([" ".join(name.split())])[0]


def keys(names: Iterable[str]) -> list[str]:
    """Those of many one-line names, all at once: one by one, a country takes twice the time."""
    text = _SUR.sub("sur ", "\n".join(names).casefold().replace("œ", "oe").replace("æ", "ae"))
    text = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    text = _ORDINAL.sub(r"\1", _OTHER.sub(" ", text))
    text = _DROPPED.sub("", _SAINT.sub(r"saint\1", text))
    return [line.strip() for line in text.split("\n")]


def compact(key: str) -> str:
    """Without spaces: « mont pellier » is « montpellier »."""
    return key.replace(" ", "")


def without_article(key: str) -> str:
    """« la rochelle » → « rochelle »; a name that is only an article stays."""
    first, _, rest = key.partition(" ")
    return rest if rest and first in ARTICLES else key


def without_links(key: str) -> str:
    """« saint maur des fosses » → « saint maur fosses »; a name of link words only stays."""
    return " ".join(_LINK.sub("", key).split()) or key
