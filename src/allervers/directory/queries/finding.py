"""From a person's words to what is there for them: the one path of the website and the command line."""

from dataclasses import dataclass
from datetime import datetime

from allervers.directory.models import Service
from allervers.directory.queries.indexes import current_index
from allervers.directory.queries.sheets import services_by_ident
from allervers.engines import search as engine
from allervers.engines import vocabulary
from allervers.territory.queries import Municipality
from allervers.ui.languages import spoken_now

NEEDS_KEPT = 3  # of what was understood: more would answer everything and nothing
RADIUS_M = 50_000  # how far "near" goes unless asked otherwise, as the data·inclusion API does
FIRST_PAGE = 10
JOB_CATEGORIES = frozenset({"trouver-un-emploi", "preparer-sa-candidature"})
JOB_SEEKERS = "demandeurs-emploi"
RESIDENTS = "residents-qpv-frr"  # who lives in a priority neighbourhood
NAMES_KEPT = 20  # organisations that a search by name may stand for


@dataclass(frozen=True, slots=True)
class Where:
    """A point in WGS84 degrees, and the municipality that decides eligibility when it is known.

    `is_centre`: the point is only the town's centre, so distances count from there and say so.
    `qpv`: the priority neighbourhood one lives in; `qpv_near`: one whose limit is so near that one must ask.
    """

    latitude: float
    longitude: float
    municipality: Municipality | None = None
    is_centre: bool = False
    qpv: str = ""
    qpv_near: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a typed sentence asks for. `organisations` when it is rather a name."""

    needs: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    urgent: vocabulary.Urgent | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.needs or self.publics or self.organisations)


@dataclass(frozen=True, slots=True)
class Search:
    """All that a link holds. Codes only: never a typed word."""

    needs: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    where: Where | None = None
    radius_m: int | None = RADIUS_M
    free_only: bool = False
    open_within_days: int | None = None
    open_at: datetime | None = None
    modes_accueil: tuple[str, ...] = ()

    @property
    def asks_nothing(self) -> bool:
        return not (self.needs or self.publics or self.organisations)


@dataclass(frozen=True, slots=True)
class Result:
    hit: engine.Hit
    service: Service


@dataclass(frozen=True, slots=True)
class Found:
    total: int
    results: tuple[Result, ...]
    facets: engine.Facets
    remaining: int  # how many come after this window


def understand(text: str) -> Asked:
    """What the words ask for, typed on a page in the language of this request."""
    return interpret(text, vocabulary.understand(text, spoken_now()))


def interpret(text: str, understood: vocabulary.Understanding) -> Asked:
    """Needs and publics; a name when the words tell of no need."""
    needs = tuple(scored.value for scored in understood.thematiques[:NEEDS_KEPT])
    if text.strip() and not needs and (named := _organisations_named(text)):
        return Asked(organisations=named, urgent=understood.urgent)
    return Asked(needs=needs, publics=_publics(understood, needs), urgent=understood.urgent)


def _publics(understood: vocabulary.Understanding, needs: tuple[str, ...]) -> tuple[str, ...]:
    """Who the person said to be; and who looks for a job seeks one, also when they spoke of their son.

    Without it, « une nounou pour pouvoir travailler » would leave out what is for job seekers.
    """
    publics = tuple(scored.value for scored in understood.publics)
    words = vocabulary.vocabulary()
    seeks_a_job = any(words.category_of(need).value in JOB_CATEGORIES for need in needs)
    if publics and seeks_a_job and JOB_SEEKERS not in publics:
        return (*publics, JOB_SEEKERS)
    return publics


def _organisations_named(text: str) -> tuple[str, ...]:
    """Those whose name holds every significant word typed."""
    matches = current_index().organisations_named(text, limit=NAMES_KEPT)
    return tuple(match.structure_id for match in matches if match.complete)


def find(search: Search, *, now: datetime, offset: int = 0, limit: int = FIRST_PAGE) -> Found:
    """One page of results, best first, with reasons. One SQL statement beside the index."""
    index = current_index()
    query = to_query(search)
    answer = index.page(query, now=now, offset=offset, limit=limit, first=FIRST_PAGE)
    services = services_by_ident([hit.service_id for hit in answer.hits])
    results = tuple(
        Result(hit, services[hit.service_id]) for hit in answer.hits if hit.service_id in services
    )
    return Found(answer.total, results, answer.facets, answer.remaining)


def to_query(search: Search) -> engine.Query:
    return engine.Query(
        needs=search.needs,
        publics=_publics_of(search),
        organisations=search.organisations,
        place=_place(search.where, search.radius_m),
        free_only=search.free_only,
        modes_accueil=search.modes_accueil,
        open_at=search.open_at,
        open_within_days=search.open_within_days,
    )


def _publics_of(search: Search) -> tuple[str, ...]:
    """A parent who lives in the neighbourhood may also have what is for its residents."""
    lives_there = search.where is not None and (search.where.qpv or search.where.qpv_near)
    if lives_there and search.publics and RESIDENTS not in search.publics:
        return (*search.publics, RESIDENTS)
    return search.publics


def _place(where: Where | None, radius_m: int | None) -> engine.Place | None:
    if where is None:
        return None
    town = where.municipality
    return engine.Place(
        latitude=where.latitude,
        longitude=where.longitude,
        radius_m=radius_m,
        code_insee=town.commune if town else None,  # zones speak of the city, never of its ward
        epci=town.epci or None if town else None,
        departement=town.departement if town else None,
        region=town.region if town else None,
    )
