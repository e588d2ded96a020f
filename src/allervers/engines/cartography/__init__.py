"""Cartography: streets, water, parks and perimeters → pictures and tiles, from one small renderer.

    ground = read_extract(path)             # streets, rivers, water, parks, limits; or a Ground of one's own
    ground = replace(ground, perimeters=…, towns=…)
    build(ground, folder)                   # all zooms, names placed once for the whole town
    with Atlas.open(folder) as atlas:
        atlas.tile(16, 33462, 23908, theme=LIGHT)    # PNG bytes, Web Mercator z/x/y, 512 px
        frame = Frame.around(points, width=640, height=400, margin=48)
        atlas.picture(frame, theme=DARK, sharpness=2, areas=…, pins=…, caption="© …")
        frame.place(120, 80), frame.pixel(latitude, longitude)

- A zoom `z` is that of tiles of 512 px: the world is 512·2^z px wide. `FIRST_ZOOM` to `LAST_ZOOM`.
- Names are placed at the build, over the whole ground: none over another, and none is cut where two tiles
  meet. Dashes too are cut at the build, so that they go on from tile to tile.
- Same ground, same bytes. Nothing here reads a clock, a database or the network.
- Errors are all `CartographyError`, `FolderTaken` (of the columns below) apart.
"""

from allervers.columns import FolderTaken
from allervers.engines.cartography._atlas import Atlas
from allervers.engines.cartography._build import build
from allervers.engines.cartography._errors import (
    AtlasUnreadable,
    BadFrame,
    CartographyError,
    ExtractUnreadable,
    NothingDrawn,
)
from allervers.engines.cartography._extract import clip_extract, read_extract
from allervers.engines.cartography._frame import Bounds, Frame, Place
from allervers.engines.cartography._ground import Ground, Perimeter, Rank, Street, Town
from allervers.engines.cartography._overlays import Area, Pin
from allervers.engines.cartography._plane import TILE_PX, tile_of
from allervers.engines.cartography._styles import DARK, FIRST_ZOOM, LAST_ZOOM, LIGHT, STYLE_VERSION, Theme

__all__ = [
    "DARK",
    "FIRST_ZOOM",
    "LAST_ZOOM",
    "LIGHT",
    "STYLE_VERSION",
    "TILE_PX",
    "Area",
    "Atlas",
    "AtlasUnreadable",
    "BadFrame",
    "Bounds",
    "CartographyError",
    "ExtractUnreadable",
    "FolderTaken",
    "Frame",
    "Ground",
    "NothingDrawn",
    "Perimeter",
    "Pin",
    "Place",
    "Rank",
    "Street",
    "Theme",
    "Town",
    "build",
    "clip_extract",
    "read_extract",
    "tile_of",
]
