"""Vectors of phrases and sentences: the model's where it can be had, else those of their letters."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from . import _embeddings as embeddings
from ._letters import letters
from ._words import Reader


class Vectors:
    """One way of making vectors, the same for phrases and sentences."""

    def __init__(self, language: str, reader: Reader, *, with_embeddings: bool) -> None:
        self._reader = reader
        self._kept = embeddings.KeptEmbeddings.read(language) if with_embeddings else None

    def of_sentence(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Made on the spot: (n_texts, n_dimensions)."""
        return letters(texts, self._reader) if self._kept is None else embeddings.embed(texts)

    def of_phrases(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Kept ones; those added to the file since `learn` last ran are made on the spot, 12 ms each."""
        if self._kept is None:
            return letters(texts, self._reader)
        vectors = np.empty((len(texts), embeddings.DIMENSIONS), dtype=np.float32)
        known = np.array([self._kept.knows(text) for text in texts], dtype=bool)
        vectors[known] = self._kept.of([text for text, its in zip(texts, known, strict=True) if its])
        if not known.all():
            vectors[~known] = embeddings.embed(
                [text for text, its in zip(texts, known, strict=True) if not its]
            )
        return vectors
