"""A search survives its address, and an address bears nothing else."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from allervers.directory.queries.finding import RADIUS_M, Search, Where
from allervers.engines.vocabulary import vocabulary
from allervers.website.links import BadLink, from_params, page_from, to_params

WORDS = vocabulary()
NEEDS = st.lists(st.sampled_from([*WORDS.thematiques, *WORDS.categories]), unique=True, max_size=4)
PUBLICS = st.lists(st.sampled_from(list(WORDS.publics)), unique=True, max_size=3)
PLACES = st.none() | st.builds(
    Where,
    st.integers(41_000, 51_000).map(lambda thousandths: thousandths / 1000),
    st.integers(-5_000, 9_000).map(lambda thousandths: thousandths / 1000),
)
SEARCHES = st.builds(
    Search,
    needs=NEEDS.map(tuple),
    publics=PUBLICS.map(tuple),
    organisations=st.lists(st.text(min_size=1), unique=True, max_size=3).map(tuple),
    where=PLACES,
    radius_m=st.sampled_from([RADIUS_M, None]),
    free_only=st.booleans(),
    open_within_days=st.sampled_from([None, 0, 1, 7]),
    modes_accueil=st.sampled_from([(), ("a-distance",)]),
)


@given(SEARCHES)
def test_search_survives_its_address(search: Search) -> None:
    assert from_params(QueryDict(to_params(search))) == search


def test_place_is_rounded_to_a_hundred_metres() -> None:
    search = Search(needs=("mobilite",), where=Where(43.6321987, 3.8224567))

    assert to_params(search) == "besoin=mobilite&lat=43.632&lon=3.822"


@pytest.mark.django_db
def test_codes_that_do_not_exist_are_dropped() -> None:
    params = QueryDict(
        "besoin=inconnu&besoin=mobilite&public=martiens&accueil=pigeon&ouvert=99&commune=99999"
    )

    assert from_params(params) == Search(needs=("mobilite",))


@pytest.mark.parametrize(
    "query", ["lat=1", "lat=nan&lon=3", "lat=91&lon=3", "lat=inf&lon=0", "lat=a&lon=b", "lat=1e999&lon=2"]
)
def test_impossible_places_are_refused(query: str) -> None:
    with pytest.raises(BadLink):
        from_params(QueryDict(query))


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999", "page=²"])
def test_impossible_pages_are_refused(query: str) -> None:
    with pytest.raises(BadLink):
        page_from(QueryDict(query))
