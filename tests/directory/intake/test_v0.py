"""The former schéma in the words of the new one: nothing is lost without a word."""

import csv
import os
from enum import Enum
from pathlib import Path

import pytest
from data_inclusion.schema import v1

from allervers.directory.intake.nearest import vocabulary
from allervers.directory.intake.rows import Row
from allervers.directory.intake.v0 import kind_of, translated, vocabularies
from allervers.directory.models import Kind

SHARED = Path(os.environ.get("ALLERVERS_SHARED") or Path(__file__).parents[4] / "shared")
LISTS = SHARED / "data" / "data-inclusion-vocabulaires" / "v0"
FIELDS = {
    "thematiques": (Kind.SERVICE, "thematiques"),
    "profils": (Kind.SERVICE, "publics"),
    "typologies_de_services": (Kind.SERVICE, "type"),
    "frais": (Kind.SERVICE, "frais"),
    "modes_accueil": (Kind.SERVICE, "modes_accueil"),
    "modes_orientation_accompagnateur": (Kind.SERVICE, "modes_mobilisation"),
    "modes_orientation_beneficiaire": (Kind.SERVICE, "modes_mobilisation"),
    "labels_nationaux": (Kind.STRUCTURE, "reseaux_porteurs"),
    "typologies_de_structures": (Kind.STRUCTURE, "reseaux_porteurs"),
    "zones_de_diffusion_types": (Kind.SERVICE, "zone_eligibilite"),
}


def test_vocabularies_are_those_of_v0_and_hold_so_many_words():
    counted = {name: len({*words.means, *words.dropped}) for name, words in vocabularies().items()}

    assert counted["thematiques"] == 168
    assert counted["profils"] == 28
    assert set(counted) == set(FIELDS)


@pytest.mark.skipif(not LISTS.is_dir(), reason="the shared data are not here")
@pytest.mark.parametrize("name", sorted(FIELDS))
def test_each_v0_value_is_mapped_or_named_as_dropped(name):
    with (LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        values = {row["value"] for row in csv.DictReader(file)}

    words = vocabularies()[name]

    assert values - set(words.means) - set(words.dropped) == set()
    assert not set(words.means) & set(words.dropped)


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_each_v1_value_is_in_the_official_list(name):
    official = set(vocabulary(*FIELDS[name]))

    meant = {code for codes in vocabularies()[name].means.values() for code in codes}

    assert meant <= official
    assert all(vocabularies()[name].dropped.values())


def test_the_official_lists_are_enumerations():
    assert all(isinstance(one, type) and issubclass(one, Enum) for one in (v1.Thematique, v1.Public))


def row(**values) -> Row:
    return Row(1, {"id": "1", "source": "essai", "nom": "Atelier", "structure_id": "9"} | values)


def service(**values) -> Row:
    return next(iter(translated([row(**values)], Kind.SERVICE)))


def test_service_of_v0_says_the_same_in_v1():
    received = {
        "presentation_resume": "Apprendre",
        "presentation_detail": "Apprendre à conduire, en douceur.",
        "types": ["formation"],
        "thematiques": ["mobilite", "mobilite--preparer-son-permis-de-conduire-se-reentrainer-a-la-conduite"],
        "profils": ["jeunes-16-26", "locataires"],
        "frais": ["gratuit"],
        "prise_rdv": "https://essai.example/rdv",
    }

    one = service(**received)

    assert one.values == {
        "id": "essai--1",
        "structure_id": "essai--9",
        "source": "essai",
        "nom": "Atelier",
        "description": "Apprendre à conduire, en douceur.",
        "type": "formation",
        "thematiques": ["mobilite--preparer-un-permis"],
        "publics": ["jeunes"],
        "frais": "gratuit",
        "lien_mobilisation": "https://essai.example/rdv",
        "modes_mobilisation": ["utiliser-lien-mobilisation"],
    }
    assert [(left.field, left.value) for left in one.set_aside] == [("publics", "locataires")]
    assert one.received["profils"] == ["jeunes-16-26", "locataires"]


@pytest.mark.parametrize(
    ("nom", "need"),
    [
        ("Passer son permis", "mobilite--preparer-un-permis"),
        ("Garage solidaire", "mobilite--entretenir-reparer-son-vehicule"),
        ("Plateforme", "mobilite--etre-accompagne-dans-son-parcours-mobilite"),
    ],
)
def test_category_alone_gives_the_need_that_the_name_tells(nom, need):
    assert service(nom=nom, thematiques=["mobilite"]).values["thematiques"] == [need]


def test_name_too_short_for_v1_is_completed_by_what_the_row_says():
    assert service(nom="CV", types=["atelier"]).values["nom"] == "CV – Atelier"


def test_v0_is_told_by_its_own_columns():
    assert kind_of(["id", "nom", "source", "structure_id", "profils"]) is Kind.SERVICE
    assert kind_of(["id", "nom", "source", "typologie"]) is Kind.STRUCTURE
    assert kind_of(["id", "nom", "source", "date_maj"]) is None
