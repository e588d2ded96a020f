"""The emergency that a sentence tells of."""

import numpy as np

from ._entries import Urgent
from ._language import Language, Phrase
from ._likeness import Likeness
from ._needs import told_by_text
from ._phrases import PhraseBook, said
from ._sentence import Sentence
from ._vectors import Vectors
from ._words import Reader

_CALM = "calm"
# Weight of a phrase (nats) from which it is enough by itself.
_SAID = 1.6
# Without such a phrase: share of the votes of the nearest phrases. High, for a band of emergency
# numbers over each page would no longer be seen.
_RESEMBLED = 0.7


class UrgencyReader:
    """Emergencies are looked for apart from the needs: one missed is worse than one too many."""

    def __init__(self, language: Language, reader: Reader, vectors: Vectors) -> None:
        calm = [Phrase(text, _CALM, 1.0) for text in language.calm]
        self._numbers = language.urgent_numbers
        self._book = PhraseBook([*language.urgent_phrases, *calm], reader, run_after=1)
        ordinary = [Phrase(one.text, _CALM, 1.0) for one in language.need_phrases]
        blank = [Phrase(text, _CALM, 1.0) for text in language.nothing]
        told = told_by_text([*ordinary, *blank, *calm, *language.urgent_phrases])
        for values in told.values():
            if len(values) > 1:
                values.pop(_CALM, None)
        self._likeness = Likeness(
            vectors.of_phrases(list(told)), list(told.values()), (*self._numbers, _CALM)
        )

    def urgent(self, sentence: Sentence) -> Urgent | None:
        """The surest emergency, the gravest first among equals; None when there is none."""
        kind = self._said(sentence) or self._resembled(sentence)
        return None if kind is None else Urgent(kind, self._numbers[kind])

    def _said(self, sentence: Sentence) -> str | None:
        found = said(self._book.matches(sentence.tokens, sentence.every))
        weights = {
            kind: max((one.weight for one in found.get(kind, ())), default=0.0) for kind in self._numbers
        }
        kind = max(weights, key=lambda one: weights[one])
        return kind if weights[kind] >= _SAID else None

    def _resembled(self, sentence: Sentence) -> str | None:
        if sentence.is_empty:
            return None
        seen = self._likeness.resembles(sentence.vectors[0])
        place = int(np.argmax(seen.vote[:-1]))
        return self._likeness.values[place] if seen.vote[place] >= _RESEMBLED else None
