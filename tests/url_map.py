"""Every view of the site, read from its URL map, with an address that opens it."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import URLPattern, URLResolver, reverse
from django.urls.converters import (
    IntConverter,
    PathConverter,
    SlugConverter,
    StringConverter,
    UUIDConverter,
)

from allervers.directory.idents import IdentConverter

SAMPLES: dict[type, object] = {
    IntConverter: 1,
    SlugConverter: "rien",
    StringConverter: "rien",
    PathConverter: "r",
    IdentConverter: "rien",
    UUIDConverter: UUID(int=0),
}


def leaves(resolver: URLResolver, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every view of the map, under the name that `reverse` knows."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from leaves(entry, route, inner)
        else:
            yield f"{namespace}{entry.name}" if entry.name else route, entry


def address(name: str, entry: URLPattern, samples: dict[type, object] = SAMPLES) -> str:
    values = {key: samples[type(converter)] for key, converter in entry.pattern.converters.items()}
    return reverse(name, kwargs=values)
