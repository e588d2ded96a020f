"""Words made comparable, numbers said aloud, names fit to be read."""

import pytest

from allervers.engines.geocoding import accents_of, shown_name
from allervers.engines.geocoding._text import sound, tokens


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("12bis Av. du Gal de Gaulle", "12 bis avenue du general de gaulle"),
        ("BD ST-ROCH", "boulevard saint roch"),
        ("quatre-vingt-dix-sept rue", "97 rue"),
        ("vingt et un", "21"),
        ("cent douze", "112"),
        ("trois huit", "3 8"),
        ("mille neuf cent quarante-cinq", "1945"),
        ("deux cents", "200"),
        ("soixante et onze", "71"),
        ("quatre-vingts", "80"),
        ("007 rue", "7 rue"),
        ("Œuvre d'Æsope", "oeuvre d aesope"),
    ],
)
def test_words_are_in_full_and_numbers_in_digits(typed: str, words: str) -> None:
    assert tokens(typed) == words.split()


@pytest.mark.parametrize(
    ("one", "other"),
    [("biterrois", "biteroi"), ("philippe", "filipe"), ("quai", "ké"), ("clemenceau", "clemenso")],
)
def test_words_that_sound_alike_agree(one: str, other: str) -> None:
    assert sound(one) == sound(tokens(other)[0])


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("ALL DES EGLANTIERS", "Allée des Églantiers"),
        ("RUE DE L'EGLISE", "Rue de l'Église"),
        ("Place de la Comedie", "Place de la Comédie"),
        ("BD HENRI IV", "Boulevard Henri IV"),
        ("RUE FRANCOIS-ANDRE PHILIDOR", "Rue François-André Philidor"),
        ("Rue Joachim Du Bellay", "Rue Joachim Du Bellay"),
        ("", ""),
    ],
)
def test_names_are_shown_in_a_decent_form(written: str, shown: str) -> None:
    assert shown_name(written) == shown


def test_accents_are_learnt_where_nobody_writes_them_two_ways() -> None:
    learnt = accents_of(["Rue du Péché", "Rue des Pêchers", "Rue du Pêche", "Allée Tartéra"])

    assert learnt["tartera"] == "tartéra"
    assert "peche" not in learnt
    assert shown_name("RUE TARTERA", learnt) == "Rue Tartéra"
