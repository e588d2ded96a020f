"""Ages said in a sentence."""

import re
from collections.abc import Iterator

# "Since" and "for" make a duration of it, in any language that is read.
_SINCE = "depuis|pendant|il y a|ya|dans|apres|dure|for|since|hace|desde|ha|faz|منذ|من|вже|протягом"
_YEARS = r"ans?|berges|piges|years?|yo|anos?|yas\w*|рок\w*|рік|років|год|лет|سنه|سنين|عام|عاما|3am|sna"
_AGE = re.compile(
    rf"(?P<before>\b(?:{_SINCE})\s+(?:plus de\s+|moins de\s+|environ\s+)?)?"
    rf"\b(?P<age>\d{{1,3}})\s*(?:{_YEARS})\b"
    r"(?P<after>\s*(?:d|de)\W\s*(?:experience|anciennete|metier|boite|carriere|travail|chomage|mariage))?"
)

# Up to 25: what the missions locales and the measures for the young call so.
YOUNG_UNTIL = 25
CHILD_UNTIL = 14
# From 50: what France Travail counts as seniors (the workshop too: "plus de 50 ans").
SENIOR_FROM = 50
_OLDEST = 115


def publics_of_ages(text: str) -> Iterator[str]:
    """The publics that the ages of `text` (plain) tell of: "58 ans", not "depuis 20 ans"."""
    for found in _AGE.finditer(text):
        age = int(found["age"])
        if found["before"] or found["after"] or age > _OLDEST:
            continue
        if age >= SENIOR_FROM:
            yield "seniors"
        elif age <= CHILD_UNTIL:
            yield "familles"
        elif age <= YOUNG_UNTIL:
            yield "jeunes"
