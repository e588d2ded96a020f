"""`/api/v1`: each address, what it asks and what it answers."""

from collections.abc import Callable, Mapping
from functools import cache

from data_inclusion.schema.v1 import (
    Frais,
    ModeAccueil,
    ModeMobilisation,
    PersonneMobilisatrice,
    Public,
    ReseauPorteur,
    Thematique,
    TypeService,
)

from allervers.api import asking
from allervers.api.answers import (
    Answer,
    found_items,
    page,
    refused,
    said,
    service_items,
    structure_items,
    whole,
)
from allervers.api.parameters import (
    BadQuery,
    Paged,
    SearchQuery,
    SearchServicesQuery,
    ServicesQuery,
    StructuresQuery,
    asked,
)
from allervers.api.sources import source_named
from allervers.engines.exchange import Catalogue

NOT_FOUND = "Not Found"

Route = Callable[[Catalogue, str], Answer]


def structures(catalogue: Catalogue, query: str) -> Answer:
    wanted = asked(StructuresQuery, query)
    window = catalogue.structures(asking.of_structures(wanted), offset=_offset(wanted), limit=wanted.size)
    return page(structure_items(catalogue, window), window, number=wanted.page, size=wanted.size)


def services(catalogue: Catalogue, query: str) -> Answer:
    wanted = asked(ServicesQuery, query)
    window = catalogue.services(asking.of_services(wanted), offset=_offset(wanted), limit=wanted.size)
    return page(service_items(catalogue, window), window, number=wanted.page, size=wanted.size)


def search_services(catalogue: Catalogue, query: str) -> Answer:
    wanted = asked(SearchServicesQuery, query)
    filters, near = asking.of_search_services(wanted)
    window = catalogue.search_services(filters, near, offset=_offset(wanted), limit=wanted.size)
    return page(found_items(catalogue, window), window, number=wanted.page, size=wanted.size)


def search(catalogue: Catalogue, query: str) -> Answer:
    wanted = asked(SearchQuery, query)
    filters, near = asking.of_search(wanted)
    window = catalogue.search(filters, near, offset=_offset(wanted), limit=wanted.size)
    items = found_items(catalogue, window, with_scores=True)
    return page(items, window, number=wanted.page, size=wanted.size)


def sources(catalogue: Catalogue, query: str) -> Answer:
    return said([source_named(slug) for slug in catalogue.sources], is_versioned=True)


def structure(catalogue: Catalogue, ident: str) -> Answer:
    row = catalogue.structure_row(ident)
    return refused(404, NOT_FOUND) if row is None else whole(catalogue.detailed_structure(row))


def service(catalogue: Catalogue, ident: str) -> Answer:
    row = catalogue.service_row(ident)
    return refused(404, NOT_FOUND) if row is None else whole([catalogue.detailed_service(row)])


def _offset(wanted: Paged) -> int:
    return (wanted.page - 1) * wanted.size


LISTS: Mapping[str, Route] = {
    "/api/v1/structures": structures,
    "/api/v1/services": services,
    "/api/v1/search/services": search_services,
    "/api/v1/search": search,
    "/api/v1/sources": sources,
}
DETAILS: Mapping[str, Route] = {"/api/v1/structures/": structure, "/api/v1/services/": service}
VOCABULARIES = {
    "/api/v1/doc/frais": Frais,
    "/api/v1/doc/modes-accueil": ModeAccueil,
    "/api/v1/doc/modes-mobilisation": ModeMobilisation,
    "/api/v1/doc/personnes-mobilisatrices": PersonneMobilisatrice,
    "/api/v1/doc/publics": Public,
    "/api/v1/doc/reseaux-porteurs": ReseauPorteur,
    "/api/v1/doc/thematiques": Thematique,
    "/api/v1/doc/types-services": TypeService,
}


@cache
def _vocabulary(path: str) -> Answer:
    values = [
        {"value": entry.value, "label": entry.label, "description": entry.description or None}
        for entry in VOCABULARIES[path]
    ]
    return said(values)


def is_known(path: str) -> bool:
    return path in LISTS or path in VOCABULARIES


def routed(catalogue: Catalogue, path: str, query: str) -> Answer:
    """The answer to a GET of `path`, percent-decoded. An id may hold anything, `/` included."""
    try:
        if route := LISTS.get(path):
            return route(catalogue, query)
    except BadQuery as error:
        return refused(422, error.detail)
    if path in VOCABULARIES:
        return _vocabulary(path)
    for prefix, detail in DETAILS.items():
        if path.startswith(prefix) and len(path) > len(prefix):
            return detail(catalogue, path[len(prefix) :])
    return refused(404, NOT_FOUND)


def without_slash(catalogue: Catalogue, path: str) -> str | None:
    """Where an address with a trailing slash should go; None when it should not."""
    if not path.endswith("/"):
        return None
    short = path[:-1]
    if is_known(short):
        return short
    for prefix, row in (
        ("/api/v1/structures/", catalogue.structure_row),
        ("/api/v1/services/", catalogue.service_row),
    ):
        if short.startswith(prefix) and row(path[len(prefix) :]) is None:
            return short
    return None
