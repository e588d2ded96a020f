"""The labels are in the reader's language; a file that cannot be used stops nothing."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from allervers.directory import words as room
from allervers.engines.vocabulary import UnknownLanguage, VocabularyError, vocabulary


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
