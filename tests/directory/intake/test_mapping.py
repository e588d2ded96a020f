"""Any table through a mapping."""

import csv

import pytest

from allervers.directory.intake.mapping import (
    guess_mapping,
    mapping_as_yaml,
    mapping_from_yaml,
    preview,
    read_mapping,
)
from allervers.directory.intake.recognising import KNOWN_LISTS
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.tables import first_rows
from allervers.directory.intake.template import write_csv, write_xlsx
from allervers.directory.models import Kind

MAPPING = """
nom: Les associations
date: 2012-06-01
structures:
  source: {valeur: ville}
  id: {modele: "ville--{N°}"}
  nom: {colonnes: [Titre, Sigle], entre: " – "}
  siret: SIRET
  telephone: Tél.
  horaires_accueil: {jours: {lundi: Lu, mardi: Ma}}
  reseaux_porteurs: {colonne: Type, autres: laisser, valeurs: {AI: ai}}
services:
  si: Besoin
  source: {valeur: ville}
  id: {modele: "ville--{N°}--offre"}
  structure_id: {modele: "ville--{N°}"}
  nom: {valeur: Accompagnement}
  description: Texte
  thematiques: {colonne: Besoin, separateur: "|", valeurs: {permis: mobilite--preparer-un-permis}}
"""
ROWS = [
    {
        "N°": "1", "Titre": "La Passerelle", "Sigle": "LP", "SIRET": "343 683 181 00022", "Tél.": "467714850",
        "Lu": "9h-12h", "Ma": "", "Type": "AI", "Besoin": "permis|voyages", "Texte": "Un accompagnement.",
    },
    {
        "N°": "2", "Titre": "Le Foyer", "Sigle": "", "SIRET": "34368318100023", "Tél.": "", "Lu": "le matin",
        "Ma": "", "Type": "XX", "Besoin": "", "Texte": "",
    },
]  # fmt: skip


def test_mapping_makes_records_of_rows():
    made = preview(mapping_from_yaml(MAPPING), ROWS)

    assert [(kind.value, values["id"]) for kind, values, _said in made] == [
        ("structure", "ville--1"),
        ("structure", "ville--2"),
        ("service", "ville--1--offre"),
    ]
    assert made[0][1] == {
        "source": "ville",
        "id": "ville--1",
        "nom": "La Passerelle – LP",
        "siret": "34368318100022",
        "telephone": "04 67 71 48 50",
        "horaires_accueil": "Mo 09:00-12:00",
        "reseaux_porteurs": ["ai"],
        "date_maj": "2012-06-01",
    }
    assert made[1][1]["horaires_accueil"] == "lundi : le matin"  # as written: nobody is sure
    assert [said.split(" :")[0] for said in made[1][2]] == ["siret « 34368318100023 »"]
    assert made[2][1]["thematiques"] == ["mobilite--preparer-un-permis"]
    assert len(made[2][2]) == 1 and "voyages" in made[2][2][0]


def test_mapping_is_written_as_it_was_read():
    mapping = mapping_from_yaml(MAPPING)

    assert mapping_from_yaml(mapping_as_yaml(mapping)) == mapping


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "il y manque « structures: »"),
        ("structures: [", "ce n’est pas du YAML"),
        ("a: &a [1]\nb: [*a, *a]", "renvois"),
        ("structures: {id: a}", "il manque source, nom"),
        ("structures: {id: a, source: b, nom: c, adres: d}", "champs inconnus des structures : adres"),
        ('structures: {id: {modele: "{a.__class__!r}"}, source: b, nom: c}', "un modèle s’écrit"),
        ("structures: {id: {colone: a}, source: b, nom: c}", "mots inconnus : colone"),
        ("date: hier\nstructures: {id: a, source: b, nom: c}", "année-mois-jour"),
        ("x" * 300_000, "trop long"),
    ],
)
def test_mapping_that_cannot_be_read_says_what_to_mend(text, words):
    with pytest.raises(Refused, match="correspondance") as refused:
        mapping_from_yaml(text)

    assert words in refused.value.sentence


