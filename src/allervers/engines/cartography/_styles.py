"""How the map looks: two themes, and what is drawn how wide at each zoom. All colours and sizes are here."""

from dataclasses import dataclass
from typing import Final

from allervers.engines.cartography._ground import Rank

STYLE_VERSION: Final = 1
"""Part of the address of a tile: a change of looks is a new one, so that kept pictures are never mixed."""
FIRST_ZOOM: Final = 7
"""About 220 km across a tile: a department and its neighbours."""
LAST_ZOOM: Final = 17
"""About 220 m across a tile: a door."""
ZOOMS: Final = range(FIRST_ZOOM, LAST_ZOOM + 1)

WIDTHS: Final = {
    Rank.MAIN: (0.5, 0.6, 0.8, 1.0, 1.4, 2.0, 3.0, 4.8, 8.0, 13.0, 20.0),
    Rank.SECONDARY: (0.0, 0.0, 0.0, 0.5, 0.8, 1.3, 2.2, 3.6, 6.4, 10.5, 16.0),
    Rank.STREET: (0.0, 0.0, 0.0, 0.0, 0.0, 0.6, 1.2, 2.2, 4.6, 8.0, 13.0),
    Rank.SMALL: (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.2, 4.4, 8.0),
    Rank.PATH: (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.2, 1.8, 2.6),
}
"""CSS pixels, from `FIRST_ZOOM` on; 0 is not drawn."""
FAINT_PX: Final = 2.5
"""CSS px under which a street is quiet: half-way to the ground, where softened edges would only be noise."""
RIVER_WIDTHS: Final = (0.5, 0.6, 0.7, 0.8, 1.0, 1.2, 1.6, 2.0, 3.0, 4.5, 7.0)
NAMED_FROM: Final = {Rank.MAIN: 13, Rank.SECONDARY: 13, Rank.STREET: 14, Rank.SMALL: 15, Rank.PATH: 16}
"""The first zoom at which the streets of a rank bear names."""
STREET_TEXT: Final = (10.5, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5, 11.0, 11.5, 12.0, 13.0)
"""CSS pixels of an em."""
PLACE_TEXT: Final = (11.0, 11.0, 11.0, 11.0, 11.5, 12.5, 13.5, 15.0, 16.0, 16.0, 16.0)
PLACES_FROM, PLACES_TO = 11, 15
TOWNS_TO: Final = 12
PERIMETER_WIDTHS: Final = (0.8, 0.8, 0.8, 1.0, 1.2, 1.4, 1.6, 2.0, 2.4, 2.6, 2.8)
DASH_PX: Final = (8.0, 5.0)
"""A dash and the gap after it, CSS pixels."""
CAP_HEIGHT: Final = 0.714
"""Ems of a capital of Noto Sans."""
HALO_PX: Final = 3.2
"""CSS pixels of clear ground around a name, both sides together."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours "#rrggbb". Few and flat: a picture is kept with sixteen."""

    name: str
    around: str  # beyond the municipalities, where their limits are known
    ground: str
    park: str
    water: str
    perimeter: str  # the ground of a neighbourhood
    limit: str  # the line around it
    main: str
    street: str
    faint: str  # lines thinner than `FAINT_PX`
    path: str
    ink: str
    halo: str
    place_ink: str
    pin: str
    pin_ink: str
    here: str


LIGHT: Final = Theme(
    name="clair",
    around="#e4e1da",
    ground="#f0ede6",
    park="#dcead6",
    water="#c3dcec",
    perimeter="#e3ece1",
    limit="#3f7d6c",
    main="#ffffff",
    street="#ffffff",
    faint="#f8f6f2",
    path="#e2ddd3",
    ink="#3b4450",
    halo="#ffffff",
    place_ink="#0a5443",
    pin="#0a5443",
    pin_ink="#ffffff",
    here="#1d4ed8",
)
DARK: Final = Theme(
    name="sombre",
    around="#0e1517",
    ground="#182225",
    park="#1b2f29",
    water="#17323f",
    perimeter="#1c302c",
    limit="#5fae97",
    main="#37474d",
    street="#37474d",
    faint="#273439",
    path="#273439",
    ink="#d5deda",
    halo="#182225",
    place_ink="#7fd8bd",
    pin="#7fd8bd",
    pin_ink="#06231b",
    here="#9db8ff",
)


def at(sizes: tuple[float, ...], zoom: int) -> float:
    """The entry of a table for a zoom."""
    return sizes[zoom - FIRST_ZOOM]
