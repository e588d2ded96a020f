"""The labels are in the reader's language; a file that cannot be used stops nothing."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from allervers.directory import words as room
from allervers.directory.words import languages_to_review, words
from allervers.engines.vocabulary import UnknownLanguage, VocabularyError, vocabulary
from allervers.ui.languages import SPOKEN

RIGHTS = "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    room._words_of.cache_clear()
    yield
    room._words_of.cache_clear()


def refuse(error: VocabularyError):
    def read(code: str):
        if code != "fr":
            raise error
        return vocabulary(code)

    return read


def test_words_of_a_refused_file_are_french_and_the_refusal_is_told_once(monkeypatch, caplog):
    monkeypatch.setattr(room, "vocabulary", refuse(VocabularyError("en", ("no label", "no synonyms"))))

    with translation.override("en"):
        assert room.words().language == room.words().language == "fr"

    [said] = caplog.messages
    assert "« en »" in said
    assert "2 défauts" in said
    assert "no label" in said


def test_words_of_a_language_without_a_file_are_french_in_silence(monkeypatch, caplog):
    monkeypatch.setattr(room, "vocabulary", refuse(UnknownLanguage("en")))

    with translation.override("en"):
        assert room.words().language == "fr"

    assert caplog.messages == []


def test_grave_words_that_nobody_reviewed_show_the_french_beside() -> None:
    with translation.override("es"):
        rights = words().thematiques[RIGHTS]
        sport = words().thematiques["remobilisation--activites-sportives-et-culturelles"]

    assert rights.label == "Conocer mis derechos y ayudas (Connaître mes droits et mes aides)"
    assert sport.label == "Deporte, salidas, cultura"


def test_each_language_counts_what_is_to_be_reviewed() -> None:
    counted = {one.name: one.to_review for one in languages_to_review()}

    assert set(counted) == {spoken.name for code, spoken in SPOKEN.items() if code != "fr"}
    assert counted["العربية"] == 99
