"""A frame of a map on a canvas, from the ground up; names last, over all but the pins."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from allervers.engines.cartography import _styles as styles
from allervers.engines.cartography._canvas import Canvas, Points
from allervers.engines.cartography._columns import Names
from allervers.engines.cartography._frame import Frame
from allervers.engines.cartography._glyphs import Face, drawn, font
from allervers.engines.cartography._ground import Rank
from allervers.engines.cartography._overlays import Area, Pin
from allervers.engines.cartography._plane import GRAIN, to_world
from allervers.engines.cartography._png import flat_png, rich_png
from allervers.engines.cartography._styles import Theme
from allervers.engines.cartography._zoom import Codes, Zoom, joined

PIN_RADIUS: Final = 13.0
"""CSS px of the round head of a pin."""
PIN_RISE: Final = 25.0
"""CSS px from the place up to the middle of that head."""
PIN_AIR: Final = 6.0
PIN_TEXT: Final = 13.0
HERE_RADIUS: Final = 7.0
CAPTION_TEXT: Final = 10.0
CURVE: Final = 24
"""Sides of a drawn circle."""


def drawing(
    zoom: Zoom,
    frame: Frame,
    *,
    theme: Theme,
    sharpness: float,
    areas: Sequence[Area],
    pins: Sequence[Pin],
    caption: str,
) -> bytes:
    """The PNG of a frame with what lies over it."""
    ground = theme.around if zoom.has_limits else theme.ground
    canvas = Canvas(frame.width, frame.height, sharpness=sharpness, ground=ground)
    draw_ground(canvas, zoom, frame, theme)
    draw_limits(canvas, zoom, frame, theme)
    draw_areas(canvas, areas, frame)
    draw_names(canvas, zoom.names, frame, theme)
    draw_pins(canvas, pins, frame, theme)
    if caption:
        draw_caption(canvas, caption, frame, theme)
    return rich_png(canvas.pixels) if areas or pins else flat_png(canvas.pixels, theme)


def draw_ground(canvas: Canvas, zoom: Zoom, frame: Frame, theme: Theme) -> None:
    """Surfaces, then streets from the smallest to the widest."""
    if zoom.has_limits:
        canvas.fill(*zoom.rings("limits", frame), theme.ground)
    canvas.fill(*zoom.rings("perimeters", frame), theme.perimeter)
    canvas.fill(*zoom.rings("parks", frame), theme.park)
    canvas.fill(*zoom.rings("water", frame), theme.water)
    canvas.stroke(*zoom.lines("rivers", frame), theme.water, width=styles.at(styles.RIVER_WIDTHS, frame.zoom))
    for rank in reversed(Rank):
        width = styles.at(styles.WIDTHS[rank], frame.zoom)
        if width:
            points, codes = zoom.lines(f"rank{rank.value}", frame)
            canvas.stroke(points, codes, _colour(rank, width, theme), width=width)


def _colour(rank: Rank, width: float, theme: Theme) -> str:
    if rank is Rank.PATH:
        return theme.path
    if width < styles.FAINT_PX:
        return theme.faint
    return theme.main if rank is Rank.MAIN else theme.street


def draw_limits(canvas: Canvas, zoom: Zoom, frame: Frame, theme: Theme) -> None:
    width = styles.at(styles.PERIMETER_WIDTHS, frame.zoom)
    canvas.stroke(*zoom.lines("dashes", frame), theme.limit, width=width, butt=True)


def draw_names(canvas: Canvas, names: Names, frame: Frame, theme: Theme) -> None:
    """Every name in a clear halo, then every name: a halo never eats a letter."""
    shown = names.tiles.of(frame.tiles)
    outlines = [_outlines(names, shown[names.kinds[shown] == face], face, frame) for face in Face]
    for points, codes in outlines:
        canvas.stroke(points, codes, theme.halo, width=styles.HALO_PX)
    for (points, codes), ink in zip(outlines, (theme.ink, theme.place_ink), strict=True):
        canvas.fill(points, codes, ink)


def _outlines(names: Names, shown: NDArray[np.int32], face: Face, frame: Frame) -> tuple[Points, Codes]:
    lengths = names.starts[shown + 1] - names.starts[shown]
    name = np.repeat(np.arange(len(shown)), lengths)
    glyphs = (
        names.starts[shown][name] + np.arange(len(name)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    )
    known = font(face)
    letters = np.array([known.places[code] for code in names.letters[glyphs].tolist()], dtype=np.int64)
    middles = names.points[glyphs] / GRAIN - (frame.left, frame.top)
    return drawn(
        known, letters, middles, names.angles[glyphs].astype(float), names.sizes[shown][name].astype(float)
    )


def draw_areas(canvas: Canvas, areas: Sequence[Area], frame: Frame) -> None:
    """Surfaces over the streets, under the names."""
    for area in areas:
        flat = shapely.transform(area.shape, lambda degrees: _on_frame(degrees, frame))
        rings = shapely.get_rings(shapely.orient_polygons(flat)).tolist()
        points, codes = joined([shapely.get_coordinates(ring) for ring in rings], closed=True)
        canvas.fill(points, codes, area.colour, opacity=area.opacity)
        if area.outlined:
            canvas.stroke(points, codes, area.colour, width=1.5)


def _on_frame(degrees: NDArray[np.float64], frame: Frame) -> NDArray[np.float64]:
    return to_world(degrees) * 2.0**frame.zoom - (frame.left, frame.top)


def draw_pins(canvas: Canvas, pins: Sequence[Pin], frame: Frame, theme: Theme) -> None:
    """From the north to the south, so that the nearer one stands before; where one is, under them all."""
    for pin in sorted(pins, key=lambda one: (not one.is_here, -one.latitude, one.longitude, one.text)):
        x, y = frame.pixel(pin.latitude, pin.longitude)
        if pin.is_here:
            _disc(canvas, x, y, HERE_RADIUS, theme.here, theme.halo)
        else:
            _drop(canvas, pin.text, x, y, theme)


def _disc(canvas: Canvas, x: float, y: float, radius: float, colour: str, ring: str) -> None:
    turns = np.linspace(0, 2 * np.pi, CURVE + 1)
    points, codes = joined(
        [np.column_stack((x + radius * np.cos(turns), y + radius * np.sin(turns)))], closed=True
    )
    canvas.stroke(points, codes, ring, width=5)
    canvas.fill(points, codes, colour)


def _drop(canvas: Canvas, text: str, x: float, y: float, theme: Theme) -> None:
    """A round head, wider for a longer text, on a point that touches the place."""
    straight = max(0.0, _width(text, PIN_TEXT) + 2 * PIN_AIR - 2 * PIN_RADIUS) / 2
    middle = y - PIN_RISE
    right = _turns(-90, 60)
    left = np.pi - right[::-1]
    sides = [
        np.column_stack((x + side * straight + PIN_RADIUS * np.cos(turn), middle + PIN_RADIUS * np.sin(turn)))
        for side, turn in ((1, right), (-1, left))
    ]
    foot = np.array([[x, y]])
    points, codes = joined([np.vstack((sides[0], foot, sides[1], sides[0][:1]))], closed=True)
    canvas.stroke(points, codes, theme.halo, width=3)
    canvas.fill(points, codes, theme.pin)
    write(canvas, text, x, middle, size=PIN_TEXT, ink=theme.pin_ink)


def _turns(first: float, last: float) -> NDArray[np.float64]:
    return np.linspace(np.radians(first), np.radians(last), CURVE)


def _width(text: str, size: float) -> float:
    known = font(Face.PLACES)
    return float(
        sum(known.advances[known.places[ord(one)]] for one in text if ord(one) in known.places) * size
    )


def write(canvas: Canvas, text: str, x: float, y: float, *, size: float, ink: str, halo: str = "") -> None:
    """A short text centred on a point. A letter that the font lacks is left out."""
    known = font(Face.PLACES)
    letters = np.array([known.places[ord(one)] for one in text if ord(one) in known.places], dtype=np.int64)
    advances = known.advances[letters] * size
    middles = x - advances.sum() / 2 + np.cumsum(advances) - advances / 2
    baseline = np.full(len(letters), y + styles.CAP_HEIGHT * size / 2)
    still, sizes = np.zeros(len(letters)), np.full(len(letters), size)
    points, codes = drawn(known, letters, np.column_stack((middles, baseline)), still, sizes)
    if halo:
        canvas.stroke(points, codes, halo, width=styles.HALO_PX)
    canvas.fill(points, codes, ink)


def draw_caption(canvas: Canvas, text: str, frame: Frame, theme: Theme) -> None:
    """In the lower right corner, over a strip that keeps it readable."""
    wide = _width(text, CAPTION_TEXT)
    left, top = frame.width - wide - 10, frame.height - CAPTION_TEXT - 8
    corners = np.array(
        [[left, top], [frame.width, top], [frame.width, frame.height], [left, frame.height], [left, top]]
    )
    canvas.fill(*joined([corners], closed=True), theme.ground, opacity=0.85)
    write(canvas, text, left + 5 + wide / 2, top + CAPTION_TEXT / 2 + 4, size=CAPTION_TEXT, ink=theme.ink)
