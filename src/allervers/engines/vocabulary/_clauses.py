"""The parts of a sentence: what is asked for, and what for."""

import re

# "pour (pouvoir) travailler", not "pour mon fils": a purpose has a verb in the infinitive.
_BEFORE_VERB = r"(?:ne\s+pas|me|m|se|s|te|y|le|la|les|l|en|lui|pouvoir|aller|mieux|bien)['’\s]+"
_INFINITIVE = rf"(?:{_BEFORE_VERB})*\w{{2,}}(?:er|ir|oir|re)\b"
_PURPOSE = re.compile(
    rf"\b(?:pour|pr|afin\s+de?|afin\s+d['’]|histoire\s+de)\s+(?={_INFINITIVE})|\bpour\s+qu['’e]", re.I
)
_LINK = re.compile(
    r"[,;.!?:\n]+|\b(?:et|mais|car|parce\s+qu['’e]|pcq|alors|puis|donc|sinon|aussi|ensuite|apr[eè]s|plus)\b",
    re.I,
)
# In other languages: what joins two wishes, no more.
_OTHER_LINK = re.compile(
    r"[,;.!?:\n،؟؛]+|\b(?:and|but|because|also|y|pero|porque|tambien|también|e|mas|também|ve|ama|cunku|çünkü|için"
    r"|і|та|але|бо|щоб|також|و|لكن|لان|لأن|ايضا|walakin|w|bach|bech)\b",
    re.I,
)
_MOST = 4  # clauses: each one costs an embedding
_SHORTEST = 4  # letters


def clauses(text: str, language: str = "fr") -> list[str]:
    """The clauses of `text`, at most four; empty when there is only one."""
    wholes, link = (_PURPOSE.split(text), _LINK) if language == "fr" else ([text], _OTHER_LINK)
    parts = [part.strip() for whole in wholes for part in link.split(whole)]
    found = [part for part in parts if len(part) >= _SHORTEST][:_MOST]
    return found if len(found) > 1 else []


def purpose_starts(words: list[str]) -> int | None:
    """The place among `words` (plain) where the purpose starts, None when there is none.

    A sentence that is nothing but a purpose ("pour travailler") has none either.
    """
    text = " ".join(words)
    found = _PURPOSE.search(text)
    return None if found is None or not found.start() else text.count(" ", 0, found.end())
