"""The first page, by hand."""

from allervers.engines.search import Hit, Index, Query, first_page
from allervers.engines.search._build import columns_of
from tests.engines.search.towns import NOW, service

A, B, C = "mobilite--permis", "famille--garde-denfants", "numerique--equipement"


def hit(ident: int, owner: str, *needs: str) -> Hit:
    return Hit(f"{ident:02d}", owner, 1000 - ident, None, (), needs)


def ids(hits: tuple[Hit, ...]) -> list[int]:
    return [int(found.service_id) for found in hits]


def test_a_second_need_takes_the_last_place() -> None:
    hits = [hit(n, f"org{n}", A) for n in range(15)] + [hit(15, "far", B), hit(16, "farther", B)]

    assert ids(first_page(hits, [A, B])) == [*range(9), 15]


def test_a_need_that_is_there_already_moves_nothing() -> None:
    hits = [hit(0, "x", A, B), *(hit(n, f"org{n}", A) for n in range(1, 15)), hit(15, "far", B)]

    assert ids(first_page(hits, [A, B])) == list(range(10))


def test_three_from_one_organisation_at_most() -> None:
    hits = [hit(n, "big", A) for n in range(12)] + [hit(12, "small", A)]

    assert ids(first_page(hits, [A])) == [0, 1, 2, 12]


def test_what_answers_nothing_understood_waits() -> None:
    hits = [hit(0, "x"), hit(1, "y", A), hit(2, "z", C)]

    assert ids(first_page(hits, [A])) == [1]
    assert ids(first_page(hits)) == [0, 1, 2]


def test_three_needs_of_one_organisation_fill_its_share() -> None:
    hits = [hit(0, "big", A), hit(1, "big", A), hit(2, "big", A), hit(3, "big", B), hit(4, "big", C)]

    assert ids(first_page(hits, [A, B, C])) == [0, 3, 4]


def test_who_asked_for_organisations_sees_all_of_theirs() -> None:
    services = [service(f"{n}", structure_id="big") for n in range(5)]
    index = Index(columns_of([*services, service("other")]))

    named = index.page(Query(organisations=("big",)), now=NOW)
    all_of_them = index.page(Query(), now=NOW)

    assert ([found.service_id for found in named.hits], named.remaining) == (["0", "1", "2", "3", "4"], 0)
    assert [found.service_id for found in all_of_them.hits] == ["0", "1", "2", "other"]
    assert (all_of_them.total, all_of_them.remaining) == (6, 2)
    rest = index.page(Query(), now=NOW, offset=10)
    assert ([found.service_id for found in rest.hits], rest.remaining) == (["3", "4"], 0)
