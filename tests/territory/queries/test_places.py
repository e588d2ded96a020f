"""Municipalities of the country and of this installation alone, looked up alike."""

import pytest

from allervers.territory.queries import municipalities_matching, municipalities_near_code, municipality
from tests.territory.towns import RIVELAINE, declare

pytestmark = pytest.mark.django_db


def test_a_code_of_the_country_asks_the_database_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        town = municipality("34172")

    assert town is not None
    assert town.nom == "Montpellier"


@pytest.mark.parametrize("code", ["", "34", "34999", "341720", "ZZ001", "'; --"])
def test_a_code_of_nobody_answers_none(code: str) -> None:
    assert municipality(code) is None


def test_codes_of_corsica_are_read_in_small_letters() -> None:
    assert municipality("2a004") == municipality("2A004") is not None


def test_a_local_municipality_is_found_by_code_name_and_postcode() -> None:
    declare(slug="rivelaine", municipalities=["ZZ001"], local_municipalities=[RIVELAINE])

    assert municipality("ZZ001") == RIVELAINE
    for typed in ("Rivelaine", "rivelainne", "00100"):
        assert [match.municipality for match in municipalities_matching(typed)] == [RIVELAINE]


def test_towns_of_the_territory_come_first() -> None:
    before = municipalities_matching("saint denis")
    declare(slug="plaine", municipalities=["93066"])

    after = municipalities_matching("saint denis")

    assert (before[0].municipality.code_insee, before[0].is_sure) == ("97411", False)
    assert (after[0].municipality.code_insee, after[0].is_sure) == ("93066", True)


def test_a_search_keeps_to_its_limit() -> None:
    assert len(municipalities_matching("saint", limit=3)) == 3


def test_a_search_reads_the_territory_once(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):  # none declared
        municipalities_matching("montpellier")


@pytest.mark.parametrize(
    ("code", "nearest"), [("34712", "34172"), ("montpelier", "34172"), ("9306", "93066"), ("59650", "59009")]
)
def test_a_bad_code_is_answered_with_good_ones(code: str, nearest: str) -> None:
    assert nearest in [town.code_insee for town in municipalities_near_code(code)]
