"""What people type, and the town they mean."""

import random
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.territory.reference import Municipality, municipalities
from allervers.territory.reference.matching import MunicipalityMatch, Names, french_names, ranked
from allervers.territory.reference.names import compact, key

FIRST = 5
TOWNS = list(municipalities().values())


def matches(text: str, *, home: tuple[str, ...] = (), limit: int = 8) -> list[MunicipalityMatch]:
    return ranked(french_names().scored(text), home=home, limit=limit)


def codes(text: str, **options: tuple[str, ...]) -> list[str]:
    return [match.municipality.code_insee for match in matches(text, **options)]


def sure(text: str, **options: tuple[str, ...]) -> str | None:
    """The code of the answer that needs no question."""
    found = matches(text, **options)
    return found[0].municipality.code_insee if found and found[0].is_sure else None


@pytest.mark.parametrize(
    "typed",
    [
        "Montpellier", "MONTPELLIER", "montpelier", "montepllier", "mont pellier", "Montpellier 34",
        "Montpellier (34)", "34080 Montpellier", "Montpellier 34080", "34080", "34 080", "F-34080",
        "montpellier, hérault", "J’habite à Montpellier", "34961 Montpellier cedex 2", "34080 Figuerolles",
        "34172",
    ],
)  # fmt: skip
def test_one_town_is_meant_however_it_is_written(typed: str) -> None:
    assert sure(typed) == "34172"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Le Havre", "76351"),
        ("havre", "76351"),
        ("l'hay les roses", "94038"),
        ("L’Haÿ-les-Roses", "94038"),
        ("st jean vedas", "34270"),
        ("Saint‑Maur Fossés", "94068"),
        ("villeneuve dascq", "59009"),
        ("Nîmes", "30189"),
        ("oeuilly 51", "51410"),
        ("st denis 93", "93066"),
        ("Saint-Denis (La Réunion)", "97411"),
        ("Paris 13", "75113"),
        ("paris 13ème", "75113"),
        ("Paris 1er arrondissement", "75101"),
        ("13003", "13203"),
        ("Marseille 13003", "13203"),
        ("2a004", "2A004"),
        ("Y", "80829"),
    ],
)
def test_ways_of_writing_a_town(typed: str, code: str) -> None:
    assert sure(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "   ", "!!!", "la mosson", "bonjour", "asdf", "99999", "12345678", "مرسيليا"]
)
def test_what_is_no_town_finds_none(typed: str) -> None:
    assert matches(typed) == []


def test_namesakes_are_a_choice_biggest_first() -> None:
    found = matches("st denis")

    assert [match.municipality.code_insee for match in found[:2]] == ["97411", "93066"]
    assert not any(match.is_sure for match in found)


def test_the_declared_territory_settles_between_namesakes() -> None:
    assert codes("saint denis", home=("93066",))[0] == "93066"
    assert sure("saint denis", home=("93066",)) == "93066"


def test_the_declared_territory_does_not_bend_a_name() -> None:
    assert sure("Lens", home=("89387",)) == "62498"  # Sens, one letter away, is at home


def test_a_postcode_of_several_towns_is_a_choice() -> None:
    found = matches("34430")

    assert {match.municipality.code_insee for match in found} == {
        town.code_insee for town in TOWNS if "34430" in town.codes_postaux
    }  # fmt: skip


def test_a_small_town_that_begins_a_great_name_is_a_choice() -> None:
    assert codes("aix")[:2] == ["19002", "13001"]
    assert sure("aix") is None


def test_a_mistyped_postcode_offers_its_neighbours() -> None:
    offered = matches("34501")

    assert offered
    assert all(match.municipality.departement == "34" and match.score < 0.85 for match in offered)


def test_a_code_near_a_good_one_is_offered_biggest_first() -> None:
    assert french_names().nearest_codes("3417")[0].code_insee == "34172"


def test_local_names_are_searched_alike() -> None:
    town = Municipality("ZZ001", "Rivelaine-le-Haut", ("00100",), "", "", "ZZ", "ZZ", 100, 45.0, 3.0)
    local = Names([town])

    for typed in ("rivelaine", "Rivelène le haut", "00100", "rivelaine haut"):
        assert [found for found, _ in local.scored(typed)] == [town]


def _namesakes() -> dict[str, list[Municipality]]:
    groups = defaultdict(list)
    for town in TOWNS:
        groups[compact(key(town.nom))].append(town)
    return groups


NAMESAKES = _namesakes()


@given(st.sampled_from(TOWNS))
def test_every_name_finds_its_town_or_bigger_namesakes_first(town: Municipality) -> None:
    found = codes(town.nom)[:FIRST]

    namesakes = NAMESAKES[compact(key(town.nom))]
    bigger = [other for other in namesakes if (other.population or 0) >= (town.population or 0)]
    assert town.code_insee in found or len(bigger) > FIRST


@given(st.sampled_from(TOWNS))
def test_every_name_with_its_departement_finds_its_town_first(town: Municipality) -> None:
    assert codes(f"{town.nom} ({town.departement})")[0] == town.code_insee


@given(st.sampled_from([town for town in TOWNS if town.codes_postaux]), st.data())
def test_every_postcode_with_the_name_finds_its_town_first(town: Municipality, data: st.DataObject) -> None:
    postcode = data.draw(st.sampled_from(town.codes_postaux))

    assert codes(f"{postcode} {town.nom}")[0] in {town.code_insee, *_wards(town)}


def _wards(town: Municipality) -> set[str]:
    return {ward.code_insee for ward in TOWNS if ward.part_of == town.code_insee}


LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONG_NAMES = [town for town in TOWNS if len(compact(key(town.nom))) >= 6]
TOWNS_OF_SIZE = [town for town in LONG_NAMES if (town.population or 0) >= 2_000]


def misspelt(name: str, rng: random.Random) -> str:
    """One letter wrong, missing, doubled or swapped with the next; never the space between two words."""
    at = rng.choice([at for at in range(len(name) - 1) if " " not in name[at : at + 2]])
    return rng.choice(
        [
            name[:at] + rng.choice(LETTERS) + name[at + 1 :],
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        ]
    )


@given(st.sampled_from(TOWNS_OF_SIZE), st.randoms(use_true_random=False))
def test_one_wrong_letter_keeps_a_town_of_some_size_among_the_first(
    town: Municipality, rng: random.Random
) -> None:
    found = codes(misspelt(key(town.nom), rng))[:FIRST]

    assert town.code_insee in found or len(NAMESAKES[compact(key(town.nom))]) >= FIRST


def test_one_wrong_letter_loses_few_villages() -> None:
    """Some misspellings are another village's name (« Pieux » for « Piseux »): those cannot be told."""
    rng = random.Random(20261124)
    villages = rng.sample([town for town in LONG_NAMES if len(NAMESAKES[compact(key(town.nom))]) == 1], 1_000)

    kept = [town for town in villages if town.code_insee in codes(misspelt(key(town.nom), rng))[:FIRST]]

    assert len(kept) >= 980
