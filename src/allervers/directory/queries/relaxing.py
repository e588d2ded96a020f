"""When nothing was found: what to give up, and how many answers that gives."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from allervers.directory.queries.finding import Search, to_query
from allervers.directory.queries.indexes import current_index
from allervers.engines.vocabulary import vocabulary

MOST = 4  # choices shown: more would be a new question

_GIVE_UP: Mapping[str, Callable[[Search], Search]] = {
    "free_only": lambda search: replace(search, free_only=False),
    "open_at": lambda search: replace(search, open_at=None),
    "open_within_days": lambda search: replace(search, open_within_days=None),
    "modes_accueil": lambda search: replace(search, modes_accueil=()),
    "publics": lambda search: replace(search, publics=()),
    "radius_m": lambda search: replace(search, radius_m=None),
}


@dataclass(frozen=True, slots=True)
class Wider:
    """`search` asks less: `dropped` names what was given up ("needs": the family of needs instead)."""

    dropped: tuple[str, ...]
    search: Search
    total: int


def wider_searches(search: Search, *, now: datetime) -> tuple[Wider, ...]:
    """Most useful first: the same need with fewer conditions, then its whole family. Raises NoIndex."""
    found = [wider for wider in (*_fewer_conditions(search, now), *_whole_family(search, now)) if wider.total]
    return tuple(found[:MOST])


def _fewer_conditions(search: Search, now: datetime) -> Iterator[Wider]:
    for relaxation in current_index().relaxations(to_query(search), now=now):
        if all(part in _GIVE_UP for part in relaxation.dropped):
            wider = search
            for part in relaxation.dropped:
                wider = _GIVE_UP[part](wider)
            yield Wider(relaxation.dropped, wider, relaxation.total)


def _whole_family(search: Search, now: datetime) -> Iterator[Wider]:
    """« Mobilité » rather than « réparer ma voiture »; for every public where that is not enough."""
    words = vocabulary()
    families = tuple(
        dict.fromkeys(words.category_of(n).value if n in words.thematiques else n for n in search.needs)
    )
    if families == search.needs:
        return
    family = replace(search, needs=families)
    yield Wider(("needs",), family, _total(family, now))
    if search.publics:
        everyone = replace(family, publics=())
        yield Wider(("needs", "publics"), everyone, _total(everyone, now))


def _total(search: Search, now: datetime) -> int:
    return current_index().search(to_query(search), now=now, limit=1).total