def test_mapping_for_other_columns_refuses_the_file(taken, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(Refused, match="la correspondance attend"):
        taken(path, mapping=mapping_from_yaml(MAPPING))


def test_mapped_rows_are_staged_and_what_is_left_aside_is_said(taken, tmp_path):
    path = tmp_path / "liste.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, ROWS[0], delimiter=";")
        writer.writeheader()
        writer.writerows(ROWS)

    read = taken(path, mapping=mapping_from_yaml(MAPPING))

    assert read.counts() == {"read": 3, "added": 3, "rejected_total": 2}
    assert read.said() == [(2, "siret", "34368318100023"), (1, "thematiques", "voyages")]
    assert all(one["set_aside"] for one in read.report["rejected"])


def test_guess_reads_names_and_contents():
    columns = ["Réf.", "Raison sociale", "coordonnées", "où", "CP", "Ouvert le lundi", "mardi", "mercredi"]
    rows = [
        {
            "Réf.": str(number),
            "Raison sociale": f"Maison {number}",
            "coordonnées": f"a{number}@essai.example",
            "où": f"{number} rue de l’Essai",
            "CP": "34080",
            "Ouvert le lundi": "9h-12h",
        }
        for number in range(8)
    ]

    guess = guess_mapping(columns, rows, source="ville")

    assert {one.column: one.field for one in guess.columns[1:]} == {
        "Raison sociale": "nom",
        "coordonnées": "courriel",
        "où": "adresse",
        "CP": "code_postal",
        "Ouvert le lundi": None,
        "mardi": None,
        "mercredi": None,
    }
    assert len(guess.rows) == 5 and guess.columns[1].samples == tuple(f"Maison {n}" for n in range(5))
    assert guess.mapping.plans[0].rules["horaires_accueil"].days.keys() == {"lundi", "mardi", "mercredi"}
    assert mapping_from_yaml(mapping_as_yaml(guess.mapping)) == guess.mapping
    assert [kind for kind, _values, _said in preview(guess.mapping, guess.rows)] == [Kind.STRUCTURE] * 5


@pytest.mark.parametrize("path", sorted(KNOWN_LISTS.glob("*.yml")), ids=lambda path: path.stem)
def test_known_lists_are_good_mappings(path):
    assert read_mapping(path).recognises


def test_filled_template_is_imported_and_its_example_is_not(taken, tmp_path):
    path = tmp_path / "modele.xlsx"
    write_xlsx(path)

    with pytest.raises(Refused, match="aucune fiche"):
        filled(path, structures=[], services=[])
        taken(path)

    filled(
        path,
        structures=[{"Nom de la structure": "Le Foyer", "Code postal": 6000, "Réseau": "Mission Locale"}],
        services=[
            {
                "Nom de la structure": "Le Foyer",
                "Nom du service": "Atelier CV",
                "Description du service": "Écrire son CV.",
                "Besoin 1": "Réaliser un CV et/ou une lettre de motivation",
                "Public 2": "Jeunes",
                "Frais": "Gratuit",
            }
        ],
    )
    read = taken(path)

    assert read.counts() == {"read": 2, "added": 2}
    structure, service = read.rows["structure"][0], read.rows["service"][0]
    assert (structure["nom"], structure["code_postal"], structure["reseaux_porteurs"]) == (
        "Le Foyer", "06000", '["mission-locale"]',
    )  # fmt: skip
    need = "preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation"
    assert (service["thematiques"], service["publics"], service["frais"], service["confirmed_on"]) == (
        f'["{need}"]', '["jeunes"]', "gratuit", None,
    )  # fmt: skip
    assert not read.waiting


def filled(path, *, structures: list[dict], services: list[dict]) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415  # only this test writes in a template

    book = load_workbook(path)
    for sheet, rows in (("Structures", structures), ("Services", services)):
        heads = [cell.value for cell in book[sheet][1]]
        for row in rows:
            book[sheet].append([row.get(head) for head in heads])
    book.save(path)


def test_template_in_csv_has_the_same_columns(tmp_path):
    path = tmp_path / "structures.csv"
    write_csv(path, Kind.STRUCTURE)

    columns, rows = first_rows(path)

    assert columns[0] == "Nom de la structure" and str(rows[0]["Nom de la structure"]).startswith("EXEMPLE")
