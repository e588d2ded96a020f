"""« Montrez-le sur la carte » : a picture whose touched point gives a place, with a script or without.

A finger covers a kilometre of a whole territory: the first touch shows that part from close, the next is
the place.
"""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from allervers.engines.cartography import BadFrame, Frame
from allervers.engines.geocoding import Kind
from allervers.territory.queries.geocoding import Geocoded
from allervers.territory.queries.maps import TownMap, current_map
from allervers.territory.tiles import THEMES
from allervers.website.pages.mapping import SHARPNESS, BadMapLink, credit

WIDTH, HEIGHT = 320, 380  # CSS pixels, never scaled: what the browser posts is counted in them
CLOSE_ZOOM = 13  # a finger's ten pixels are 70 m there: enough for a rounded place
STEP = 3  # zooms from one touch to the next
FIELD, VIEW = "point", "vue"


def point_picker(view: str = "") -> dict[str, object] | None:
    """The variables of `website/point.html`; None where there is no map. Raises BadMapLink."""
    town = current_map()
    if town is None:
        return None
    frame_of(town, view)
    return {
        "picture": f"{reverse('website:point_picture', args=[town.version, 'clair'])}?{VIEW}={view}",
        "view": view,
        "is_close": bool(view),
        "width": WIDTH,
        "height": HEIGHT,
    }


def touched(posted: Mapping[str, str]) -> Geocoded | str | None:
    """The place that was touched, or the closer view to show next; None when nothing was touched.

    The Enter key on a picture posts its corner, 0,0: nobody showed it. Raises BadMapLink.
    """
    town = current_map()
    x, y = _pixel(posted.get(f"{FIELD}.x", "")), _pixel(posted.get(f"{FIELD}.y", ""))
    if town is None or x is None or y is None or not (0 < x <= WIDTH and 0 < y <= HEIGHT):
        return None
    frame = frame_of(town, posted.get(VIEW, ""))
    latitude, longitude = frame.place(x, y)
    if frame.zoom >= CLOSE_ZOOM:
        return Geocoded(_("L’endroit montré sur la carte"), 1.0, latitude, longitude, "", Kind.PLACE)
    return f"{min(frame.zoom + STEP, CLOSE_ZOOM)}:{latitude:.3f},{longitude:.3f}"


def _pixel(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def frame_of(town: TownMap, view: str) -> Frame:
    """The whole ground for an empty view, else that of "13:43.632,3.822". Raises BadMapLink."""
    bounds = town.atlas.bounds
    try:
        if not view:
            corners = [(bounds.south, bounds.west), (bounds.north, bounds.east)]
            return Frame.around(corners, width=WIDTH, height=HEIGHT, nearest=CLOSE_ZOOM)
        zoom, _colon, middle = view.partition(":")
        latitude, longitude = map(float, middle.split(","))
        return Frame.centred((latitude, longitude), zoom=int(zoom), width=WIDTH, height=HEIGHT)
    except (ValueError, BadFrame) as error:
        raise BadMapLink from error


def point_picture(town: TownMap, theme: str, view: str) -> bytes:
    """Raises BadMapLink."""
    if theme not in THEMES:
        raise BadMapLink
    frame = frame_of(town, view)
    return town.atlas.picture(frame, theme=THEMES[theme], sharpness=SHARPNESS, caption=credit())
