"""Where names stand: along streets, in the middle of places; never one over another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from shapely import LineString

from allervers.engines.cartography._glyphs import Face, font
from allervers.engines.cartography._styles import CAP_HEIGHT

Points = NDArray[np.float64]

CELL: Final = 5.0
"""CSS px: how finely taken ground is kept. Smaller than the lowest letter."""
STEP: Final = 2.5
"""CSS px between the points that take ground: half a cell, so that none is stepped over."""
AIR: Final = 3.0
"""CSS px kept free around a name."""
TALL: Final = 0.62
"""Ems from the middle line of a name up to its accents, and down to its tails."""
TURN: Final = np.radians(24.0)
"""The most that one letter may turn from the one before."""
BEND: Final = np.radians(100.0)
"""The most that a name may turn as a whole."""
AGAIN: Final = 420.0
"""CSS px between two writings of one name."""
SLIDES: Final = (0.0, 0.12, -0.12, 0.24, -0.24, 0.36, -0.36)
"""Where else to try, as shares of the room that a name has along its street."""
LEADING: Final = 1.15
"""Ems from line to line of the name of a place."""
PLACE_CHARACTERS: Final = 14
"""A longer name of a place is broken at its spaces."""
TRACKING: Final = 0.02
"""Ems added between letters: names along a line read better a little open."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name at its place, in px of a zoom: letters, the middle of each on its baseline, angles."""

    text: str
    face: Face
    size: float
    letters: NDArray[np.int32]
    points: Points
    angles: NDArray[np.float64]


