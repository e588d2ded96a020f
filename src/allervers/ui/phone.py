"""Telephone numbers as French people read and dial them."""

import re

_NOT_DIALLED = re.compile(r"[^\d+]")
_FRENCH = re.compile(r"(?:\+33|0033|0)([1-9]\d{8})")


def dialled(number: str) -> str:
    """What a telephone dials, "+" kept: "01 99 00 12 34" → "0199001234"."""
    kept = _NOT_DIALLED.sub("", number)
    return kept[:1] + kept[1:].replace("+", "")


def spoken(number: str) -> str:
    """As said aloud, two digits at a time: "+33199001234" → "01 99 00 12 34".

    Short numbers ("112", "39 39") and foreign ones stay as they are given.
    """
    french = _FRENCH.fullmatch(dialled(number))
    if not french:
        return number.strip()
    digits = f"0{french.group(1)}"
    return "\N{NO-BREAK SPACE}".join(digits[at : at + 2] for at in range(0, len(digits), 2))
