"""Letters as outlines, read once from the vendored fonts (Noto Sans, OFL)."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from matplotlib.ft2font import FT2Font, LoadFlags
from numpy.typing import NDArray

FONTS: Final = Path(__file__).parent / "fonts"
EM: Final = 64.0
"""Pixels of the em at which outlines are read, then scaled: large enough to lose nothing."""


class Face(IntEnum):
    """A font of the map; the value is the `kind` of a name."""

    STREETS = 0
    PLACES = 1

    @property
    def file(self) -> Path:
        return FONTS / ("NotoSans-Medium.ttf" if self is Face.STREETS else "NotoSans-SemiBold.ttf")


@dataclass(frozen=True, slots=True)
class Font:
    """Outlines end to end, in ems, y upwards, the origin in the middle of each advance.

    Letter i: `vertices[starts[i]:starts[i + 1]]`, with codes of matplotlib's paths beside.
    """

    places: dict[int, int]  # code point → letter
    vertices: NDArray[np.float64]
    codes: NDArray[np.uint8]
    starts: NDArray[np.int64]
    advances: NDArray[np.float64]

    def letters(self, text: str) -> NDArray[np.int64] | None:
        """The letters of a text, or None where the font lacks one."""
        try:
            return np.array([self.places[ord(character)] for character in text], dtype=np.int64)
        except KeyError:
            return None


@cache
def font(face: Face) -> Font:
    """The whole font, read in some ten milliseconds, then kept."""
    loaded = FT2Font(str(face.file))
    loaded.set_size(EM, 72)
    places: dict[int, int] = {}
    vertices: list[NDArray[np.float64]] = []
    codes: list[NDArray[np.uint8]] = []
    advances: list[float] = []
    for code_point in sorted(loaded.get_charmap()):
        glyph = loaded.load_char(code_point, flags=LoadFlags.NO_HINTING)
        outline, kinds = loaded.get_path()
        advance = glyph.linearHoriAdvance / 65536.0 / EM
        places[code_point] = len(advances)
        vertices.append(np.asarray(outline).reshape(-1, 2) / EM - (advance / 2, 0.0))
        codes.append(np.asarray(kinds, dtype=np.uint8))
        advances.append(advance)
    starts = np.concatenate(([0], np.cumsum([len(code) for code in codes]))).astype(np.int64)
    return Font(places, np.concatenate(vertices), np.concatenate(codes), starts, np.array(advances))


def drawn(
    face: Font,
    letters: NDArray[np.int64],
    middles: NDArray[np.float64],
    angles: NDArray[np.float64],
    sizes: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """The outlines of many glyphs as one path, y downwards.

    Shapes: (n,) letters, (n, 2) middles in px, (n,) angles in radians, (n,) px of an em → (m, 2), (m,).
    """
    lengths = face.starts[letters + 1] - face.starts[letters]
    glyph = np.repeat(np.arange(len(letters)), lengths)
    step = np.arange(len(glyph)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    source = face.starts[letters][glyph] + step
    x, y = (face.vertices[source] * sizes[glyph, None]).T
    cosine, sine = np.cos(angles)[glyph], np.sin(angles)[glyph]
    placed = middles[glyph] + np.column_stack((x * cosine + y * sine, x * sine - y * cosine))
    return placed, face.codes[source]
