"""What is laid over a map for one picture: points people look for, surfaces such as isochrones."""

from dataclasses import dataclass

from allervers.engines.cartography._ground import Surface


@dataclass(frozen=True, slots=True)
class Pin:
    """A place to find, and a short text in it: its number in the list. `is_here`: where one is, a dot."""

    latitude: float
    longitude: float
    text: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A surface over the map, under its names. `shape`: degrees, longitude first; `opacity`: 0 to 1."""

    shape: Surface
    colour: str  # "#rrggbb"
    opacity: float = 0.3
    outlined: bool = True
