"""Structures or services, by the columns."""

import pytest

from allervers.directory.intake.canonical import DATES, DECIMALS, INTEGERS, LISTS
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.shape import OFFICIAL, Shape, recognised
from allervers.directory.models import Kind

STRUCTURE = ["source", "id", "nom", "date_maj"]
SERVICE = ["source", "structure_id", "id", "nom", "description", "date_maj"]


def test_kind_is_recognised_from_the_columns():
    assert recognised([*STRUCTURE, "siret"], label="a") == Shape(Kind.STRUCTURE, ())
    assert recognised([*SERVICE, "publics"], label="a") == Shape(Kind.SERVICE, ())


def test_unknown_columns_are_named_and_an_index_column_is_not():
    assert recognised(["", *STRUCTURE, "_di_id", "score"], label="a").ignored == ("_di_id", "score")


def test_columns_of_the_other_kind_are_unknown():
    assert recognised([*SERVICE, "siret"], label="a").ignored == ("siret",)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (["id", "nom", "siret"], "on y a reconnu id, nom, siret, mais il manque source, date_maj"),
        (["id", "thematiques", "publics"], "ressemble à un fichier de services"),
        (["a", "b"], "aucune de ses colonnes n’est reconnue (a, b)"),
        ([], "aucune de ses colonnes n’est reconnue (aucune)"),
        ([f"c{n}" for n in range(5000)], "et 4988 de plus"),
    ],
)
def test_another_shape_says_what_was_recognised_and_what_is_missing(columns, words):
    with pytest.raises(Refused) as refused:
        recognised(columns, label="a.csv")

    assert words in refused.value.sentence
    assert "L’annuaire n’a pas changé." in refused.value.sentence


def test_every_field_that_is_not_text_has_its_reader():
    """A field that the schéma adds must be read as what it is, or CSV and JSON would disagree."""
    by_type = {"set": set(), "list": set(), "float": set(), "int": set(), "date": set()}
    for model in OFFICIAL.values():
        for name, field in model.model_fields.items():
            text = str(field.annotation)
            for kind, names in by_type.items():
                if (
                    f"{kind}[" in text
                    or f"'{kind}'" in text
                    or f"{kind} |" in text
                    or f"datetime.{kind}" in text
                ):
                    names.add(name)

    assert by_type["set"] | by_type["list"] == LISTS
    assert by_type["float"] == DECIMALS
    assert by_type["int"] == INTEGERS
    assert by_type["date"] == DATES
