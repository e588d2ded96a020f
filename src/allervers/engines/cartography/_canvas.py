"""A sheet to draw on: flat fills, round strokes and letters by matplotlib's Agg, used directly."""

from typing import Any, Final

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

Points = NDArray[np.float64]
DPI: Final = 72
"""So that a point, which Agg counts in, is a pixel."""


def rgb(colour: str) -> tuple[float, float, float]:
    """ "#rrggbb" to three numbers from 0 to 1."""
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


class Canvas:
    """`width` × `height` CSS pixels, drawn `sharpness` times finer; y grows downwards."""

    def __init__(self, width: int, height: int, *, sharpness: float, ground: str) -> None:
        agg: Any = RendererAgg
        self._agg = agg(round(width * sharpness), round(height * sharpness), DPI)
        self._sharpness = sharpness
        self._on_sheet = Affine2D().scale(sharpness, -sharpness).translate(0, round(height * sharpness))
        self.pixels: NDArray[np.uint8] = np.asarray(self._agg.buffer_rgba())
        self.pixels[:] = (*bytes.fromhex(ground[1:]), 255)

    def fill(self, points: Points, codes: NDArray[np.uint8], colour: str, *, opacity: float = 1.0) -> None:
        if len(points):
            self._draw(points, codes, width=0.0, colour=colour, fill=colour, opacity=opacity)

    def stroke(
        self,
        points: Points,
        codes: NDArray[np.uint8],
        colour: str,
        *,
        width: float,
        opacity: float = 1.0,
        butt: bool = False,
    ) -> None:
        if len(points):
            self._draw(points, codes, width=width, colour=colour, opacity=opacity, butt=butt)

    def _draw(
        self,
        points: Points,
        codes: NDArray[np.uint8],
        *,
        width: float,
        colour: str,
        fill: str = "",
        opacity: float = 1.0,
        butt: bool = False,
    ) -> None:
        pen = GraphicsContextBase()
        pen.set_linewidth(width * self._sharpness)
        pen.set_foreground((*rgb(colour), opacity), isRGBA=True)
        pen.set_capstyle("butt" if butt else "round")
        pen.set_joinstyle("round")
        pen.set_snap(False)
        face = (*rgb(fill), opacity) if fill else None
        self._agg.draw_path(pen, Path(points, codes), self._on_sheet, face)
