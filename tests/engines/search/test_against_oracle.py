"""The engine against the oracle: same set, same order, same distances, same counts."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allervers.engines.search import Index, Place, Query, ServiceDocument, build, first_page
from tests.engines.search.oracle import Oracle
from tests.engines.search.towns import NEEDS, NOW, directories, moments, queries, service

ALL = 1000
PLACE_HERE = Place(latitude=43.632, longitude=3.822)

A_QUARTER = settings(max_examples=settings().max_examples // 4)
"""Of the profile's examples, for what follows from the main comparison."""
FIVE_TIMES = settings(max_examples=settings().max_examples * (5 if settings().max_examples > 100 else 1))
"""Of the long profile's: thousands of directories and questions."""


@contextmanager
def opened(documents: list[ServiceDocument]) -> Iterator[Index]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        build(documents, Path(folder) / "index")
        with Index.open(Path(folder) / "index") as index:
            yield index


def assert_same(index: Index, oracle: Oracle, query: Query) -> None:
    answer = index.search(query, now=oracle.now, limit=ALL)
    expected = oracle.search(query)
    found = [(hit.service_id, hit.score, hit.distance_m, hit.needs) for hit in answer.hits]
    assert found == expected
    assert (answer.total, answer.remaining) == (len(expected), 0)
    assert asdict(answer.facets) == oracle.facets(query)
    relaxed = {
        relaxation.dropped: relaxation.total for relaxation in index.relaxations(query, now=oracle.now)
    }
    assert relaxed == oracle.relaxations(query)


@FIVE_TIMES
@given(directories(), st.lists(queries(), min_size=1, max_size=3), moments)
def test_search_answers_as_the_oracle(
    documents: list[ServiceDocument], asked: list[Query], now: datetime
) -> None:
    oracle = Oracle(documents, now=now)
    with opened(documents) as index:
        for query in asked:
            assert_same(index, oracle, query)


@A_QUARTER
@given(directories(), queries(), moments)
def test_every_relaxation_gives_what_it_says(
    documents: list[ServiceDocument], query: Query, now: datetime
) -> None:
    with opened(documents) as index:
        for relaxation in index.relaxations(query, now=now):
            assert index.search(relaxation.query, now=now).total == relaxation.total


@A_QUARTER
@given(directories(), queries(), moments)
def test_every_result_says_why(documents: list[ServiceDocument], query: Query, now: datetime) -> None:
    with opened(documents) as index:
        hits = index.search(query, now=now, limit=ALL).hits
    assert all(hit.reasons for hit in hits)
    kinds = [{reason.kind for reason in hit.reasons} for hit in hits]
    hours = {"open_now", "open_at", "opens", "no_opening", "hours_unknown"}
    assert [len(kind & hours) for kind in kinds] == [1] * len(hits)
    assert [len(kind & {"free", "paying", "fee_unknown"}) for kind in kinds] == [1] * len(hits)
    assert [len(kind & {"confirmed", "stale", "never_confirmed"}) for kind in kinds] == [1] * len(hits)


@A_QUARTER
@given(directories(), queries(), st.integers(1, 6), st.integers(1, 4))
def test_windows_hold_each_result_once(
    documents: list[ServiceDocument], query: Query, first: int, then: int
) -> None:
    with opened(documents) as index:
        plain = index.search(query, now=NOW, limit=ALL).hits
        answer = index.page(query, now=NOW, limit=first, first=first)
        pages, offset = [answer.hits], first
        while answer.remaining:
            answer = index.page(query, now=NOW, limit=then, offset=offset, first=first)
            pages.append(answer.hits)
            offset += then
    shown = [hit for page in pages for hit in page]
    assert sorted(hit.service_id for hit in shown) == sorted(hit.service_id for hit in plain)
    rest = [hit for hit in plain if hit not in pages[0]]
    assert shown == [*pages[0], *rest]


@A_QUARTER
@given(directories(), st.lists(st.sampled_from(NEEDS), min_size=1, max_size=3, unique=True))
def test_first_page_holds_every_need_and_no_one_takes_it_all(
    documents: list[ServiceDocument], needs: list[str]
) -> None:
    query = Query(needs=tuple(needs))
    with opened(documents) as index:
        every = index.search(query, now=NOW, limit=ALL).hits
        page = index.page(query, now=NOW, limit=10).hits
    assert page == first_page(every, needs)
    assert len(page) <= 10
    assert {need for hit in page for need in hit.needs} == {need for hit in every for need in hit.needs}
    owners = [hit.structure_id for hit in page]
    assert max((owners.count(owner) for owner in owners), default=0) <= 3
    # What was left out had to be: the page is full, or its organisation has its three.
    left = [hit for hit in every if hit not in page]
    assert len(page) == 10 or all(owners.count(hit.structure_id) == 3 for hit in left)


FAULTS = {
    "a service lost": lambda documents: documents[1:],
    "a fee misread": lambda documents: [replace(documents[0], frais="payant"), *documents[1:]],
    "a place misread": lambda documents: [replace(documents[0], latitude=43.65), *documents[1:]],
    "a zone ignored": lambda documents: [*documents[:2], replace(documents[2], zone_eligibilite=())],
    "hours misread": lambda documents: [replace(documents[0], horaires="Tu 09:00-10:00"), *documents[1:]],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str) -> None:
    """The comparison itself can fail: an index that is wrong in one thing does not pass."""
    here = {"latitude": 43.632, "longitude": 3.822}
    documents = [
        service("a", frais="gratuit", thematiques=(NEEDS[0],), horaires="Tu 09:00-12:00", **here),
        service("b", thematiques=(NEEDS[0],), **here),
        service("c", thematiques=(NEEDS[0],), zone_eligibilite=("30",), **here),
    ]
    oracle = Oracle(documents, now=NOW)
    from_here = Query(needs=(NEEDS[0],), place=replace(PLACE_HERE, code_insee="34172"))
    with opened(documents) as index:
        assert_same(index, oracle, from_here)
    with opened(FAULTS[fault](documents)) as index, pytest.raises(AssertionError):
        assert_same(index, oracle, from_here)
