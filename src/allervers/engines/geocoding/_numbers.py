"""Numbers said aloud: « cent douze » → 112, « quatre-vingt-dix » → 90, « mille neuf cent quarante-cinq »."""

from collections.abc import Sequence

from allervers.engines.geocoding._words import TENS, UNITS

_HUNDRED, _THOUSAND = frozenset({"cent", "cents"}), frozenset({"mille", "mil"})


def with_digits(words: Sequence[str]) -> list[str]:
    """The words, each run of number words as one number."""
    found: list[str] = []
    at = 0
    while at < len(words):
        length = _run(words, at)
        if length:
            found.append(str(_value([word for word in words[at : at + length] if word != "et"])))
        else:
            found.append(words[at])
        at += length or 1
    return found


def _run(words: Sequence[str], at: int) -> int:
    """How many words from `at` say one number; « et » only between tens and one or eleven."""
    end = at
    while end < len(words) and (_is_number(words[end]) or _links(words, at, end)):
        if end > at and _starts_anew(words[end - 1], words[end]):
            break
        end += 1
    return end - at


def _is_number(word: str) -> bool:
    return word in UNITS or word in TENS or word in _HUNDRED or word in _THOUSAND


def _links(words: Sequence[str], start: int, at: int) -> bool:
    return (
        words[at] == "et"
        and start < at < len(words) - 1
        and words[at - 1] in TENS
        and words[at + 1] in {"un", "une", "onze"}
    )


def _starts_anew(before: str, word: str) -> bool:
    """« huit » after « trois » is another number; « sept » after « dix » or « vingt » is not."""
    if before in UNITS:
        ten_and = before == "dix" and word in {"sept", "huit", "neuf"}
        scores = before == "quatre" and word in {"vingt", "vingts"}
        return not (ten_and or scores or word in _HUNDRED or word in _THOUSAND)
    return before in TENS and word in TENS


def _value(words: Sequence[str]) -> int:
    total = part = 0
    for word in words:
        if word in _THOUSAND:
            total, part = total + (part or 1) * 1000, 0
        elif word in _HUNDRED:
            part = (part or 1) * 100
        elif word in TENS:
            scores = TENS[word] == 20 and part % 100 == 4
            part = part - 4 + 80 if scores else part + TENS[word]
        else:
            part += UNITS[word]
    return total + part
