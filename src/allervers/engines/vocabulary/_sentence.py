"""A sentence made ready: its words, its vectors, what is for later."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ._clauses import clauses, purpose_starts
from ._language import Language
from ._spelling import Speller
from ._vectors import Vectors
from ._words import MAX_TEXT, NEGATION, Reader, Token, plain


@dataclass(frozen=True, slots=True)
class Sentence:
    """What every reading of a text starts from."""

    plain: str  # lower case, no accents
    tokens: tuple[Token, ...]  # the words that say something
    every: tuple[Token, ...]  # all the words
    purpose_at: int | None  # place of the first word of "in order to…"
    vectors: NDArray[np.float32]  # the whole, then each clause: (1 + n_clauses, n_dimensions)

    @property
    def is_empty(self) -> bool:
        """Whether no word says anything."""
        return all(token.stem == NEGATION for token in self.tokens)


class SentenceMaker:
    """Texts to sentences, in one language."""

    def __init__(self, language: Language, reader: Reader, vectors: Vectors) -> None:
        self._reader = reader
        self._vectors = vectors
        self._code = language.vocabulary.language
        words = {word for text in language.texts() for word in reader.words(text)}
        self._speller = Speller(words, self._code)

    def make(self, text: str) -> Sentence:
        """The sentence in the first MAX_TEXT characters of `text`, whatever they are."""
        shown = _encodable(text[:MAX_TEXT])
        words = self._reader.words(shown)
        tokens = tuple(self._meant(token) for token in self._reader.tokens(words))
        every = tuple(self._reader.every_token(words))
        vectors = self._vectors.of_sentence([shown, *clauses(shown, self._code)])
        return Sentence(plain(shown), tokens, every, purpose_starts(words), vectors)

    def _meant(self, token: Token) -> Token:
        word, sureness = self._speller.meant(token.word)
        return (
            token if word == token.word else replace(token, stem=self._reader.stem(word), sureness=sureness)
        )


def _encodable(text: str) -> str:
    """`text` without lone surrogates and NUL, which no encoder or C string takes."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")
