"""Where one lives: what is understood, asked, rounded; what a neighbourhood gives right to."""

from collections.abc import Callable

import pytest
import shapely
from django.test import Client

from allervers.directory.queries.finding import Where
from allervers.engines.geocoding import Kind
from allervers.territory.models import Neighbourhood
from allervers.territory.queries.geocoding import Geocoded
from allervers.territory.queries.neighbourhoods import forget_neighbourhoods
from allervers.website.pages.eligibility import eligibility
from allervers.website.placing import from_choice, to_choice
from tests.factories import make_organisation, make_service
from tests.territory.towns import declare
from tests.website.conftest import CARE, FRENCH, pairs
from tests.website.reading import read

pytestmark = pytest.mark.django_db
QUARTER = "QN03401M"
SQUARE = shapely.box(3.815, 43.625, 3.825, 43.635)
NORTH_M = 111_200  # metres in a degree of latitude


@pytest.fixture
def quarter(index: Callable[[], object]) -> None:
    """La Mosson as a square, and three services: for its residents alone, for others too, for everyone."""
    Neighbourhood.objects.create(
        territory=declare(),
        code=QUARTER,
        year=2024,
        name="Mosson",
        municipalities=["34172"],
        perimeter=shapely.to_wkb(SQUARE),
    )
    forget_neighbourhoods()
    owner = make_organisation(latitude=43.63, longitude=3.82)
    for ident, publics in {
        "reserve": ["residents-qpv-frr"],
        "aussi": ["residents-qpv-frr", "familles"],
        "tous": ["tous-publics"],
    }.items():
        make_service(ident=ident, nom=ident, organisation=owner, publics=publics, thematiques=[FRENCH])
    index()
    yield
    forget_neighbourhoods()


def sentences(client: Client, address: str) -> dict[str, str]:
    """What each service says first."""
    page = read(client.get(address))
    return {title: why[0] for (title, _who), why in zip(page.cards, page.reasons, strict=True)}


def ask(client: Client, lieu: str = "", **fields: str) -> str:
    response = client.post("/demande", {"mots": "apprendre le français", "lieu": lieu, **fields})
    return str(response["Location"])


def test_who_lives_there_is_told_so(client: Client, quarter: None) -> None:
    link = ask(client, "43.6301234, 3.8201234")

    assert pairs(link) == [("besoin", FRENCH), ("lat", "43.630"), ("lon", "3.820"), ("qpv", QUARTER)]
    said = sentences(client, link)
    assert said["reserve"] == "Réservé aux habitants du quartier Mosson : vous y habitez"
    assert said["aussi"] == "Aussi pour les habitants du quartier Mosson : vous y habitez"
    assert "habitants" not in said["tous"]


def test_who_lives_near_the_limit_is_told_how_near_and_the_link_is_not(client: Client, quarter: None) -> None:
    link = ask(client, f"{43.635 + 55 / NORTH_M:.6f}, 3.82")

    assert pairs(link)[-1] == ("qpv-near", QUARTER)
    assert "60" not in link
    said = sentences(client, link)["reserve"]
    assert (
        said == "Réservé aux habitants du quartier Mosson : votre adresse est à 60 m de la limite, demandez"
    )


def test_without_its_cookie_the_near_link_still_says_to_ask(client: Client, quarter: None) -> None:
    link = ask(client, f"{43.635 + 55 / NORTH_M:.6f}, 3.82")

    said = sentences(Client(), link)["reserve"]

    assert said.endswith("votre adresse est dedans ou tout près de la limite, demandez")


def test_a_new_address_forgets_the_former_metres(client: Client, quarter: None) -> None:
    ask(client, f"{43.635 + 55 / NORTH_M:.6f}, 3.82")

    ask(client, "43.70, 3.82")

    assert client.cookies["limite"].value == ""


def test_who_lives_elsewhere_is_not_refused_barely(client: Client, quarter: None) -> None:
    said = sentences(client, ask(client, "43.645, 3.82"))["reserve"]

    assert said.endswith("votre adresse n’y est pas, demandez s’il reste une place")


def test_without_an_address_it_is_asked_for(client: Client, quarter: None) -> None:
    said = sentences(client, ask(client, "Montpellier"))["reserve"]

    assert said.endswith("donnez votre adresse pour savoir, ou demandez")


def test_sheet_says_the_same(client: Client, quarter: None) -> None:
    page = read(client.get(f"/services/reserve?besoin={FRENCH}&lat=43.630&lon=3.820&qpv={QUARTER}"))

    assert "Réservé aux habitants du quartier Mosson : vous y habitez" in page.words


