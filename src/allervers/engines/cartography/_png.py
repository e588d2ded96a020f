"""Pictures as small PNG files: sixteen flat colours for the map alone, more where something lies over it."""

from functools import cache
from io import BytesIO
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from allervers.engines.cartography._styles import Theme

BITS: Final = 5
"""Of each of red, green and blue that choose the kept colour: a table of 32,768 entries."""
MORE_COLOURS: Final = 96
LEVEL: Final = 7
"""Of zlib: 9 asks for six times the time and saves one byte in thirty."""
FILTERED: Final = 1
"""Strategy of zlib: a little smaller than the default on flat pictures."""
COPYRIGHT: Final = "© les contributeurs d'OpenStreetMap (ODbL)"


def flat_png(pixels: NDArray[np.uint8], theme: Theme) -> bytes:
    """The picture in the sixteen colours of its theme, four bits a pixel."""
    colours, table = _palette(theme)
    chosen = table[_reduced(pixels)]
    image = Image.frombytes("P", chosen.shape[::-1], chosen.tobytes())
    image.putpalette(colours)
    return _saved(image)


def rich_png(pixels: NDArray[np.uint8]) -> bytes:
    """The picture in the colours that it holds most."""
    plain = Image.fromarray(np.ascontiguousarray(pixels[..., :3]))
    image = plain.quantize(MORE_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return _saved(image)


def _saved(image: Image.Image) -> bytes:
    said = PngInfo()
    said.add_itxt("Copyright", COPYRIGHT)
    file = BytesIO()
    image.save(file, "PNG", compress_level=LEVEL, compress_type=FILTERED, pnginfo=said)
    return file.getvalue()


def _reduced(colours: NDArray[np.integer]) -> NDArray[Any]:
    """The place of each colour in the table. Shapes: (…, 3 or 4) → (…)."""
    red, green, blue = (colours[..., channel].astype(np.uint16) >> (8 - BITS) for channel in range(3))
    return np.asarray(red << (2 * BITS) | green << BITS | blue)


@cache
def _palette(theme: Theme) -> tuple[bytes, NDArray[np.uint8]]:
    """The colours end to end, and for each reduced colour the place of the one to show.

    A flat colour is itself; what lies between two becomes one of the soft ones: were every colour allowed
    there, the edge of a letter would be sprinkled with those of parks and water.
    """
    flat, soft = _colours(theme)
    colours = np.array(list(dict.fromkeys([*soft, *flat])))
    steps = (np.arange(1 << BITS) + 0.5) * (256 >> BITS)
    grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(-1, 1, 3)
    distances = ((grid - colours[: len(set(soft))]) ** 2).sum(axis=-1)
    shown = np.argmin(distances, axis=1).astype(np.uint8)
    shown[_reduced(colours)] = np.arange(len(colours))
    return colours.astype(np.uint8).tobytes(), shown


def _colours(theme: Theme) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """What is drawn flat, and what edges are softened with. Together sixteen at most."""
    t = theme
    flat = (t.main, t.perimeter, t.around, t.park, t.water, t.path, t.halo)
    soft = (t.ground, t.street, t.faint, t.ink, t.place_ink, t.limit, t.halo)
    blends = ((t.ink, t.halo), (t.place_ink, t.halo))
    mixed = [
        tuple((a + b) // 2 for a, b in zip(_bytes(one), _bytes(other), strict=True)) for one, other in blends
    ]
    return [_bytes(colour) for colour in flat], [*(_bytes(colour) for colour in soft), *mixed]


def _bytes(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))
