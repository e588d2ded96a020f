"""Sentences as vectors of the letters they hold: what stands for embeddings where there is no model."""

import zlib
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ._words import NEGATION, Reader

DIMENSIONS = 768
_SIZES = (3, 4, 5)  # letters a fragment
_STEM_WEIGHT = 2.0  # a whole stem tells more than a fragment


def letters(texts: Sequence[str], reader: Reader) -> NDArray[np.float32]:
    """Unit vectors, (n_texts, DIMENSIONS): fragments of the words that say something, hashed with a sign.

    Source: Weinberger et al. 2009, Feature hashing.
    """
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for row, text in enumerate(texts):
        stems = [token.stem for token in reader.tokens(reader.words(text))]
        for stem in stems:
            _add(vectors[row], stem, _STEM_WEIGHT)
        for fragment in chain.from_iterable(_fragments(stem) for stem in stems if stem != NEGATION):
            _add(vectors[row], fragment, 1.0)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors


def _fragments(stem: str) -> list[str]:
    edged = f"<{stem}>"
    return [edged[at : at + size] for size in _SIZES for at in range(len(edged) - size + 1)]


def _add(vector: NDArray[np.float32], feature: str, weight: float) -> None:
    place = zlib.crc32(feature.encode())
    vector[place % DIMENSIONS] += weight if place & 0x10000 else -weight
