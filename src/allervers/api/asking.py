"""From parameters to the engine's questions."""

from collections.abc import Iterable

from allervers.api.parameters import (
    BadQuery,
    InArea,
    OfServices,
    SearchQuery,
    SearchServicesQuery,
    ServicesQuery,
    StructuresQuery,
)
from allervers.api.territories import DEPARTEMENT_OF_SLUG, REGION_OF_SLUG, departements_of
from allervers.engines.exchange import Filters, Near
from allervers.territory.queries import municipality

WHOLE_COUNTRY = ("france", "99100")


def of_structures(query: StructuresQuery) -> Filters:
    return Filters(
        sources=_codes(query.sources),
        reseaux_porteurs=_codes(query.reseaux_porteurs),
        areas=_areas(query),
        code_insee=query.code_commune,
        exclure_doublons=query.exclure_doublons,
    )


def of_services(query: ServicesQuery) -> Filters:
    return _services(
        query, areas=_areas(query), code_insee=query.code_commune, publics=query.recherche_public
    )


def of_search_services(query: SearchServicesQuery) -> tuple[Filters, Near | None]:
    """Raises: BadQuery."""
    point = _point(query.lat, query.lon)
    filters = _services(query, publics=query.recherche_public, exclure_doublons=query.exclure_doublons)
    if query.code_commune is None:
        return filters, None
    town = municipality(query.code_commune)
    if town is None or town.code_insee != query.code_commune:  # an old code, or one in lower case
        raise BadQuery(f"La commune {query.code_commune} est inconnue du code officiel géographique.")
    latitude, longitude = point or (town.latitude, town.longitude)
    codes = (town.code_insee, town.epci, town.departement)
    zones = (*(code for code in codes if code), *WHOLE_COUNTRY)
    return filters, Near(latitude=latitude, longitude=longitude, zones=zones)


def of_search(query: SearchQuery) -> tuple[Filters, Near | None]:
    """Raises: BadQuery."""
    point = _point(query.lat, query.lon)
    filters = _services(query, areas=_areas(query), code_insee=query.code_commune, q=query.q)
    if point is None:
        return filters, None
    return filters, Near(latitude=point[0], longitude=point[1], radius_km=query.distance)


def _services(
    query: OfServices,
    *,
    areas: tuple[tuple[str, ...], ...] = (),
    code_insee: str | None = None,
    publics: str | None = None,
    q: str | None = None,
    exclure_doublons: bool = False,
) -> Filters:
    return Filters(
        sources=_codes(query.sources),
        areas=areas,
        code_insee=code_insee,
        thematiques=_codes(query.thematiques),
        frais=_codes(query.frais),
        publics=_codes(query.publics),
        recherche_public=publics,
        modes_accueil=_codes(query.modes_accueil),
        types=_codes(query.types),
        score_qualite_minimum=query.score_qualite_minimum,
        exclure_doublons=exclure_doublons,
        q=q,
    )


def _codes(values: Iterable[object] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(dict.fromkeys(str(value) for value in values))


def _areas(query: InArea) -> tuple[tuple[str, ...], ...]:
    """A code wins over a slug; region and department both apply."""
    region = query.code_region or REGION_OF_SLUG.get(query.slug_region or "")
    departement = query.code_departement or DEPARTEMENT_OF_SLUG.get(query.slug_departement or "")
    areas = []
    if region:
        areas.append(departements_of(str(region)))
    if departement:
        areas.append((str(departement),))
    return tuple(areas)


def _point(lat: float | None, lon: float | None) -> tuple[float, float] | None:
    if (lat is None) != (lon is None):
        raise BadQuery("Les paramètres lat et lon vont ensemble.")
    return None if lat is None or lon is None else (lat, lon)
