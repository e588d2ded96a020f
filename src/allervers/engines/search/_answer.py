"""What comes back."""

from collections.abc import Mapping
from dataclasses import dataclass

from allervers.engines.search._query import Query


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to say about a result; the app writes the sentence. `known` is False when it says what is not known.

    | kind | known | facts |
    |---|---|---|
    | `distance` | yes | `metres` |
    | `remote` | yes | |
    | `place_unknown` | no | `code_insee` (or None) |
    | `serves_place` | yes | `codes`: those of the zone that hold the place |
    | `open_now` | yes | `until` (None: no closing seen), `comment` |
    | `open_at` | yes | `at` (the time asked), `until`, `comment` |
    | `opens` | yes | `at`, `until`, `comment` |
    | `no_opening` | yes | `within_days` |
    | `hours_unknown` | no | |
    | `free`, `paying` | yes | |
    | `fee_unknown` | no | |
    | `public` | yes | `values`: those asked that it is meant for, or all it is meant for when none was asked |
    | `everyone` | yes | |
    | `public_unknown` | no | |
    | `confirmed`, `stale` | yes | `days`, `on` (stale: over a year) |
    | `never_confirmed` | no | |
    | `walk_in` | yes | |
    | `by_professional` | yes | |
    | `phone` | yes | |
    | `words` | yes | `where`: "name", "organisation", "acronym" or "description" |
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
    """How many results each filter would give, the other filters of the question applied.

    Values without any result are absent from the mappings of words.
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
    """`hits` are the asked window of `total` results, best first."""

    total: int
    hits: tuple[Hit, ...]
    facets: Facets


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An organisation whose name or acronym was typed.

    `score` 0…1. `complete`: every significant word typed was found in it (small typos allowed): with it the caller may
    take the words for a name. `coverage` 0…1: how much of the organisation's own name was typed.
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
