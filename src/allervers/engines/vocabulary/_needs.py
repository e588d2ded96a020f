"""The needs that a sentence tells of."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ._entries import Scored
from ._language import Language, Phrase
from ._likeness import Likeness, Resemblance
from ._phrases import Match, PhraseBook, said
from ._sentence import Sentence
from ._vectors import Vectors
from ._words import Reader

NOTHING = "nothing"

# Weight of the phrases said (nats) at which they are believed at 63 %; what a second one adds.
_BELIEVED = 3.0
_REPEATED = 0.3
# A need that is only what another is for comes after it, unless it is said much more surely.
_FOR_LATER = 0.75
# Needs are answered from this probability, up to so many, and not when far below the surest.
_THRESHOLD = 0.08
_MOST = 5
# Logistic regression: said, regression, vote, nearest, said x vote, nothing, said / most said, constant.
# Made by `learn` on the tuning half.
_JOINED = {
    True: (3.68, 4.95, 7.46, 2.10, -4.67, -2.67, 5.06, -10.2),
    False: (0.50, 10.68, 2.67, -1.52, 0.33, 0.0, 6.02, -8.36),
}


class NeedReader:
    """Joins the phrases that are said with what the sentence resembles."""

    def __init__(
        self, language: Language, reader: Reader, vectors: Vectors, *, with_embeddings: bool
    ) -> None:
        blank = [Phrase(text, NOTHING, 1.0) for text in (*language.nothing, *language.names)]
        phrases = [*language.need_phrases, *blank]
        self._values = tuple(language.vocabulary.thematiques)
        self._joined = np.array(_JOINED[with_embeddings])
        self._book = PhraseBook(phrases, reader)
        told = told_by_text(phrases)
        self._likeness = Likeness(
            vectors.of_phrases(list(told)), list(told.values()), (*self._values, NOTHING)
        )

    def needs(self, sentence: Sentence) -> tuple[Scored, ...]:
        """Best first; a purpose comes after what serves it."""
        found = said(self._book.matches(sentence.tokens, sentence.every))
        if sentence.is_empty or _only_names(found, sentence):
            return ()
        chances = self._chances(self.evidence(sentence, found))
        later = [self._is_for_later(found.get(value, ()), sentence) for value in self._values]
        kept = [
            Scored(value, round(float(chance) * (_FOR_LATER if is_later else 1.0), 4))
            for value, chance, is_later in zip(self._values, chances, later, strict=True)
            if chance >= _THRESHOLD
        ]
        return tuple(sorted(kept, key=lambda one: -one.score)[:_MOST])

    def evidence(self, sentence: Sentence, found: Mapping[str, Sequence[Match]]) -> NDArray[np.float64]:
        """What speaks for each need, (n_needs, 7), in the order of `_JOINED`."""
        spoken = np.array([_believed(found.get(value, ())) for value in self._values])
        seen = [self._likeness.resembles(vector) for vector in sentence.vectors]
        vote = _most(seen, "vote")
        return np.stack(
            [
                spoken,
                np.clip(_most(seen, "regression"), -0.2, 1.2),
                vote,
                _most(seen, "nearest"),
                spoken * vote,
                np.full(len(spoken), seen[0].vote[-1]),
                spoken / max(spoken.max(), 1e-6),
            ],
            axis=1,
        )

    def _chances(self, evidence: NDArray[np.float64]) -> NDArray[np.float64]:
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-(evidence @ self._joined[:-1] + self._joined[-1])))
        return chances

    @staticmethod
    def _is_for_later(matches: Sequence[Match], sentence: Sentence) -> bool:
        if sentence.purpose_at is None or not matches:
            return False
        return min(max(matches, key=lambda one: one.weight).places) >= sentence.purpose_at


def told_by_text(phrases: Sequence[Phrase]) -> dict[str, dict[str, float]]:
    """The values that each text tells of, by weight."""
    told: dict[str, dict[str, float]] = {}
    for phrase in phrases:
        known = told.setdefault(phrase.text, {})
        known[phrase.value] = max(known.get(phrase.value, 0.0), phrase.weight)
    return told


def _believed(matches: Sequence[Match]) -> float:
    if not matches:
        return 0.0
    most = max(match.weight for match in matches)
    others = sum(match.weight for match in matches) - most
    return 1 - math.exp(-(most + _REPEATED * min(others, most)) / _BELIEVED)


def _most(seen: Sequence[Resemblance], name: str) -> NDArray[np.float32]:
    """The most that the whole or a clause says for each need."""
    most: NDArray[np.float32] = np.max([getattr(one, name)[:-1] for one in seen], axis=0)
    return most


def _only_names(found: Mapping[str, Sequence[Match]], sentence: Sentence) -> bool:
    """Whether names and greetings hold every word that says something."""
    named = {place for match in found.get(NOTHING, ()) for place in match.places}
    needed = any(
        match.places - named
        or match.weight > max(m.weight for m in found[NOTHING] if m.places & match.places)
        for value, matches in found.items()
        if value != NOTHING
        for match in matches
    )
    return bool(named) and not needed and all(token.position in named for token in sentence.tokens)
