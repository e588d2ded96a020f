"""Real lists of the country, each read whole."""

import json
from collections import Counter

import pytest

from allervers.directory.intake.v0 import vocabularies

WEEKLY = "montpellier/data-inclusion-v1/opendata"
LISTS = "structures-nationales"


def test_five_formats_of_one_directory_give_the_same(taken, shared):
    read = {
        form: taken(*sorted((shared / WEEKLY).glob(f"*.{form}")))
        for form in ("csv", "json", "geojson", "parquet", "xlsx")
    }

    first = read["csv"]
    assert first.counts() == {"read": 1974, "added": 1972, "quarantined": 1, "rejected_total": 2}
    assert all(one.rows == first.rows and one.counts() == first.counts() for one in read.values())


def test_v0_files_give_621_live_services_and_no_v0_word(taken, shared):
    folder = shared / "data-inclusion-2022"

    read = taken(folder / "services.json", folder / "structures.json")

    assert (len(read.rows["service"]) - len(read.waiting), len(read.waiting)) == (621, 3640)
    shown = {word for row in read.rows["service"] for word in json.loads(row["thematiques"] or "[]")}
    v0_only = {word for word, codes in vocabularies()["thematiques"].means.items() if (word,) != codes}
    assert shown and not shown & v0_only
    assert {row["date_maj"] for row in read.rows["service"]} == {None}  # the file does not say


def test_dora_brings_the_structures_of_37_services_of_which_4_are_known_already(taken, shared):
    folder = shared / "data-inclusion-2022"
    without = taken(folder / "services.json", folder / "structures.json")

    with_dora = taken(folder / "services.json", shared / "dora-2022/structures.json")
    both = taken(folder / "services.json", folder / "structures.json", shared / "dora-2022/structures.json")

    assert len(with_dora.rows["service"]) - len(with_dora.waiting) == 37
    assert len(without.waiting) - len(both.waiting) == 33


def test_france_services_are_read_with_their_hours(taken, shared):
    read = taken(shared / LISTS / "france-services-2024-08.csv")

    assert (read.report["read"], read.report["added"]) == (2845, 2845)
    hours = Counter(row["horaires_accueil"][:3] for row in read.rows["structure"])
    assert read.rows["structure"][0]["horaires_accueil"].startswith("Mo 13:30-17:00; Tu-Th 09:00-12:00")
    assert hours["Mo "] + hours["Mo-"] + hours["Mo,"] > 2000


def test_siae_are_read_and_their_13_bad_siret_are_said(taken, shared):
    read = taken(shared / LISTS / "siae.csv")

    assert (read.report["read"], read.report["added"]) == (3853, 3853)
    assert Counter(field for _row, field, _value in read.said())["siret"] == 13
    assert sum(not row["siret"] for row in read.rows["structure"]) == 13


@pytest.mark.parametrize(
    ("name", "rows", "added"),
    [
        ("prescripteurs.csv", 1003, 1003),
        ("aidants-connect.json", 3407, 3374),
        ("conseillers-numeriques-2022-05.json", 9860, 9858),
    ],
)
def test_national_lists_are_known_at_sight(taken, shared, name, rows, added):
    read = taken(shared / LISTS / name)

    assert (read.report["read"], read.report["added"]) == (rows, added)


def test_joined_list_keeps_the_date_of_each_of_its_lists(taken, shared):
    read = taken(shared / "montpellier/annuaire-brut.csv")

    assert (read.report["read"], read.report["added"]) == (1474 + 93, 1474 + 93)
    dates = {row["source"]: row["confirmed_on"] for row in read.rows["structure"]}
    assert dates["ville-montpellier-associations-2012"] == "2012-06-01"
    assert dates["france-services-2024-08"] == "2024-08-01"
    assert max(str(day) for day in dates.values()) < "2026"


def test_associations_of_2012_are_dated_of_2012(taken, shared):
    read = taken(shared / "montpellier/associations-2012.csv")

    assert (read.report["read"], read.report["added"]) == (2452, 2280)
    assert {row["confirmed_on"] for row in read.rows["structure"]} == {"2012-06-01"}
    refused = [one for one in read.report["rejected"] if not one.get("set_aside")]
    assert len(refused) == 172 and {one["field"] for one in refused} == {"id"}  # one place told twice
