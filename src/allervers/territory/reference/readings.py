"""What a typed place may mean: a name, a number, a name with its department."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from allervers.territory.reference.divisions import DEPARTEMENTS
from allervers.territory.reference.names import compact, key, without_article

TYPED_MAX = 100  # characters read; the longest name has 45
POSTCODE_DIGITS = 5

# « 34080 », « 34 080 », « F-34080 », « 2A004 »
_NUMBER = re.compile(r"\b(?:f\s?)?(\d{2}\s?\d{3}|2[ab]\s?\d{3})\b")
_DEPARTEMENT = re.compile(r"\b(2[ab]|9[78]\d|\d{2})\b")
# « J’habite au Havre »
_PREAMBLE = re.compile(r"^(?:je |j )?(?:(?:habite|vis|loge|suis) )?(?:(?:a|au|aux|sur) )?")
_BY_NAME = {compact(without_article(key(name))): code for code, name in DEPARTEMENTS.items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """`name`: a key (`names.key`); `number`: a postcode or a municipality's code; `departement`: a code."""

    name: str
    number: str = ""
    departement: str = ""


def readings(text: str) -> list[Reading]:
    """The ways to read it, none when it holds no letter nor number.

    « Marseille 13 » is a ward or the city of the Bouches-du-Rhône: both are returned.
    """
    words = key(text[:TYPED_MAX])
    if found := _NUMBER.search(words):
        return [Reading(_without(words, found), number=found[1].replace(" ", "").upper())]
    if words.isdigit() and len(words) == POSTCODE_DIGITS - 1:  # « 1400 »: spreadsheets eat the leading zero
        return [Reading("", number=words.zfill(POSTCODE_DIGITS))]
    ways = [Reading(words)] if words else []
    if (found := _DEPARTEMENT.search(words)) and (name := _without(words, found)):
        ways.append(Reading(name, departement=found[1].upper()))
    if (name := _PREAMBLE.sub("", words)) and name != words:
        ways.append(Reading(name))
    return [*ways, *_with_departement_named(words)]


def _without(words: str, found: re.Match[str]) -> str:
    return " ".join((words[: found.start()] + words[found.end() :]).split())


def _with_departement_named(words: str) -> Iterator[Reading]:
    """« saint denis la reunion »: a name, then a department's."""
    parts = words.split()
    for cut in range(1, len(parts)):
        if code := _BY_NAME.get(compact(without_article(" ".join(parts[cut:])))):
            yield Reading(" ".join(parts[:cut]), departement=code)
