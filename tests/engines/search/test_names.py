"""Organisations by what people call them."""

import pytest

from allervers.engines.search import Index
from allervers.engines.search._build import columns_of
from tests.engines.search.towns import service

NAMES = (
    "Mission locale",
    "Mission locale des jeunes du bassin",
    "CCAS de Rivelaine",
    "Centre communal d'action sociale",
    "France services Georges Brassens",
    "Maison pour tous Georges Brassens",
    "Maison pour tous Léo Lagrange",
    "Crèche Les Hirondelles",
    "Crèche Le Petit Bois",
    "APF France handicap",
)


@pytest.fixture(scope="module")
def index() -> Index:
    services = [service(name, structure_nom=name) for name in NAMES]
    known_short = service("x", structure_nom="Protection des tout-petits", acronyms=("P.M.I.",))
    return Index(columns_of([*services, known_short]))


def complete(index: Index, text: str) -> list[str]:
    return [match.nom for match in index.organisations_named(text) if match.complete]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mission locale", ["Mission locale", "Mission locale des jeunes du bassin"]),
        ("la Mission Locale", ["Mission locale", "Mission locale des jeunes du bassin"]),
        ("misson locale", ["Mission locale", "Mission locale des jeunes du bassin"]),
        ("CCAS", ["Centre communal d'action sociale", "CCAS de Rivelaine"]),
        ("centre communal d’action sociale", ["Centre communal d'action sociale", "CCAS de Rivelaine"]),
        ("france services georges brassens", ["France services Georges Brassens"]),
        ("france service george brasens", ["France services Georges Brassens"]),
        ("georges brassens", ["France services Georges Brassens", "Maison pour tous Georges Brassens"]),
        ("mpt leo lagrange", ["Maison pour tous Léo Lagrange"]),
        ("pmi", ["Protection des tout-petits"]),
        ("hirondelle", ["Crèche Les Hirondelles"]),
        ("crèche bleue", []),
        ("je cherche une mission", []),
        ("asdf", []),
        ("", []),
        ("de la", []),
    ],
)
def test_complete_matches_are_those_a_person_means(index: Index, text: str, expected: list[str]) -> None:
    assert complete(index, text) == expected


def test_a_partial_name_is_shown_but_not_taken_for_the_name(index: Index) -> None:
    (match,) = index.organisations_named("hirondelles volantes")

    assert (match.nom, match.complete) == ("Crèche Les Hirondelles", False)
    assert match.score == 0.45  # half of the words, of a name half typed


def test_a_name_typed_whole_scores_one(index: Index) -> None:
    best, second = index.organisations_named("mission locale")

    assert (best.nom, best.score, best.coverage, best.services) == ("Mission locale", 1.0, 1.0, 1)
    assert (second.score < 1, second.coverage) == (True, 0.5)


def test_matches_are_limited_and_ordered_without_chance(index: Index) -> None:
    twice = [index.organisations_named("crèche", limit=1) for _ in range(2)]

    assert twice[0] == twice[1]
    assert [match.nom for match in twice[0]] == ["Crèche Les Hirondelles"]
    assert index.organisations_named("crèche", limit=0) == ()


def test_services_of_one_organisation_are_counted() -> None:
    both = [service(ident, structure_id="one", structure_nom="Emmaüs") for ident in "ab"]

    (match,) = Index(columns_of(both)).organisations_named("emmaus")

    assert (match.structure_id, match.services) == ("one", 2)
