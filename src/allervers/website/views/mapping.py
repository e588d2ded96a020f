"""Pictures of the map: tiles for the script, one whole picture for who has none."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from allervers.accounts.policies import anyone
from allervers.accounts.policy import policy
from allervers.engines.cartography import BadFrame
from allervers.territory.queries.maps import TownMap, current_map
from allervers.territory.tiles import SHARPNESSES, THEMES, Tile, tile_bytes
from allervers.website.pages.mapping import picture_of
from allervers.website.pages.pointing import VIEW, point_picture

YEAR_SECONDS = 365 * 24 * 3600  # the version stands in the address: what it shows never changes


@require_safe
@policy(anyone)
def tile(
    request: HttpRequest, version: str, theme: str, sharpness: int, zoom: int, x: int, y: int
) -> HttpResponse:
    town = _town()
    if theme not in THEMES or sharpness not in SHARPNESSES:
        raise Http404
    if version != town.version:  # a page opened before the map changed
        return HttpResponseRedirect(
            reverse("website:tile", args=[town.version, theme, sharpness, zoom, x, y])
        )
    try:
        return _picture(tile_bytes(town, Tile(THEMES[theme], sharpness, zoom, x, y)))
    except BadFrame as error:
        raise Http404 from error


@require_safe
@policy(anyone)
def map_picture(request: HttpRequest, version: str, theme: str) -> HttpResponse:
    """Its pins are those of services, public; where one is stands there rounded, as in the page's address."""
    town = _town()
    return _picture(picture_of(town, theme, request.GET.getlist("p"), request.GET.get("ici", "")))


@require_safe
@policy(anyone)
def point(request: HttpRequest, version: str, theme: str) -> HttpResponse:
    """What one touches to say where one is."""
    return _picture(point_picture(_town(), theme, request.GET.get(VIEW, "")))


def _town() -> TownMap:
    town = current_map()
    if town is None:
        raise Http404
    return town


def _picture(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="image/png")
    patch_cache_control(response, public=True, max_age=YEAR_SECONDS, immutable=True)
    return response
