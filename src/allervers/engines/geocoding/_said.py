"""What goes in and what comes out."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an answer is. The first two are houses; `INTERPOLATED` stands between two known numbers."""

    HOUSENUMBER = "housenumber"
    INTERPOLATED = "interpolated"
    STREET = "street"
    CROSSING = "crossing"
    PLACE = "place"
    MUNICIPALITY = "municipality"
    NEIGHBOURHOOD = "neighbourhood"


NAMED = (Kind.STREET, Kind.PLACE, Kind.MUNICIPALITY, Kind.NEIGHBOURHOOD)
"""The kinds of what bears a name; the number in a column is the place in this list."""


@dataclass(frozen=True, slots=True)
class House:
    """An address as loaded: degrees in WGS84; `repetition` is « bis », « a »…, or empty."""

    number: int
    street: str
    code_insee: str
    latitude: float
    longitude: float
    repetition: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a street's middle. `points`: (latitude, longitude)."""

    street: str
    code_insee: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Anything that bears a name and is not a street. `ident`: whatever its keeper calls it by."""

    name: str
    kind: Kind
    latitude: float
    longitude: float
    code_insee: str = ""
    ident: str = ""


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality that names lie in, and that people may add to them. `postcodes` empty: not known."""

    code_insee: str
    name: str
    postcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """An answer. `score`: 1 for the very words, down to 0.

    `name`: the street (crossing: both) or the place, as it should be read. `number`: as known (« 12bis »), or
    as asked for when interpolated; then `between` are the known numbers around it. `town`: its name.
    """

    kind: Kind
    score: float
    name: str
    latitude: float
    longitude: float
    code_insee: str = ""
    town: str = ""
    postcode: str = ""
    ident: str = ""
    number: str = ""
    between: tuple[int, int] | None = None
