"""The answers: who stands first, what was understood, what may be kept, what to do when there is none."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_organisation, make_service
from tests.territory.towns import declare
from tests.website.conftest import CARE, CV, FRENCH, HOME, JOBS
from tests.website.reading import Page, read

KEPT = (
    "territory_",
    "directory_indexversion",
    "directory_change",
)  # read at most once a second, whatever is asked


@pytest.fixture
def see(client: Client, town: None) -> Callable[[str], Page]:
    return lambda query: read(client.get(f"/recherche?{query}"))


def test_first_page_holds_ten_and_at_most_three_of_one_organisation(see: Callable[[str], Page]) -> None:
    page = see(f"besoin={CARE}&{HOME}")

    owners = Counter(who for _title, who in page.cards)
    assert page.h1 == "17 réponses près de chez vous"
    assert len(page.cards) == 10
    assert max(owners.values()) == owners["Grande crèche"] == 3


def test_the_rest_is_behind_one_link(see: Callable[[str], Page], client: Client) -> None:
    first = see(f"besoin={CARE}&{HOME}")

    rest = read(client.get(first.link("Voir les 7 autres")))

    assert len(rest.cards) == 7
    assert len({*first.cards, *rest.cards}) == 17


def test_htmx_gets_the_cards_alone(client: Client, town: None) -> None:
    response = client.get(f"/recherche?besoin={CARE}&{HOME}&page=2", headers={"HX-Request": "true"})

    html = response.content.decode()
    assert html.lstrip().startswith('<ul class="cards"')
    assert html.count('<article class="card">') == 7
    assert "<html" not in html


def test_both_needs_are_present(see: Callable[[str], Page]) -> None:
    page = see(f"besoin={CARE}&besoin={JOBS}&{HOME}")

    titles = [title for title, _who in page.cards]
    assert any(title.startswith("Offres") for title in titles)
    assert any(not title.startswith("Offres") for title in titles)


def test_no_answer_is_beside_the_question(see: Callable[[str], Page]) -> None:
    page = see(f"besoin={JOBS}&{HOME}")

    assert [title for title, _who in page.cards] == ["Offres 0", "Offres 1", "Offres 2", "Offres 3"]


def test_understood_chips_are_taken_away_one_by_one(see: Callable[[str], Page]) -> None:
    page = see(f"besoin={CARE}&public=familles&{HOME}")

    assert page.chips[:2] == [
        ("Enlever Faire garder mon enfant", f"/recherche?public=familles&{HOME}"),
        ("Enlever Familles, parents", f"/recherche?besoin={CARE}&{HOME}"),
    ]


def test_filters_tell_how_many_they_keep_and_keep_as_many(see: Callable[[str], Page], client: Client) -> None:
    chips = dict(see(f"besoin={CARE}&{HOME}").chips)

    kept = {label: read(client.get(address)).h1 for label, address in chips.items() if "(" in label}

    assert kept == {
        "Gratuit (5)": "5 réponses près de chez vous",
        "Ouvert aujourd’hui (5)": "5 réponses près de chez vous",
        "Ouvert d’ici demain (5)": "5 réponses près de chez vous",
    }


def test_a_filter_is_taken_back(see: Callable[[str], Page]) -> None:
    page = see(f"besoin={CARE}&gratuit=1&{HOME}")

    assert dict(page.chips)["Enlever Gratuit"] == f"/recherche?besoin={CARE}&{HOME}"


def test_every_card_says_why_and_how_fresh(see: Callable[[str], Page]) -> None:
    page = see(f"besoin={CARE}&{HOME}")

    assert all(1 <= len(why) <= 4 for why in page.reasons)
    assert all(any("onfirmé" in reason for reason in why) for why in page.reasons)
    assert page.reasons[0][:2] == ["Ouvert maintenant", "Gratuit"]


def test_without_a_place_the_territory_is_assumed_and_said(see: Callable[[str], Page]) -> None:
    page = see(f"besoin={CARE}")

    assert page.h1 == "17 réponses près de Montpellier"
    assert "Nous avons cherché autour de Montpellier" in page.words
    assert "du centre" in page.words


def test_no_answer_says_whom_to_call_and_what_to_give_up(see: Callable[[str], Page], client: Client) -> None:
    page = see(f"besoin={JOBS}&public=seniors&gratuit=1&{HOME}")

    assert page.h1 == "Pas encore de réponse près de chez vous"
    assert page.html.index('href="tel:3939"') < page.html.index("Ou cherchez plus large")
    wider = [(said, address) for said, address in page.links if "réponse" in said]
    assert wider
    for said, address in wider:
        offered = re.findall(r"(\d+) réponses?$", said)[0]
        assert read(client.get(address)).h1.startswith(f"{offered} réponse")


def test_an_address_without_a_question_goes_home(client: Client, town: None) -> None:
    response = client.get(f"/recherche?{HOME}")

    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize("query", ["lat=nan&lon=3", "page=0", "page=99999", "lat=1"])
def test_an_impossible_address_is_refused_with_a_next_step(client: Client, town: None, query: str) -> None:
    response = client.get(f"/recherche?besoin={CARE}&{query}")

    assert response.status_code == 400
    assert "Dire de quoi j’ai besoin" in read(response).words


def test_a_page_past_the_end_still_leads_somewhere(see: Callable[[str], Page]) -> None:
    page = see(f"besoin={CARE}&{HOME}&page=40")

    assert page.cards == []
    assert "Poser une autre question" in page.words


def test_it_works_where_no_territory_is_declared(client: Client, index: Callable[[], object]) -> None:
    make_service(nom="Français pour tous", thematiques=[FRENCH])
    index()

    page = read(client.get(f"/recherche?besoin={FRENCH}"))

    assert page.cards == [("Français pour tous", "Maison du quartier")]
    assert page.h1 == "1 réponse"
    assert "39 39" in page.words.replace("\N{NO-BREAK SPACE}", " ")


def test_a_country_without_records_still_answers(client: Client, index: Callable[[], object]) -> None:
    index()

    page = read(client.get(f"/recherche?besoin={CV}"))

    assert page.h1 == "Pas encore de réponse"


@pytest.mark.parametrize("services", [1, 40])
def test_results_cost_one_statement_whatever_they_find(
    client: Client, index: Callable[[], object], services: int
) -> None:
    declare()
    owner = make_organisation()
    for _number in range(services):
        make_service(organisation=owner)
    index()

    with CaptureQueriesContext(connection) as asked:
        client.get(f"/recherche?besoin={CARE}&{HOME}")

    assert statements(asked) == ["directory_service"]


def statements(asked: CaptureQueriesContext) -> list[str]:
    """The table that each statement reads first, without those of what a worker keeps."""
    tables = [re.findall(r'FROM "(\w+)"', query["sql"])[0] for query in asked.captured_queries]
    return [table for table in tables if not table.startswith(KEPT)]
