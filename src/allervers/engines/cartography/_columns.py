"""The columns of a built map: for each zoom, lines, rings and names, in 1/16 px, found by tile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from allervers.columns import Layout, Lists
from allervers.engines.cartography._plane import GRAIN, TILE_PX

LAYOUT: Final = Layout(file="map.columns", magic=b"ALVMAPS1")
TILE_GRAINS: Final = TILE_PX * GRAIN
ROW: Final = 1 << 32
"""A tile's key is x · ROW + y."""

Boxes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ByTile:
    """Which shapes touch a tile. `keys`: those of tiles with some, ascending; beside each, its shapes."""

    keys: NDArray[np.int64]
    within: Lists

    def of(self, tiles: Sequence[tuple[int, int]]) -> NDArray[np.int32]:
        """The shapes of any of the tiles, ascending, each once."""
        wanted = np.array([x * ROW + y for x, y in tiles], dtype=np.int64)
        places = np.searchsorted(self.keys, wanted)
        found = [
            self.within[int(place)]
            for place, key in zip(places, wanted, strict=True)
            if place < len(self.keys) and self.keys[place] == key
        ]
        if len(found) == 1:
            return found[0]
        return np.unique(np.concatenate(found)) if found else self.within.items[:0]


@dataclass(frozen=True, slots=True)
class Shapes:
    """Lines, or closed rings (shells turn one way, holes the other): `points[starts[i]:starts[i + 1]]`."""

    points: NDArray[np.int32]  # (n, 2)
    starts: NDArray[np.int64]  # (shapes + 1,)
    tiles: ByTile


@dataclass(frozen=True, slots=True)
class Names:
    """Glyphs of the names, each at its place. The i-th name is `starts[i]:starts[i + 1]` of the first three.

    `letters`: code points. `angles`: radians, clockwise on the screen. `sizes`: CSS px of an em.
    `kinds`: 0 for streets, 1 for places.
    """

    letters: NDArray[np.int32]
    points: NDArray[np.int32]  # (glyphs, 2): the middle of each glyph's advance, on its baseline
    angles: NDArray[np.float32]
    starts: NDArray[np.int64]
    sizes: NDArray[np.float32]
    kinds: NDArray[np.int8]
    tiles: ByTile


def by_tile(boxes: Boxes, owners: NDArray[np.int64]) -> ByTile:
    """Index shapes by the tiles that their boxes touch.

    Shapes: (n, 4) west, north, east, south in 1/16 px; (n,) the shape of each box.
    """
    corners = boxes // TILE_GRAINS
    wide = corners[:, 2] - corners[:, 0] + 1
    counts = wide * (corners[:, 3] - corners[:, 1] + 1)
    box = np.repeat(np.arange(len(boxes)), counts)
    step = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    keys = (corners[box, 0] + step % wide[box]) * ROW + corners[box, 1] + step // wide[box]
    pairs = np.unique(np.column_stack((keys, owners[box])), axis=0)
    tiles, first = np.unique(pairs[:, 0], return_index=True)
    offsets = np.append(first, len(pairs)).astype(np.int64)
    return ByTile(tiles, Lists(offsets, pairs[:, 1].astype(np.int32)))
