"""The map beside the answers: its pins bear the numbers of the list; without script it is a picture."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import SuspiciousOperation
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allervers.directory.queries.finding import Result, Where
from allervers.directory.queries.places import place_of
from allervers.engines.cartography import BadFrame, Bounds, Frame, Pin, Place
from allervers.territory.queries.maps import TownMap, current_map
from allervers.territory.tiles import THEMES

WIDTH, HEIGHT = 400, 440  # CSS pixels of the picture without script: a phone's width
SHARPNESS = 2
MARGIN = 56  # CSS pixels around the outermost pin: its head must fit
DECIMALS = 5  # of a degree, about a metre: pins closer than that are one place
MOST_PINS = 60  # a page of results
MOST_TEXT = 12  # characters in a pin
FAR_DEGREES = 0.5  # beyond, a place is not of this town: it would turn the map into a dot


class BadMapLink(SuspiciousOperation):
    """An address of a picture that this site never writes. Answered 400."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A place of the list. `latitude` and `longitude` as texts: what is compared is what is shown."""

    number: int
    latitude: str
    longitude: str

    @property
    def place(self) -> Place:
        return float(self.latitude), float(self.longitude)


def number_cards(cards: Sequence[dict[str, object]], results: Sequence[Result], *, first: int) -> None:
    """Give each card whose service has a place its number and its place, under `pin`."""
    town = current_map()
    for number, (card, result) in enumerate(zip(cards, results, strict=True), start=first):
        card["pin"] = _numbered(number, result, town.atlas.bounds) if town else None


def _numbered(number: int, result: Result, bounds: Bounds) -> Numbered | None:
    place = place_of(result.service, result.service.organisation)
    if result.hit.distance_m is None or place.latitude is None or place.longitude is None:
        return None
    if not _near(bounds, place.latitude, place.longitude):
        return None
    return Numbered(number, f"{place.latitude:.{DECIMALS}f}", f"{place.longitude:.{DECIMALS}f}")


def _near(bounds: Bounds, latitude: float, longitude: float) -> bool:
    tall = bounds.south - FAR_DEGREES <= latitude <= bounds.north + FAR_DEGREES
    return tall and bounds.west - FAR_DEGREES <= longitude <= bounds.east + FAR_DEGREES


def results_map(cards: Sequence[Mapping[str, object]], where: Where | None) -> dict[str, object] | None:
    """The variables of `website/map.html`; None where there is no map, or no place to show on it."""
    town = current_map()
    pins = [pin for card in cards if isinstance(pin := card.get("pin"), Numbered)]
    if town is None or not pins:
        return None
    here = _here(where) if where and _near(town.atlas.bounds, where.latitude, where.longitude) else ""
    params = [("p", f"{text}:{at}") for at, text in grouped(pins).items()]
    query = urlencode([*params, ("ici", here)] if here else params)
    count = ngettext("%(n)s adresse", "%(n)s adresses", len(pins)) % {"n": len(pins)}
    return {
        **map_frame(town),
        "here": here,
        "pictures": {name: f"{_picture_url(town, name)}?{query}" for name in THEMES},
        "width": WIDTH,
        "height": HEIGHT,
        "alt": _("Carte : %(count)s, numérotées comme dans la liste.") % {"count": count},
    }


def map_frame(town: TownMap) -> dict[str, object]:
    """What the script needs: the address of tiles, and how far the ground goes."""
    bounds = town.atlas.bounds
    tiles = reverse("website:tile", args=[town.version, "THEME", 9, 9, 9, 9])
    return {
        "tiles": tiles.replace("THEME/9/9/9/9", "{theme}/{sharpness}/{z}/{x}/{y}"),
        "bounds": f"{bounds.south:.4f},{bounds.west:.4f},{bounds.north:.4f},{bounds.east:.4f}",
    }


def _here(where: Where) -> str:
    """As the link says it: rounded. The centre of a town is nobody's home."""
    return "" if where.is_centre else f"{where.latitude:.3f},{where.longitude:.3f}"


def grouped(pins: Iterable[Numbered]) -> dict[str, str]:
    """« latitude,longitude » of each place, with the numbers that share it: "3", "3, 7", or "3 … 12"."""
    numbers: dict[str, list[int]] = {}
    for pin in pins:
        numbers.setdefault(f"{pin.latitude},{pin.longitude}", []).append(pin.number)
    return {at: _spoken(shared) for at, shared in numbers.items()}


def _spoken(numbers: Sequence[int]) -> str:
    if len(numbers) <= 3:
        return ", ".join(str(number) for number in numbers)
    return f"{numbers[0]} … {numbers[-1]}"


def _picture_url(town: TownMap, theme: str) -> str:
    return reverse("website:map_picture", args=[town.version, theme])


def picture_of(town: TownMap, theme: str, pins: Sequence[str], here: str) -> bytes:
    """The picture of an address: `pins` as "3, 7:43.61234,3.87654". Raises BadMapLink."""
    if theme not in THEMES or len(pins) > MOST_PINS:
        raise BadMapLink
    try:
        drawn = [_pin(text) for text in pins]
        shown = [*drawn, Pin(*_place(here), is_here=True)] if here else drawn
        frame = Frame.around(
            [(pin.latitude, pin.longitude) for pin in shown], width=WIDTH, height=HEIGHT, margin=MARGIN
        )
    except (ValueError, BadFrame) as error:
        raise BadMapLink from error
    return town.atlas.picture(frame, theme=THEMES[theme], sharpness=SHARPNESS, pins=shown, caption=credit())


def _pin(text: str) -> Pin:
    label, _colon, at = text.rpartition(":")
    if len(label) > MOST_TEXT:
        raise ValueError(label)
    return Pin(*_place(at), text=label)


def _place(text: str) -> Place:
    latitude, longitude = text.split(",")
    return float(latitude), float(longitude)


def credit() -> str:
    return _("© les contributeurs d’OpenStreetMap")
