"""A search as an address, and back. Codes and a rounded place: nothing that was typed."""

from dataclasses import replace
from urllib.parse import urlencode

from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict
from django.urls import reverse

from allervers.directory.queries.finding import RADIUS_M, Search, Where
from allervers.engines.vocabulary import vocabulary
from allervers.territory.queries import municipality
from allervers.territory.queries.neighbourhoods import neighbourhood

ROUNDING = 3  # decimals of a degree: about 100 m
IDS_KEPT = 20
DAYS_AHEAD = (0, 1, 7)
MODES = ("en-presentiel", "a-distance")


class BadLink(SuspiciousOperation):
    """An address that this site never writes: a place out of the world, no number. Answered 400."""


def to_link(search: Search, *, urgent: str = "", page: int = 1) -> str:
    """`/recherche?besoin=…&commune=34172`, always in the same order."""
    return f"{reverse('website:results')}?{to_params(search, urgent=urgent, page=page)}"


def to_params(search: Search, *, urgent: str = "", page: int = 1) -> str:
    return urlencode(to_pairs(search, urgent=urgent, page=page))


def to_pairs(search: Search, *, urgent: str = "", page: int = 1) -> list[tuple[str, str]]:
    """Names and values, as an address or the hidden fields of a form bear them."""
    pairs = [("besoin", need) for need in search.needs]
    pairs += [("public", public) for public in search.publics]
    pairs += [("organisation", ident) for ident in search.organisations]
    pairs += _place_pairs(search.where)
    if search.radius_m is None:
        pairs.append(("loin", "1"))
    if search.free_only:
        pairs.append(("gratuit", "1"))
    if search.open_within_days is not None:
        pairs.append(("ouvert", str(search.open_within_days)))
    pairs += [("accueil", mode) for mode in search.modes_accueil]
    if urgent:
        pairs.append(("urgence", urgent))
    if page > 1:
        pairs.append(("page", str(page)))
    return pairs


def _place_pairs(where: Where | None) -> list[tuple[str, str]]:
    if where is None:
        return []
    pairs = []
    if where.municipality:
        pairs.append(("commune", where.municipality.code_insee))
    if not where.is_centre:
        pairs += [("lat", f"{where.latitude:.{ROUNDING}f}"), ("lon", f"{where.longitude:.{ROUNDING}f}")]
    if where.qpv:
        pairs.append(("qpv", where.qpv))
    elif where.qpv_near:
        pairs.append(("qpv-near", where.qpv_near))
    return pairs


def from_params(params: QueryDict) -> Search:
    """The search of an address. Codes that the vocabulary does not hold are dropped. Raises BadLink."""
    words = vocabulary()
    needs = [
        need for need in params.getlist("besoin") if need in words.thematiques or need in words.categories
    ]
    return Search(
        needs=_once(needs),
        publics=_once([public for public in params.getlist("public") if public in words.publics]),
        organisations=_once(params.getlist("organisation"))[:IDS_KEPT],
        where=where_from(params),
        radius_m=None if params.get("loin") == "1" else RADIUS_M,
        free_only=params.get("gratuit") == "1",
        open_within_days=_days(params.get("ouvert", "")),
        modes_accueil=_once([mode for mode in params.getlist("accueil") if mode in MODES]),
    )


def _once(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _days(text: str) -> int | None:
    return int(text) if text in {str(days) for days in DAYS_AHEAD} else None


def where_from(params: QueryDict) -> Where | None:
    town = municipality(params.get("commune", ""))
    if "lat" in params or "lon" in params:
        latitude, longitude = _point(params.get("lat", ""), params.get("lon", ""))
        inside = _quarter(params.get("qpv", ""))
        near = "" if inside else _quarter(params.get("qpv-near", ""))
        return Where(latitude, longitude, municipality=town, qpv=inside, qpv_near=near)
    if town is None:
        return None
    return Where(town.latitude, town.longitude, municipality=town, is_centre=True)


def _quarter(code: str) -> str:
    """A code that this territory knows, else nothing: what a link says is never believed further."""
    return code if code and neighbourhood(code) else ""


def _point(latitude: str, longitude: str) -> tuple[float, float]:
    try:
        point = round(float(latitude), ROUNDING), round(float(longitude), ROUNDING)
    except (ValueError, OverflowError) as error:
        raise BadLink from error
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):  # refuses NaN too
        raise BadLink
    return point


def page_from(params: QueryDict) -> int:
    text = params.get("page", "1")
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 4 and int(text) >= 1):
        raise BadLink
    return int(text)


def without_need(search: Search, need: str) -> Search:
    return replace(search, needs=tuple(kept for kept in search.needs if kept != need))


def without_public(search: Search, public: str) -> Search:
    return replace(search, publics=tuple(kept for kept in search.publics if kept != public))
