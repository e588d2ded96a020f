"""Which values a sentence resembles, learned from the vocabulary's own phrases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Strength of the pull towards zero in the ridge regression. On the tuning half 1 to 30 give the same figures.
_RIDGE = 10.0
# Vectors of unit length are scaled so that the pull above is of the order of their spread.
_SCALE = 10.0
# Nearest phrases that vote, and how fast a farther one loses its voice.
_NEIGHBOURS = 8
_SHARPNESS = 12.0


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How much a sentence resembles each value. Shapes: (n_values,)."""

    regression: NDArray[np.float32]  # about 0 to 1
    vote: NDArray[np.float32]  # share of the nearest phrases, 0 to 1
    nearest: NDArray[np.float32]  # cosine to the nearest phrase of the value among the voters, 0 when none


class Likeness:
    """A linear and a nearest-neighbour reading of the same phrases, kept together.

    Source: Hastie, Tibshirani, Friedman 2009, §3.4.1 and §13.3.
    """

    def __init__(
        self, vectors: NDArray[np.float32], told: Sequence[Mapping[str, float]], values: Sequence[str]
    ) -> None:
        """`vectors`: (n_phrases, n_dimensions); `told`: the values that each phrase tells of, by weight."""
        self.values = tuple(values)
        self._targets = _targets(told, self.values)
        self._centre = vectors.mean(axis=0)
        centred = vectors - self._centre
        self._unit = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
        self._weights = _ridge(_with_constant(centred * _SCALE), self._targets)

    def resembles(self, vector: NDArray[np.float32]) -> Resemblance:
        """`vector`: (n_dimensions,)."""
        centred = vector - self._centre
        regression = _with_constant(centred[np.newaxis] * _SCALE)[0] @ self._weights
        cosine = self._unit @ (centred / max(float(np.linalg.norm(centred)), 1e-9))
        nearest = np.argsort(-cosine, kind="stable")[:_NEIGHBOURS]
        voice = np.exp(_SHARPNESS * (cosine[nearest] - 1.0))
        votes = self._targets[nearest]
        vote = (voice @ votes) / max(float(voice.sum()), 1e-9)
        return Resemblance(regression, vote, (cosine[nearest, np.newaxis] * (votes > 0)).max(axis=0))


def _targets(told: Sequence[Mapping[str, float]], values: Sequence[str]) -> NDArray[np.float32]:
    column = {value: place for place, value in enumerate(values)}
    targets = np.zeros((len(told), len(values)), dtype=np.float32)
    for row, its in enumerate(told):
        for value, weight in its.items():
            targets[row, column[value]] = weight
    return targets


def _with_constant(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.hstack([rows, np.ones((len(rows), 1), dtype=np.float32)])


def _ridge(rows: NDArray[np.float32], targets: NDArray[np.float32]) -> NDArray[np.float32]:
    squares = rows.T @ rows + _RIDGE * np.eye(rows.shape[1], dtype=np.float32)
    return np.linalg.solve(squares, rows.T @ targets).astype(np.float32)
