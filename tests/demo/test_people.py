"""Who helps in Rivelaine: varied, plausible, nobody real."""

import re
from datetime import date
from importlib.resources import files

import pytest
import yaml
from data_inclusion.schema.v1 import Categorie, Service, Structure, Thematique

from allervers.demo.people import Directory, directory, missing_needs
from allervers.demo.towns import TOWNS
from allervers.territory.reference import municipalities

TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def people() -> Directory:
    return directory(TODAY)


def test_the_same_seed_gives_the_same_people(people: Directory) -> None:
    assert directory(TODAY) == people
    assert directory(TODAY, seed=7) != people


def test_the_official_models_accept_every_record(people: Directory) -> None:
    for structure in people.structures:
        Structure.model_validate(structure)
    for service in people.services:
        Service.model_validate(service)
    assert len({one["id"] for one in people.structures}) == len(people.structures)
    assert len({one["id"] for one in people.services}) == len(people.services)
    assert 140 <= len(people.structures) <= 180
    assert 450 <= len(people.services) <= 600


def test_every_need_is_answered_or_said_to_be_missing(people: Directory) -> None:
    answered = {need for service in people.services for need in service["thematiques"]}

    assert {need.value for need in Thematique} - answered == set(missing_needs())


def test_nobody_real_is_named(people: Directory) -> None:
    records = [*people.structures, *people.services]
    phones = [record["telephone"] for record in records if record["telephone"]]
    mails = [record["courriel"] for record in records if record["courriel"]]

    assert all(re.fullmatch(r"019900\d{4}", phone) for phone in phones)
    assert all(mail.endswith(".example") for mail in mails)
    assert not {town.code for town in TOWNS} & set(municipalities())


def test_records_are_complete_and_incomplete_fresh_and_stale(people: Directory) -> None:
    ages = [(TODAY - date.fromisoformat(service["date_maj"])).days for service in people.services]
    for field in ("frais", "publics", "horaires_accueil", "telephone", "zone_eligibilite"):
        known = sum(service[field] is not None for service in people.services) / len(people.services)
        assert 0.2 < known < 0.95, field
    assert min(ages) >= 0
    assert sum(age > 365 for age in ages) > len(ages) / 10
    closed = [service for service in people.services if "fermé" in service["nom"]]
    assert closed and not any(service["horaires_accueil"] for service in closed)
    assert any(service["publics"] == ["residents-qpv-frr"] for service in people.services)


def test_each_family_can_say_forty_different_things() -> None:
    told = yaml.safe_load(files("allervers.demo").joinpath("fragments.yaml").read_text(encoding="utf-8"))
    said = {
        family: sum(len(offer["texts"]) for offers in words["needs"].values() for offer in offers)
        * len(words["details"])
        * (1 + len(told["closings"]))
        for family, words in told["families"].items()
    }

    assert set(said) == {category.value for category in Categorie}
    assert min(said.values()) >= 40


def test_no_place_offers_the_same_thing_twice_nor_for_nothing_what_has_a_price(people: Directory) -> None:
    offered = [(service["structure_id"], service["nom"]) for service in people.services]
    told = yaml.safe_load(files("allervers.demo").joinpath("fragments.yaml").read_text(encoding="utf-8"))
    priced = {
        offer["title"]
        for words in told["families"].values()
        for offers in words["needs"].values()
        for offer in offers
        if offer.get("fee")
    }

    assert len(set(offered)) == len(offered)
    assert {service["nom"] for service in people.services if service["frais"] == "gratuit"} & priced == set()
    assert {service["nom"] for service in people.services if service["frais"] == "payant"} & priced
