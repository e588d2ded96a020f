"""Other languages than French: read whatever the page, as people type them, marked until reviewed."""

from importlib.resources import files

import pytest

from allervers.engines import vocabulary as engine
from allervers.engines.vocabulary import (
    VocabularyError,
    needs_french_beside,
    to_review,
    understander,
    vocabulary,
    written_languages,
)
from allervers.engines.vocabulary._language import parse_language, read_language
from allervers.engines.vocabulary._words import plain

OTHERS = [code for code in written_languages() if code != "fr"]
CHILD_CARE = "famille--garde-denfants"


def first_need(text, page="fr"):
    needs = understander(page, with_embeddings=False).understand(text).thematiques
    return needs[0].value if needs else None


@pytest.mark.parametrize("code", OTHERS)
def test_language_names_every_value_and_takes_pictograms_and_numbers_from_french(code):
    words, french = vocabulary(code), vocabulary("fr")

    assert list(words.thematiques) == list(french.thematiques)
    assert {one.pictogram for one in words.publics.values()} <= {
        one.pictogram for one in french.publics.values()
    }
    assert engine.urgent_numbers(code) == engine.urgent_numbers("fr")


@pytest.mark.parametrize("page", ["fr", "en", "ar"])
@pytest.mark.parametrize(
    "text", ["حضانة لابنتي", "je cherche une nounou", "bana kres lazim", "няня для дитини", "nounou l wladi"]
)
def test_child_care_is_understood_whatever_the_page(page, text):
    assert first_need(text, page) == CHILD_CARE


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("الإقامة", "الاقامه"),
        ("مُسَاعَدَة", "مساعده"),
        ("شـــكرا", "شكرا"),
        ("٦٠ سنة", "60 سنه"),
        ("İŞ ARIYORUM", "is ariyorum"),
        ("сім'я", "сімя"),
        ("комп’ютер", "компютер"),
    ],
)
def test_letters_are_brought_together(typed, written):
    assert plain(typed) == written


def test_arabic_in_latin_letters_is_read_by_its_consonants():
    stem = engine._reader("ar", with_embeddings=False, with_synonyms=True)._needs._book

    assert stem.knows("nxdm")
    assert first_need("bghit nekhdem") == first_need("bghit nakhdem") == first_need("bghit na5dem")


def test_text_is_read_in_the_language_of_its_script_first():
    listener = understander("en", with_embeddings=False)

    assert listener.languages("أبحث عن عمل")[0] == "ar"
    assert listener.languages("шукаю роботу") == ("uk",)
    assert listener.languages("") == ("en",)


def test_mixed_languages_are_joined():
    needs = understander("fr", with_embeddings=False).understand("أبحث عن حضانة et une formation").thematiques

    assert {"famille--garde-denfants", "se-former--trouver-sa-formation"} <= {one.value for one in needs}


@pytest.mark.parametrize("text", ["kocam beni dovuyor", "زوجي يضربني", "мене бʼє чоловік"])
def test_violence_is_seen_on_a_french_page(text):
    assert understander("fr", with_embeddings=False).understand(text).urgent.kind == "violence"


def test_what_nobody_reviewed_is_counted_and_has_its_french_beside_it_where_it_is_grave():
    assert to_review(vocabulary("fr")) == 0
    assert to_review(vocabulary("ar")) == 69 + 16 + 14
    assert needs_french_beside(vocabulary("ar"), "difficultes-financieres--acquerir-une-autonomie-budgetaire")
    assert not needs_french_beside(vocabulary("ar"), "mobilite--preparer-un-permis")
    assert not needs_french_beside(vocabulary("fr"), "difficultes-financieres")


def test_reviewed_file_is_not_to_review():
    text = (files(engine) / "languages" / "tr.yaml").read_text(encoding="utf-8")
    read = text.replace("\nreviewed_by:\n", "\nreviewed_by: Ayşe D.\n", 1)

    assert to_review(parse_language("tr", read, read_language("fr")).vocabulary) == 0


def test_file_that_is_no_yaml_is_refused_with_a_reason():
    with pytest.raises(VocabularyError, match="tr"):
        parse_language("tr", "thematiques: [", read_language("fr"))
