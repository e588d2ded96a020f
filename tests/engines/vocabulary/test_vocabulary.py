"""The vocabularies: complete, plain, and refused with every reason when they are not."""

from importlib.resources import files

import pytest
from data_inclusion.schema.v1 import Categorie, Public, Thematique

from allervers.engines import vocabulary as engine
from allervers.engines.vocabulary import PICTOGRAMS, UnknownLanguage, VocabularyError, vocabulary
from allervers.engines.vocabulary._embeddings import KeptEmbeddings
from allervers.engines.vocabulary._language import parse_language, read_language


def french() -> str:
    return (files(engine) / "languages" / "fr.yaml").read_text(encoding="utf-8")


def test_vocabulary_holds_every_official_value_in_the_official_order():
    words = vocabulary("fr")

    assert list(words.thematiques) == [item.value for item in Thematique]
    assert list(words.categories) == [item.value for item in Categorie]
    assert list(words.publics) == [item.value for item in Public]


def test_entry_is_complete():
    words = vocabulary()
    entries = [*words.thematiques.values(), *words.categories.values(), *words.publics.values()]

    assert [entry.value for entry in entries if not (entry.label and entry.explanation)] == []
    assert {entry.pictogram for entry in entries} <= PICTOGRAMS
    assert [entry.value for entry in words.thematiques.values() if len(entry.synonyms) < 20] == []


def test_label_is_short_and_plain():
    words = vocabulary()
    entries = [*words.thematiques.values(), *words.categories.values(), *words.publics.values()]

    assert [entry.label for entry in entries if len(entry.label) > 55] == []
    assert [
        entry.explanation for entry in entries if "\n" in entry.explanation or len(entry.explanation) > 130
    ] == []


def test_category_of_thematique():
    words = vocabulary()

    category = words.category_of("famille--garde-denfants")

    assert category == words.categories["famille"]
    with pytest.raises(KeyError):
        words.category_of("famille")


def test_unknown_language_is_refused():
    with pytest.raises(UnknownLanguage) as refusal:
        vocabulary("tlh")

    assert refusal.value.language == "tlh"


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        (
            "  famille--garde-denfants:\n",
            "  famille--garde-chats:\n",
            "thematiques: famille--garde-denfants is missing",
        ),
        (
            "  famille--garde-denfants:\n",
            "  famille--garde-chats:\n",
            "thematiques: famille--garde-chats is unknown",
        ),
        ("label: Apprendre le français\n", "label: ''\n", "maitriser-le-francais: no label"),
        ("pictogram: baby\n", "pictogram: cherub\n", "no icon named cherub"),
        ("synonyms: [tous publics,", "synonyms: [115,", "no synonyms, or one that is not a text (quote it)"),
        ('    numbers: ["3919", "17", "114"]\n', "", "urgent: violence: no numbers"),
    ],
)
def test_file_with_a_fault_is_refused_with_its_reason(written, instead, problem):
    text = french()
    assert written in text

    with pytest.raises(VocabularyError) as refusal:
        parse_language("fr", text.replace(written, instead))

    assert problem in str(refusal.value)


def test_key_written_twice_is_refused():
    with pytest.raises(Exception, match="written twice: language"):
        parse_language("fr", french() + "\nlanguage: fr\n")


def test_kept_embeddings_are_those_of_the_phrases():
    """After a change in the YAML: `python -m allervers.engines.vocabulary.learn`."""
    kept = KeptEmbeddings.read("fr")

    assert [text for text in read_language("fr").phrase_texts() if not kept.knows(text)] == []
