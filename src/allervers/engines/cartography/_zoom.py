"""One zoom of a built map, asked by frame: paths in the frame's CSS pixels."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from allervers.engines.cartography._columns import Names, Shapes
from allervers.engines.cartography._frame import Frame
from allervers.engines.cartography._plane import GRAIN

MOVE: Final = 1
LINE: Final = 2
CLOSE: Final = 79
"""Codes of matplotlib's paths."""

Points = NDArray[np.float64]
Codes = NDArray[np.uint8]


def joined(lines: Sequence[NDArray[np.float64]], *, closed: bool) -> tuple[Points, Codes]:
    """Many lines as one path."""
    if not lines:
        return np.empty((0, 2)), np.empty(0, dtype=np.uint8)
    starts = np.cumsum([0, *(len(line) for line in lines)])
    return np.concatenate(lines), _codes(starts, closed=closed)


def _codes(starts: NDArray[np.int64], *, closed: bool) -> Codes:
    codes = np.full(int(starts[-1]), LINE, dtype=np.uint8)
    codes[starts[:-1]] = MOVE
    if closed:
        codes[starts[1:] - 1] = CLOSE
    return codes


class Zoom:
    """One zoom of a built map, asked by frame."""

    def __init__(self, layers: dict[str, Shapes], names: Names) -> None:
        self._layers = layers
        self.names = names
        self.has_limits = len(layers["limits"].points) > 0

    def lines(self, layer: str, frame: Frame) -> tuple[Points, Codes]:
        return self._path(self._layers[layer], frame, closed=False)

    def rings(self, layer: str, frame: Frame) -> tuple[Points, Codes]:
        return self._path(self._layers[layer], frame, closed=True)

    @staticmethod
    def _path(shapes: Shapes, frame: Frame, *, closed: bool) -> tuple[Points, Codes]:
        """The shapes that the frame's tiles touch, as one path in its CSS pixels."""
        found = shapes.tiles.of(frame.tiles)
        lengths = shapes.starts[found + 1] - shapes.starts[found]
        starts = np.concatenate(([0], np.cumsum(lengths)))
        rows = np.repeat(shapes.starts[found] - starts[:-1], lengths) + np.arange(int(starts[-1]))
        points = shapes.points[rows] / GRAIN - (frame.left, frame.top)
        return points, _codes(starts, closed=closed) if len(points) else np.empty(0, dtype=np.uint8)
