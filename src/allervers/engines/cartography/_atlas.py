"""A built map, opened: tiles and pictures as PNG bytes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from allervers.columns import Arrays, FolderUnreadable, group_from
from allervers.engines.cartography import _styles as styles
from allervers.engines.cartography._columns import LAYOUT, Names, Shapes
from allervers.engines.cartography._errors import AtlasUnreadable, BadFrame
from allervers.engines.cartography._frame import Bounds, Frame
from allervers.engines.cartography._ground import Rank
from allervers.engines.cartography._overlays import Area, Pin
from allervers.engines.cartography._plane import to_degrees
from allervers.engines.cartography._styles import Theme
from allervers.engines.cartography._zoom import Zoom

LAYERS = (
    "limits",
    "parks",
    "water",
    "perimeters",
    "rivers",
    "dashes",
    *(f"rank{rank.value}" for rank in Rank),
)
SHARPEST = 4.0
"""Device pixels of a CSS pixel: prints."""


class Atlas:
    """Immutable, memory-mapped: any number of threads may draw from it at once."""

    def __init__(self, arrays: Arrays) -> None:
        self._zooms = {zoom: _zoom(arrays, zoom) for zoom in styles.ZOOMS}
        self._extent: NDArray[np.float64] = arrays["extent"]

    @classmethod
    def open(cls, folder: Path) -> "Atlas":
        """Raises: AtlasUnreadable."""
        try:
            return cls(LAYOUT.read(folder))
        except (FolderUnreadable, KeyError) as error:
            raise AtlasUnreadable(folder, str(error)) from error

    @property
    def bounds(self) -> Bounds:
        """All that is drawn."""
        west, north = to_degrees(*self._extent[:2])
        east, south = to_degrees(*self._extent[2:])
        air = 1e-4  # degrees, about 10 m: one town alone is a point
        return Bounds(west - air, south - air, east + air, north + air)

    def tile(self, zoom: int, x: int, y: int, *, theme: Theme, sharpness: int = 1) -> bytes:
        """A tile of 512·`sharpness` px. Raises: BadFrame for one out of this world, or of no known zoom."""
        return self.picture(Frame.tile(zoom, x, y), theme=theme, sharpness=sharpness)

    def picture(
        self,
        frame: Frame,
        *,
        theme: Theme,
        sharpness: float = 1,
        areas: Sequence[Area] = (),
        pins: Sequence[Pin] = (),
        caption: str = "",
    ) -> bytes:
        """A frame with what lies over it. Raises: BadFrame."""
        if not 0 < sharpness <= SHARPEST:
            raise BadFrame(f"sharpness {sharpness}")
        from allervers.engines.cartography._draw import drawing  # noqa: PLC0415  # matplotlib: a second to load

        return drawing(
            self._zooms[frame.zoom],
            frame,
            theme=theme,
            sharpness=sharpness,
            areas=areas,
            pins=pins,
            caption=caption,
        )


def _zoom(arrays: Arrays, zoom: int) -> Zoom:
    layers = {name: group_from(Shapes, arrays, f"{zoom}.{name}.") for name in LAYERS}
    return Zoom(layers, group_from(Names, arrays, f"{zoom}.names."))
