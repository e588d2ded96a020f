"""The publics that a sentence tells of."""

import math

from ._ages import publics_of_ages
from ._entries import Scored
from ._language import Language
from ._phrases import PhraseBook, said
from ._sentence import Sentence
from ._words import Reader

_BELIEVED = 1.5  # nats, as for the needs
_THRESHOLD = 0.5
_AGE_SCORE = 0.95  # an age is said, not guessed


class PublicReader:
    """Phrases and ages only: a public is said ("retraité", "j'ai 58 ans"), seldom hinted at."""

    def __init__(self, language: Language, reader: Reader) -> None:
        self._values = tuple(language.vocabulary.publics)
        self._book = PhraseBook(language.public_phrases, reader, run_after=1)

    def publics(self, sentence: Sentence) -> tuple[Scored, ...]:
        """Best first, then in the official order."""
        scores = dict.fromkeys(publics_of_ages(sentence.plain), _AGE_SCORE)
        for value, matches in said(self._book.matches(sentence.tokens, sentence.every)).items():
            score = 1 - math.exp(-max(match.weight for match in matches) / _BELIEVED)
            scores[value] = max(scores.get(value, 0.0), score)
        kept = [
            Scored(value, round(scores[value], 4))
            for value in self._values
            if scores.get(value, 0) >= _THRESHOLD
        ]
        return tuple(sorted(kept, key=lambda one: -one.score))
