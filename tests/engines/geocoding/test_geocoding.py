"""Addresses as people type and say them, on a town answered by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from allervers.columns import FolderTaken, FolderUnreadable
from allervers.engines.geocoding import House, Kind, Match, Named, Names, build, geocode
from tests.engines.geocoding.towns import HOUSES, PLACES, TOWNS


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Names]:
    folder = tmp_path_factory.mktemp("geocoding") / "names"
    build(folder, HOUSES, towns=TOWNS, named=PLACES)
    yield Names.open(folder)


def said(match: Match) -> tuple[str, str]:
    return match.kind.value, f"{match.number} {match.name}".strip()


@pytest.mark.parametrize(
    "typed",
    [
        "100 Avenue du Biterrois",
        "100 av du biterrois",
        "100 avenu du biteroi",
        "100 AV. BITERROIS",
        "100, avenue du biterrois 34080 Montpellier",
        "100 avenue du bitterrois à montpellier",
        "cent avenue du biterrois",
        "avenue du biterrois 100",
        "au numéro 100 avenue du biterrois",
        "bâtiment C, 3e étage, 100 av. du Biterrois",
        "tour 7, 100 avenue du biterrois",
        "résidence des Pins 100 avenue du biterrois",
        "100avenue du biterrois",
        "100 avenue dubiterrois",
        "100 avenuedubiterrois",
        "100 avenue duxbiterrois",
    ],
)
def test_an_address_is_found_as_it_is_typed(names: Names, typed: str) -> None:
    first = geocode(typed, names)[0]

    assert said(first) == ("housenumber", "100 Avenue du Biterrois")
    assert (first.code_insee, first.town) == ("34172", "Montpellier")
    assert first.score > 0.84


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12bis av du gal de gaulle", "12bis"),
        ("12 bis avenue du general de gaulle", "12bis"),
        ("12 avenue du général de gaulle", "12"),
        ("14 ter av. gal de gaulle", "14ter"),
        ("douze bis avenue du général de gaulle", "12bis"),
        ("15 bis avenue du général de gaulle", "15"),
    ],
)
def test_a_repetition_is_heard(names: Names, typed: str, number: str) -> None:
    assert said(geocode(typed, names)[0]) == ("housenumber", f"{number} Avenue du Général de Gaulle")


def test_two_streets_of_one_name_are_both_given(names: Names) -> None:
    first, second = geocode("12 r. Jean Jaures", names)[:2]

    assert {first.code_insee, second.code_insee} == {"34172", "34057"}
    assert (first.score, said(first)[0]) == (second.score, "housenumber")


@pytest.mark.parametrize("typed", ["12 r. Jean Jaures castelnau le lez", "12 rue jean jaurès, 34170"])
def test_the_town_or_its_postcode_chooses(names: Names, typed: str) -> None:
    first, second = geocode(typed, names)[:2]

    assert first.code_insee == "34057"
    assert first.score - second.score > 0.05


def test_a_number_between_two_known_ones_is_said_to_be_so(names: Names) -> None:
    first = geocode("101 avenue du biterrois", names)[0]

    assert (first.kind, first.number, first.between) == (Kind.INTERPOLATED, "101", (100, 102))
    assert first.longitude == pytest.approx(3.8 + 49.5 * 0.000137)


def test_a_number_beyond_the_street_gives_the_street(names: Names) -> None:
    first = geocode("999 avenue du biterrois", names)[0]

    assert said(first) == ("street", "Avenue du Biterrois")
    assert first.score < 0.84


def test_the_words_before_a_town_are_the_street_s(tmp_path: Path) -> None:
    houses = [House(1, name, "34172", 43.6, 3.8) for name in ("Rue de la Croix", "Rue de la Croix d'Or")]
    build(tmp_path / "names", houses, towns=TOWNS)

    found = geocode("1 rue de la croix d'or montpellier", Names.open(tmp_path / "names"))

    assert said(found[0]) == ("housenumber", "1 Rue de la Croix d'Or")


def test_a_number_is_no_slip_of_the_finger(names: Names) -> None:
    """Without spaces, « 9 eglantier » would be two signs away from the street's name."""
    first = geocode("9 allee eglantier", names)[0]

    assert (first.kind, first.score < 0.84) == (Kind.STREET, True)


