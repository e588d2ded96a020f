"""A whole question, words and codes together, to a whole answer: what is found, and what to do next."""

from dataclasses import dataclass
from datetime import datetime

from allervers.directory.queries.finding import Asked, Found, Search, Where, find, interpret
from allervers.directory.queries.locating import Located
from allervers.directory.queries.relaxing import wider_searches
from allervers.directory.wording import relaxation_label
from allervers.engines.vocabulary import Understanding, understand
from allervers.territory.queries import desk_at


@dataclass(frozen=True, slots=True)
class Question:
    """`text`: as a person says it. `needs` and `publics`: codes, added to what the text says."""

    text: str = ""
    needs: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    where: Where | None = None
    free_only: bool = False
    open_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """`found` is None when no need was understood. `hints` are sentences: never a dead end."""

    understanding: Understanding
    search: Search
    found: Found | None
    hints: tuple[str, ...]


def answer(question: Question, *, now: datetime, limit: int) -> Answered:
    """What the site would show. Raises NoIndex."""
    has_words = bool(question.text.strip())
    understanding = understand(question.text) if has_words else Understanding((), (), None)
    asked = interpret(question.text, understanding)
    search = Search(
        needs=tuple(dict.fromkeys(question.needs + asked.needs)),
        publics=tuple(dict.fromkeys(question.publics + asked.publics)),
        organisations=asked.organisations,
        where=question.where,
        free_only=question.free_only,
        open_at=question.open_at,
    )
    found = None if search.asks_nothing else find(search, now=now, limit=limit)
    return Answered(understanding, search, found, tuple(_hints(search, asked, found, now)))


def unclear_place(typed: str, located: Located) -> str:
    """Why a place that was typed cannot be taken, and what to say instead."""
    if located.places:
        places = " ; ".join(place.label for place in located.places)
        return f"Plusieurs lieux répondent à « {typed} » : {places}. Dites lequel."
    if not located.choices:
        return f"« {typed} » n’est ni une adresse ni une commune connues. Essayez le code postal."
    towns = ", ".join(f"{town.nom} ({town.code_insee})" for town in located.choices)
    return f"Plusieurs communes répondent à « {typed} » : {towns}. Donnez le code de la commune."


def _hints(search: Search, asked: Asked, found: Found | None, now: datetime) -> list[str]:
    hints = []
    if asked.urgent:
        hints.append("C’est urgent ? Appelez : " + ", ".join(asked.urgent.numbers) + ".")
    if found is None:
        hints.append("Nous n’avons pas compris de besoin. Dites-le autrement, ou donnez un code de besoin.")
    elif found.total == 0:
        wider = wider_searches(search, now=now)
        hints += [
            f"{relaxation_label(one.dropped, one.search.needs)} : {one.total} réponses." for one in wider
        ]
    if found is None or found.total == 0:
        desk = desk_at(now, needs=search.needs)
        hints.append(f"Appelez {desk.name} au {desk.phone}.")
    return hints
