"""One bad field, one reason in plain French, one better value where there is one."""

import pytest

from allervers.directory.intake.canonical import canonical
from allervers.directory.intake.validate import Fault, unwritable, validated
from allervers.directory.models import Kind

STRUCTURE = {"source": "essai", "id": "essai--1", "nom": "Maison du quartier", "date_maj": "2026-11-01"}
SERVICE = STRUCTURE | {"structure_id": "essai--1", "description": "Accueil des enfants."}


def faults(kind=Kind.SERVICE, **fields):
    base = SERVICE if kind is Kind.SERVICE else STRUCTURE
    found = validated(canonical(base | fields, kind), kind)
    return found if isinstance(found, list) else []


def test_good_rows_have_no_fault():
    assert faults() == []
    assert faults(Kind.STRUCTURE) == []
    assert faults(nom="Se termine par un point.") == []  # a warning of the schéma, not an error


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        (
            "frais",
            "gratui",
            "Cette valeur n’est pas dans la liste du schéma data·inclusion. Peut-être « gratuit » ?",
        ),
        ("frais", "zzzz", "Cette valeur n’est pas dans la liste du schéma data·inclusion."),
        ("code_postal", "6000", "Un code postal a 5 chiffres. Peut-être « 06000 » ?"),
        ("code_postal", "34 000", "Un code postal a 5 chiffres. Peut-être « 34000 » ?"),
        (
            "courriel",
            "mailto:a@b.example",
            "Ce n’est pas une adresse électronique. Peut-être « a@b.example » ?",
        ),
        ("courriel", "personne", "Ce n’est pas une adresse électronique."),
        (
            "lien_source",
            "http//:www.essai.example",
            "Ce n’est pas une adresse web : elle commence par https:// ou http://. "
            "Peut-être « http://www.essai.example » ?",
        ),
        (
            "lien_source",
            "www.essai.example",
            "Ce n’est pas une adresse web : elle commence par https:// ou http://. "
            "Peut-être « https://www.essai.example » ?",
        ),
        (
            "lien_mobilisation",
            "javascript:alert(1)",
            "Ce n’est pas une adresse web : elle commence par https:// ou http://.",
        ),
        (
            "date_maj",
            "16/11/2025",
            "Une date s’écrit année-mois-jour, comme 2026-11-16. Peut-être « 2025-11-16 » ?",
        ),
        ("date_maj", "bientôt", "Une date s’écrit année-mois-jour, comme 2026-11-16."),
        ("date_maj", "1999-12-31", "La date de dernière modification doit être au 21e siècle."),
        ("date_maj", "2999-01-01", "La date de dernière modification ne peut pas être dans le futur."),
        ("nom", "ab", "Ce texte est trop court : 3 caractères au moins."),
        ("description", "x" * 10_001, "Ce texte est trop long : 10000 caractères au plus."),
        (
            "latitude",
            "43,6",
            "Un nombre de degrés est attendu, avec un point, comme 43.6108. Peut-être « 43.6 » ?",
        ),
        ("latitude", "nan", "Un nombre est attendu ; laissez vide s’il est inconnu."),
        ("longitude", "1e400", "Un nombre est attendu ; laissez vide s’il est inconnu."),
        ("latitude", 300, "Une latitude est un nombre entre −90 et 90, en degrés."),
        ("longitude", -181, "Une longitude est un nombre entre −180 et 180, en degrés."),
        ("nombre_semaines", 0, "Un nombre entier de semaines est attendu, 1 ou plus."),
        ("nombre_semaines", 10**30, "Ce nombre est trop grand."),
        ("volume_horaire_hebdomadaire", -1, "Un nombre d’heures par semaine est attendu, 0 ou plus."),
        (
            "publics",
            "jeune",
            "Une liste de codes est attendue, comme ['a', 'b']. Peut-être « ['jeunes'] » ?",
        ),
        ("publics", "[]", "Cette liste est vide : laissez le champ vide s’il est inconnu."),
        (
            "publics",
            "['tous-publics', 'jeunes']",
            "`tous-publics` ne peut pas être utilisé avec d’autres valeurs.",
        ),
        ("nom", 1234, "Un texte est attendu."),
    ],
)
def test_each_bad_field_has_its_reason(field, value, reason):
    assert [(fault.field, fault.reason) for fault in faults(**{field: value})] == [(field, reason)]


def test_value_of_a_fault_is_what_was_received_cut_at_200_characters():
    assert faults(description="x" * 10_001)[0].value == "x" * 200
    assert faults(nom="a\x1bb" * 100)[0].value == ("a�b" * 100)[:200]


def test_bad_items_of_a_list_make_one_fault_that_names_them():
    found = faults(thematiques=["famille--garde-denfant", "rien", "famille--soutien-aidants"])

    assert found == [
        Fault(
            "thematiques",
            "famille--garde-denfant, rien",
            "Cette valeur n’est pas dans la liste du schéma data·inclusion. "
            "Peut-être « famille--garde-denfants » ?",
        )
    ]


def test_bad_zone_makes_one_fault_though_five_rules_refuse_it():
    assert [fault.value for fault in faults(zone_eligibilite=["34172", "partout"])] == ["partout"]


def test_missing_fields_are_named_one_by_one():
    found = validated({"id": "x"}, Kind.STRUCTURE)

    assert found == [Fault(name, None, "Ce champ est obligatoire.") for name in ("source", "nom", "date_maj")]


def test_siret_with_spaces_proposes_its_digits():
    assert faults(Kind.STRUCTURE, siret="343 683 181 00022")[0].reason == (
        "Un numéro SIRET a 14 chiffres, sans espace. Peut-être « 34368318100022 » ?"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a\0b", "caractère nul"),
        ("Th\udce9", "UTF-8"),
        (["a", {"b": "c\0"}], "caractère nul"),
        (10**30, "trop grand"),
    ],
)
def test_values_that_nothing_can_keep_are_named(value, words):
    (fault,) = unwritable({"nom": "bien", "autre": value})

    assert fault.field == "autre"
    assert words in fault.reason


def test_written_backslashes_are_no_nul():
    assert unwritable({"nom": "C:\\u0000"}) == []