def test_a_resident_parent_also_finds_what_is_for_residents(client: Client, quarter: None) -> None:
    query = f"besoin={FRENCH}&public=familles&lat=43.630&lon=3.820"

    outsider, resident = (read(client.get(f"/recherche?{query}{more}")) for more in ("", f"&qpv={QUARTER}"))

    assert {title for title, _who in outsider.cards} == {"aussi", "tous"}
    assert {title for title, _who in resident.cards} == {"reserve", "aussi", "tous"}


def test_a_link_cannot_name_a_neighbourhood_that_is_not(client: Client, quarter: None) -> None:
    said = sentences(client, f"/recherche?besoin={FRENCH}&lat=43.630&lon=3.820&qpv=QN99999M")

    assert "QN99999M" not in said["reserve"]
    assert "vous y habitez" not in said["reserve"]


def test_without_an_address_a_neighbourhood_is_enough(client: Client, quarter: None) -> None:
    page = read(client.post("/demande", {"mots": "apprendre le français", "sans_adresse": "1"}))
    assert page.h1 == "Où êtes-vous, à peu près ?"
    assert "apprendre le français" in page.html
    choice = page.html.split('name="choisi" value="')[1].split('"')[0]

    link = ask(client, choisi=choice)

    assert ("qpv", QUARTER) in pairs(link)


def test_changing_place_by_neighbourhood_keeps_the_search(client: Client, quarter: None) -> None:
    page = read(client.post("/demande/lieu", {"besoin": CARE, "gratuit": "1", "sans_adresse": "1"}))
    choice = page.html.split('name="choisi" value="')[1].split('"')[0]

    response = client.post("/demande/lieu", {"besoin": CARE, "gratuit": "1", "choisi": choice})

    assert set(pairs(response["Location"])) >= {("besoin", CARE), ("gratuit", "1"), ("qpv", QUARTER)}


def test_a_place_picked_without_a_question_stays_in_the_field(client: Client, quarter: None) -> None:
    choice = "43.63,3.82,34172,housenumber,3 rue du Port, 34080 Montpellier"

    page = read(client.post("/demande", {"mots": "", "choisi": choice}))

    assert 'value="3 rue du Port, 34080 Montpellier"' in page.html


def test_suggestions_are_buttons_that_fill_the_field(client: Client, town: None) -> None:
    offers = client.post("/demande/lieu/propositions", {"lieu": "Crèche 3"}).content.decode()
    choice = offers.split('value="')[1].split('"')[0]

    field = client.post("/demande/lieu/choisi", {"choisi": choice}).content.decode()

    assert "Crèche 3" in offers
    assert 'type="button"' in offers
    assert f'name="choisi" value="{choice}"' in field
    assert 'id="champ-lieu"' in field


@pytest.mark.parametrize("typed", ["", "ab", "x" * 300])
def test_too_little_or_too_much_suggests_nothing(client: Client, town: None, typed: str) -> None:
    offers = client.post("/demande/lieu/propositions", {"lieu": typed}).content.decode()

    assert "<button" not in offers


def test_a_pick_counts_only_while_the_field_says_its_name(client: Client, quarter: None) -> None:
    choice = "43.63,3.82,34172,housenumber,3 rue du Port"

    kept, changed = ask(client, "3 rue du Port", choisi=choice), ask(client, "Montpellier", choisi=choice)

    assert ("lat", "43.630") in pairs(kept)
    assert pairs(changed) == [("besoin", FRENCH), ("commune", "34172")]


@pytest.mark.parametrize("choice", ["", "a,b,c,d,e", "91,0,34172,street,x", "nan,0,34172,street,x", "1,2,3"])
def test_what_is_none_of_our_choices_is_nothing(choice: str) -> None:
    assert from_choice(choice) is None


def test_a_choice_comes_back_whole() -> None:
    place = Geocoded("12, rue du Port, Lattes", 1.0, 43.56, 3.9, "34129", Kind.HOUSENUMBER)

    assert from_choice(to_choice(place)) == place


def test_outside_the_territory_says_so_and_whom_to_call_there(client: Client, quarter: None) -> None:
    page = read(client.get(ask(client, "Chambéry")))

    assert "Chambéry n’est pas dans le territoire de Montpellier" in page.words
    assert "Qui appeler à Chambéry" in page.words
    assert page.html.count('href="tel:3939"') == 1


def test_what_is_not_for_residents_says_nothing_of_them(quarter: None) -> None:
    service = make_service(publics=["familles"])

    assert eligibility(service, Where(43.63, 3.82, qpv=QUARTER), metres=None) is None
