"""The country's municipalities, as the package carries them."""

from zoneinfo import ZoneInfo

import pytest

from allervers.territory.reference import FILE, municipalities
from allervers.territory.reference.divisions import DEPARTEMENTS, REGIONS, time_zone_of


def test_the_whole_country_is_there_in_one_small_file() -> None:
    towns = municipalities().values()

    assert (len(towns), sum(1 for town in towns if town.part_of)) == (35_014, 45)
    assert FILE.stat().st_size < 1_000_000  # bytes


def test_every_line_is_whole() -> None:
    for code, town in municipalities().items():
        assert code == town.code_insee
        assert town.nom
        assert town.departement in DEPARTEMENTS
        assert town.region in REGIONS
        assert -90 <= town.latitude <= 90
        assert -180 <= town.longitude <= 180
        assert all(len(postcode) == 5 and postcode.isdigit() for postcode in town.codes_postaux)


def test_a_town_bears_all_that_is_known_of_it() -> None:
    town = municipalities()["34172"]

    assert (town.nom, town.codes_postaux) == ("Montpellier", ("34000", "34070", "34080", "34090"))
    assert (town.population, town.latitude, town.longitude) == (310_240, 43.61, 3.8742)
    assert (town.epci, town.epci_nom) == ("243400017", "Montpellier Méditerranée Métropole")
    assert town.zone_codes == ("34172", "243400017", "34", "76")
    assert not town.centre_estimated


def test_twelve_centres_are_estimated_and_marked() -> None:
    estimated = {town.nom for town in municipalities().values() if town.centre_estimated}

    assert estimated == {
        "Conques-en-Rouergue", "Aurseulles", "Celles", "Chalinargues", "Chavagnac", "Sainte-Anastasie",
        "Les Trois Lacs", "Orée d'Anjou", "Les Hauts-Talican", "Porte des Pierres Dorées", "L'Oie",
        "Sainte-Florence",
    }  # fmt: skip


def test_an_estimated_centre_is_near_its_neighbours() -> None:
    conques, rodez = municipalities()["12218"], municipalities()["12202"]

    assert abs(conques.latitude - rodez.latitude) < 0.5  # degrees
    assert abs(conques.longitude - rodez.longitude) < 0.5


def test_a_ward_belongs_to_its_city_and_its_zones() -> None:
    ward = municipalities()["13203"]

    assert (ward.nom, ward.commune) == ("Marseille 3e Arrondissement", "13055")
    assert ward.zone_codes == ("13203", "13055", "200054807", "13", "93")


@pytest.mark.parametrize(
    ("departement", "zone"),
    [
        ("34", "Europe/Paris"),
        ("2A", "Europe/Paris"),
        ("974", "Indian/Reunion"),
        ("972", "America/Martinique"),
    ],
)
def test_the_clock_of_a_departement(departement: str, zone: str) -> None:
    assert time_zone_of(departement) == zone


def test_every_clock_exists() -> None:
    for departement in DEPARTEMENTS:
        assert ZoneInfo(time_zone_of(departement)).key == time_zone_of(departement)
