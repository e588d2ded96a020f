"""From what someone says of their home to where to search from, and whether they live in a neighbourhood.

Decided from the exact point, in the request that brings it; what leaves is rounded (`links`).
"""

from dataclasses import dataclass, replace

from allervers.directory.queries.finding import Where
from allervers.directory.queries.locating import Located, centre_of, locate, where_of
from allervers.engines.geocoding import Kind
from allervers.territory.eligibility import Side, Standing
from allervers.territory.queries import municipality
from allervers.territory.queries.geocoding import Geocoded, standing_at
from allervers.territory.queries.neighbourhoods import Quarter, neighbourhood_at

PARTS = 5  # of a choice: latitude, longitude, municipality, kind, label


@dataclass(frozen=True, slots=True)
class Home:
    """`metres` to the limit of the neighbourhood, only when it is near; said once, in no link."""

    where: Where
    metres: int | None = None


def to_choice(place: Geocoded) -> str:
    """A place as the value of a button: posted back, never put in an address."""
    point = f"{place.latitude:.6f},{place.longitude:.6f}"
    return f"{point},{place.code_insee},{place.kind},{place.label}"


def quarter_choice(quarter: Quarter, label: str) -> str:
    latitude, longitude = quarter.centre
    town = quarter.municipalities[0] if quarter.municipalities else ""
    return f"{latitude:.6f},{longitude:.6f},{town},{Kind.NEIGHBOURHOOD},{label}"


def from_choice(text: str) -> Geocoded | None:
    """The place of a button; None when the text is none of ours."""
    parts = text.split(",", PARTS - 1)
    try:
        latitude, longitude, code_insee, kind, label = (
            float(parts[0]), float(parts[1]), parts[2], Kind(parts[3]), parts[4]
        )  # fmt: skip
    except (ValueError, IndexError):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return Geocoded(label, 1.0, latitude, longitude, code_insee, kind)


def located(*, choice: str = "", code_insee: str = "", typed: str = "") -> Located | None:
    """The place that was picked, or the town, or what was typed; None when nobody said where.

    A pick counts only while the field still says its name: one may have typed something else since.
    """
    picked = from_choice(choice)
    if picked and typed.strip() in {"", picked.label}:
        return Located(where=where_of(picked), place=picked)
    if town := municipality(code_insee):
        return Located(where=centre_of(town))
    return locate(typed) if typed.strip() else None


def home_of(found: Located) -> Home | None:
    """Where they live, with what the address gives right to; None while the place is not settled."""
    if found.where is None:
        return None
    kind = found.place.kind if found.place else None
    if found.where.is_centre or kind is Kind.MUNICIPALITY:
        return Home(found.where)
    if kind is Kind.NEIGHBOURHOOD:
        quarter = neighbourhood_at(found.where.latitude, found.where.longitude)
        return Home(replace(found.where, qpv=quarter.code if quarter else ""))
    stands = standing_at(found.where.latitude, found.where.longitude)
    return _street(found.where, stands) if kind is Kind.STREET else _door(found.where, stands)


def _door(where: Where, stands: Standing) -> Home:
    if stands.side is Side.INSIDE:
        return Home(replace(where, qpv=stands.code))
    if stands.side is Side.NEAR:
        return Home(replace(where, qpv_near=stands.code), metres=stands.metres)
    return Home(where)


def _street(where: Where, stands: Standing) -> Home:
    """Without a number, one end of a street may be in and the other out: it is to be asked."""
    if stands.side is Side.OUTSIDE:
        return Home(where)
    return Home(replace(where, qpv_near=stands.code))
