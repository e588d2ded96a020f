"""From the question to an address of codes."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from allervers.directory.models import EmptySearch
from allervers.journal.models import Entry
from tests.website.conftest import CARE, FRENCH, JOBS, pairs
from tests.website.reading import read

Ask = Callable[..., HttpResponse]


def test_words_become_needs_and_a_town(ask: Ask) -> None:
    response = ask("je cherche une nounou", lieu="34000")

    assert response.status_code == 303
    assert pairs(response["Location"]) == [("besoin", CARE), ("commune", "34172")]


def test_two_needs_are_both_kept(ask: Ask) -> None:
    response = ask("je cherche une crèche pour mon fils pour pouvoir travailler")

    needs = [value for name, value in pairs(response["Location"]) if name == "besoin"]
    assert needs[0] == CARE
    assert any(need.startswith("trouver-un-emploi") for need in needs[1:])


def test_a_picture_becomes_its_needs(ask: Ask) -> None:
    response = ask(image="francais", lieu="Montpellier")

    assert pairs(response["Location"]) == [("besoin", FRENCH), ("commune", "34172")]


def test_a_name_becomes_the_organisations_that_bear_it(ask: Ask) -> None:
    response = ask("Agence 2")

    assert pairs(response["Location"]) == [("organisation", "emploi-2")]


def test_danger_is_said_beside_the_need(ask: Ask, client: Client) -> None:
    response = ask("mon mari me frappe, je cherche une crèche")

    assert ("besoin", CARE) in pairs(response["Location"])
    page = read(client.get(response["Location"]))
    assert page.html.index("tel:3919") < page.html.index("<h1")


def test_nothing_asked_is_refused_with_what_to_do(ask: Ask) -> None:
    response = ask("")

    assert response.status_code == 422
    assert "Dites ce dont vous avez besoin" in read(response).words


@pytest.mark.parametrize("words", ["bonjour", "asdf", "x" * 40])
def test_words_that_ask_nothing_meet_the_pictures_again(ask: Ask, words: str) -> None:
    response = ask(words, lieu="34000")

    page = read(response)
    assert response.status_code == 200
    assert page.h1 == "Nous n’avons pas bien compris"
    assert page.html.count('name="image"') == 9
    assert 'value="34000"' in page.html


def test_too_many_words_are_refused_and_kept_in_the_field(ask: Ask) -> None:
    response = ask("garde " * 100)

    assert response.status_code == 422
    assert "C’est un peu long" in read(response).words
    assert "garde garde" in response.content.decode()


def test_an_unknown_town_is_asked_again(ask: Ask) -> None:
    response = ask("une nounou", lieu="zzzzqqq")

    page = read(response)
    assert page.h1 == "Nous ne trouvons pas ce lieu"
    assert "une nounou" in page.html
    assert 'name="sans_adresse"' in page.html


def test_two_towns_of_one_name_are_asked_not_guessed(ask: Ask, client: Client) -> None:
    response = ask("une nounou", lieu="Saint-Denis")

    page = read(response)
    assert page.h1 == "Lequel est le vôtre ?"
    assert 'value="93066"' in page.html and 'value="97411"' in page.html
    chosen = client.post("/demande", {"mots": "une nounou", "commune": "93066"})
    assert pairs(chosen["Location"]) == [("besoin", CARE), ("commune", "93066")]


def test_changing_town_keeps_the_search(client: Client, town: None) -> None:
    response = client.post("/demande/lieu", {"besoin": CARE, "gratuit": "1", "lieu": "Béziers"})

    assert pairs(response["Location"]) == [("besoin", CARE), ("commune", "34032"), ("gratuit", "1")]


def test_an_empty_search_is_counted_at_the_post_and_not_at_the_page(ask: Ask, client: Client) -> None:
    first = ask("apprendre le français", lieu="34000")
    ask("apprendre le français", lieu="34000")
    client.get(first["Location"])

    counted = EmptySearch.objects.values_list("needs", "publics", "code_insee", "times")
    assert list(counted) == [([FRENCH], [], "34172", 2)]
    entry = Entry.objects.filter(verb="search.found_nothing").first()
    assert entry is not None and entry.fields == []


def test_a_search_that_finds_is_not_counted(ask: Ask) -> None:
    ask("une nounou", lieu="34000")

    assert EmptySearch.objects.count() == 0


@pytest.mark.parametrize("need", [CARE, JOBS])
def test_everything_links_to_every_need(client: Client, db: None, need: str) -> None:
    page = read(client.get("/tout-voir"))

    assert f"/recherche?besoin={need}" in [address for _said, address in page.links]
    assert page.html.count('class="topic"') == 16
