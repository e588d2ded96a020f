"""What comes back."""

from collections.abc import Mapping
from dataclasses import dataclass

from allervers.engines.search._query import Query


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to say about a result, or (`known` False) one that nobody knows; the app writes the sentence.

    Known, with their facts:

    - `distance`: `metres`; `remote`; `serves_place`: `codes`, those of the zone that hold the place
    - `open_now`: `until` (None: no closing seen), `comment`; `open_at`: the same and `at`, the time asked;
      `opens`: `at`, `until`, `comment`; `no_opening`: `within_days`
    - `free`, `paying`
    - `public`: `values`, those asked that it is meant for, or all that it is meant for; `everyone`
    - `confirmed`, `stale` (over a year): `days`, `on`
    - `walk_in`, `by_professional` (only), `phone`
    - `words`: `where`, "name", "acronym", "organisation" or "description"

    Not known: `place_unknown`: `code_insee` or None; `hours_unknown`; `fee_unknown`; `public_unknown`;
    `never_confirmed`. Times are aware, in the zone of `now`.
    """

    kind: str
    known: bool
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Hit:
    """One service found. `distance_m`: whole metres as the crow flies; None when remote or of unknown place,
    or when no point was given. `needs`: those of the question that it answers, in the question's order."""

    service_id: str
    structure_id: str
    score: int
    distance_m: int | None
    reasons: tuple[Reason, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many results each filter would give alone of its kind, all else that is asked applied.

    The kinds are those of the fields here: fees (`free`, `frais`) are one, hours (`open_…`) are one. Values
    without any result are absent from the mappings of words. A public also counts who is for everyone or
    does not say.
    `open_within_days`: 0 is today. The mapping of days has the days worth proposing.
    """

    free: int
    frais: Mapping[str, int]
    modes_accueil: Mapping[str, int]
    publics: Mapping[str, int]
    thematiques: Mapping[str, int]
    categories: Mapping[str, int]
    sources: Mapping[str, int]
    open_now: int
    open_within_days: Mapping[int, int]
    confirmed_within_days: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """`hits` are the asked window of `total` results, best first; `remaining` more come after it."""

    total: int
    hits: tuple[Hit, ...]
    facets: Facets
    remaining: int


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An organisation whose name or acronym was typed.

    `score` 0…1. `complete`: every significant word typed was found in it (small typos allowed): with it the
    caller may take the words for a name. `coverage` 0…1: how much of the organisation's own name was typed.
    `services`: how many it has.
    """

    structure_id: str
    nom: str
    score: float
    complete: bool
    coverage: float
    services: int


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Without the fields `dropped`, `query` gives `total` results."""

    dropped: tuple[str, ...]
    total: int
    query: Query