def test_numbers_in_a_name_are_no_house_numbers(names: Names) -> None:
    assert said(geocode("rue du 8 mai 1945", names)[0]) == ("street", "Rue du 8 Mai 1945")
    assert said(geocode("3 rue du huit mai mille neuf cent quarante-cinq", names)[0]) == (
        "housenumber", "3 Rue du 8 Mai 1945",
    )  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        "rue jean jaures et rue de la loge",
        "angle de la rue de la Loge et de la rue Jean Jaurès",
        "Rue Jean Jaurès / Rue de la Loge",
    ],
)
def test_a_crossing_is_where_both_streets_are(names: Names, typed: str) -> None:
    first = geocode(typed, names)[0]

    assert first.kind == Kind.CROSSING
    assert (first.latitude, first.longitude) == (
        pytest.approx(43.61, abs=0.01),
        pytest.approx(3.8, abs=0.001),
    )


def test_a_name_with_and_in_it_is_one_street(names: Names) -> None:
    assert said(geocode("rue pierre et marie curie", names)[0]) == ("street", "Rue Pierre et Marie Curie")


@pytest.mark.parametrize("typed", ["place de la paillade", "tour 7 la paillade", "la paillade"])
def test_a_part_of_town_is_no_street_that_looks_like_it(names: Names, typed: str) -> None:
    """« Rue de la Taillade » is a letter away."""
    found = geocode(typed, names)

    assert {match.name for match in found} == {"Marché de la Paillade", "Crèche de la Paillade"}


def test_a_tower_is_found_by_its_name(names: Names) -> None:
    assert said(geocode("tour d assas", names)[0]) == ("place", "Tour d'Assas")


def test_names_of_another_layer_count(names: Names) -> None:
    landmarks = Names.of([Named("Crèche Taillade-Nord", Kind.PLACE, 43.6, 3.8)])

    found = geocode("creche taillade nord", names, landmarks)

    assert said(found[0]) == ("place", "Crèche Taillade-Nord")


def test_capitals_are_shown_decently(names: Names) -> None:
    assert said(geocode("3 allee des eglantiers", names)[0]) == ("housenumber", "3 Allée des Églantiers")


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "?!", "0", "99999", "12", "et et et", "a" * 5000, "é" * 300, "bis", "\ud800", "1 " * 400],
)
def test_what_says_nothing_finds_nothing_and_breaks_nothing(names: Names, typed: str) -> None:
    assert geocode(typed, names) == []


def test_another_department_s_postcode_is_not_here(names: Names) -> None:
    found = geocode("12 rue jean jaures 75001 paris", names)

    assert all(match.score < 0.6 for match in found)


def test_two_houses_of_one_number_far_apart_are_both_given(tmp_path: Path) -> None:
    houses = [
        House(1, "Place du Marché", "34172", 43.6, 3.8),
        House(1, "Place du Marché", "34172", 43.7, 3.8),
    ]
    build(tmp_path / "names", houses, towns=TOWNS)

    found = geocode("1 place du marché", Names.open(tmp_path / "names"))

    assert [match.latitude for match in found] == [43.6, 43.7]


def test_a_set_without_names_answers_nothing(tmp_path: Path) -> None:
    build(tmp_path / "names")

    assert geocode("12 rue jean jaurès", Names.open(tmp_path / "names")) == []


def test_a_folder_is_never_written_over_nor_read_when_cut(tmp_path: Path) -> None:
    folder = tmp_path / "names"
    build(folder, HOUSES, towns=TOWNS)

    with pytest.raises(FolderTaken):
        build(folder, HOUSES)
    file = next(folder.iterdir())
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(FolderUnreadable):
        Names.open(folder)
