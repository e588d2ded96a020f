"""A text understood: its needs, its publics, its emergency."""

from dataclasses import replace

from ._entries import Scored, Understanding, Urgent
from ._language import Language
from ._needs import NeedReader
from ._publics import PublicReader
from ._sentence import SentenceMaker
from ._urgency import UrgencyReader
from ._vectors import Vectors
from ._words import Reader, make_reader

# An emergency is a need as well, even when its words told of none.
_NEED_OF_EMERGENCY = 0.5


class Understander:
    """Reads texts in one language. Making one takes about a second; it may be shared by threads."""

    def __init__(self, language: Language, *, with_embeddings: bool) -> None:
        reader = reader_of(language)
        vectors = Vectors(language.vocabulary.language, reader, with_embeddings=with_embeddings)
        self._urgent_needs = language.urgent_needs
        self._sentences = SentenceMaker(language, reader, vectors)
        self._needs = NeedReader(language, reader, vectors, with_embeddings=with_embeddings)
        self._publics = PublicReader(language, reader)
        self._urgency = UrgencyReader(language, reader, vectors)

    def understand(self, text: str) -> Understanding:
        """What `text` asks for. Never raises; only its first 500 characters are read."""
        sentence = self._sentences.make(text)
        urgent = self._urgency.urgent(sentence)
        needs = self._with_emergency(self._needs.needs(sentence), urgent)
        return Understanding(needs, self._publics.publics(sentence), urgent)

    def _with_emergency(self, needs: tuple[Scored, ...], urgent: Urgent | None) -> tuple[Scored, ...]:
        need = self._urgent_needs.get(urgent.kind) if urgent else None
        if need is None or any(one.value == need for one in needs):
            return needs
        return tuple(sorted((*needs, Scored(need, _NEED_OF_EMERGENCY)), key=lambda one: -one.score))


def reader_of(language: Language) -> Reader:
    """How the words of `language` are cut."""
    return make_reader(
        language.vocabulary.language, language.stop_words, language.negations, language.spellings
    )


def known_words(language: Language) -> frozenset[str]:
    """All the plain words that `language` uses."""
    reader = reader_of(language)
    words = (word for text in language.texts() for word in reader.words(text))
    return frozenset((*words, *reader.stop_words, *reader.negations))


def without_synonyms(language: Language) -> Language:
    """The same language with the labels alone, to measure what the synonyms bring."""
    entries = language.vocabulary.thematiques
    labels = tuple(one for one in language.need_phrases if one.text == entries[one.value].label)
    return replace(language, need_phrases=labels)