@dataclass(slots=True)
class Placing:
    """The ground that names have taken at one zoom."""

    taken: set[int] = field(default_factory=set)
    written: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def along(self, line: LineString, text: str, size: float) -> Iterator[Name]:
        """The name of a street, as often as its length asks, where there is room."""
        points = np.asarray(line.coords)
        laid = _Laid.of(points)
        widths = _widths(text, Face.STREETS, size)
        room = laid.length - widths.sum() - 2 * AIR if widths is not None else -1.0
        if widths is None or room < 0:
            return
        times = max(1, int(laid.length // AGAIN))
        for turn in range(times):
            middle = (turn + 0.5) * laid.length / times
            for slide in SLIDES:
                at = middle + slide * min(room, laid.length / times)
                name = _written(laid, text, widths, size, at)
                if name is not None and self._takes(name, _cells(laid, at, widths.sum(), size)):
                    yield name
                    break

    def at(self, x: float, y: float, text: str, size: float) -> Name | None:
        """The name of a place, in lines, centred; None where there is no room or a letter is missing."""
        lines = _broken(text)
        rows = [widths for line in lines if (widths := _widths(line, Face.PLACES, size)) is not None]
        if len(rows) < len(lines):
            return None
        letters, points, cells = [], [], []
        for number, (line, widths) in enumerate(zip(lines, rows, strict=True)):
            middle_y = y + (number - (len(lines) - 1) / 2) * LEADING * size
            baseline = middle_y + CAP_HEIGHT * size / 2
            start = x - widths.sum() / 2
            points.append(
                np.column_stack((start + np.cumsum(widths) - widths / 2, np.full(len(widths), baseline)))
            )
            letters.append([ord(character) for character in line])
            flat = _Laid.of(np.array([[start, middle_y], [start + widths.sum(), middle_y]]))
            cells.append(_cells(flat, flat.length / 2, flat.length, size))
        placed = np.concatenate(points)
        name = Name(
            text, Face.PLACES, size, np.concatenate(letters).astype(np.int32), placed, np.zeros(len(placed))
        )
        return name if self._takes(name, np.concatenate(cells)) else None

    def _takes(self, name: Name, cells: NDArray[np.int64]) -> bool:
        middle = name.points[len(name.points) // 2]
        others = self.written.setdefault(name.text, [])
        if any(abs(middle[0] - x) + abs(middle[1] - y) < AGAIN * 0.6 for x, y in others):
            return False
        wanted = cells.tolist()
        if not self.taken.isdisjoint(wanted):
            return False
        self.taken.update(wanted)
        others.append((float(middle[0]), float(middle[1])))
        return True


@dataclass(frozen=True, slots=True)
class _Laid:
    """A line by its length."""

    points: Points
    along: NDArray[np.float64]

    @classmethod
    def of(cls, points: Points) -> "_Laid":
        steps = np.hypot(*np.diff(points, axis=0).T)
        return cls(points, np.concatenate(([0.0], np.cumsum(steps))))

    @property
    def length(self) -> float:
        return float(self.along[-1])

    def at(self, where: NDArray[np.float64]) -> Points:
        """Points at lengths; beyond an end, straight on."""
        inside = np.clip(where, 0.0, self.length)
        x = np.interp(inside, self.along, self.points[:, 0])
        y = np.interp(inside, self.along, self.points[:, 1])
        return np.column_stack((x, y)) + (where - inside)[:, None] * self._way(where)

    def _way(self, where: NDArray[np.float64]) -> Points:
        first, last = self.points[1] - self.points[0], self.points[-1] - self.points[-2]
        units = [step / max(float(np.hypot(*step)), 1e-9) for step in (first, last)]
        return np.asarray(np.where((where > self.length)[:, None], units[1], units[0]))

    def turned(self) -> "_Laid":
        return _Laid(self.points[::-1], self.length - self.along[::-1])


def _written(laid: _Laid, text: str, widths: NDArray[np.float64], size: float, at: float) -> Name | None:
    """The letters of a name around length `at`, read from left to right; None where it bends too much."""
    start = at - widths.sum() / 2
    ends = laid.at(np.array([start, start + widths.sum()]))
    if ends[1, 0] < ends[0, 0]:
        return _written(laid.turned(), text, widths, size, laid.length - at)
    middles = start + np.cumsum(widths) - widths / 2
    reach = np.maximum(widths / 2, size * 0.7)
    ways = laid.at(middles + reach) - laid.at(middles - reach)
    angles = np.arctan2(ways[:, 1], ways[:, 0])
    turns = np.diff(np.unwrap(angles))
    if len(turns) and (np.abs(turns).max() > TURN or np.ptp(np.unwrap(angles)) > BEND):
        return None
    below = CAP_HEIGHT * size / 2 * np.column_stack((-np.sin(angles), np.cos(angles)))
    letters = np.array([ord(character) for character in text], dtype=np.int32)
    return Name(text, Face.STREETS, size, letters, laid.at(middles) + below, angles)


def _cells(laid: _Laid, at: float, width: float, size: float) -> NDArray[np.int64]:
    """The ground that a name takes: keys of cells, all along and across."""
    half = width / 2 + AIR
    where = np.append(np.arange(at - half, at + half, STEP), at + half)
    ways = laid.at(where + size * 0.7) - laid.at(where - size * 0.7)
    lengths = np.maximum(np.hypot(ways[:, 0], ways[:, 1]), 1e-9)
    across = np.column_stack((-ways[:, 1], ways[:, 0])) / lengths[:, None]
    tall = TALL * size + AIR / 2
    shifts = np.append(np.arange(-tall, tall, STEP), tall)
    points = laid.at(where)[:, None, :] + shifts[None, :, None] * across[:, None, :]
    cells = np.floor(points.reshape(-1, 2) / CELL).astype(np.int64)
    return np.unique(cells[:, 0] * (1 << 32) + cells[:, 1])


def _widths(text: str, face: Face, size: float) -> NDArray[np.float64] | None:
    """px that each letter advances, or None where the font lacks one."""
    known = font(face)
    letters = known.letters(text)
    return None if letters is None or not len(letters) else (known.advances[letters] + TRACKING) * size


def _broken(text: str) -> Sequence[str]:
    """Lines of about `PLACE_CHARACTERS`, broken at spaces."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(longer) > PLACE_CHARACTERS:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
