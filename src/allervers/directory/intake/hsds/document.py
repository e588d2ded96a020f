"""A HSDS document in memory: nested as its API gives it, or as lists joined by ids."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from django.utils.translation import gettext as _

from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.rows import broken

LARGEST = 48 << 20  # bytes: a document is joined by ids, so it is held whole
LISTS = (
    "organizations",
    "services",
    "locations",
    "service_at_locations",
    "schedules",
    "contacts",
    "phones",
    "addresses",
)

Item = dict[str, Any]


@dataclass(slots=True)
class Document:
    organizations: dict[str, Item] = field(default_factory=dict)
    services: dict[str, Item] = field(default_factory=dict)
    parts: dict[str, list[Item]] = field(default_factory=dict)  # locations, phones… of flat documents


def is_hsds(head: str) -> bool:
    """From the first characters: a list named as HSDS names it, or a nested service."""
    start = head.lstrip()[:4000]
    if start.startswith("{"):
        return any(f'"{name}"' in start for name in LISTS[:4]) and '"FeatureCollection"' not in start
    return start.startswith("[") and '"organization"' in start and '"name"' in start and '"nom"' not in start


def read_document(path: Path, *, label: str) -> Document:
    """Raises Refused."""
    if path.stat().st_size > LARGEST:
        raise Refused(
            _(
                "« {file} » dépasse 48 Mo pour un document HSDS. L’annuaire n’a pas changé. "
                "Coupez-le en deux."
            ).format(file=label)
        )
    try:
        data = orjson.loads(path.read_bytes())
    except (orjson.JSONDecodeError, RecursionError):
        raise broken(label, after=0, what=_("ce n’est pas du JSON")) from None
    document = Document()
    if isinstance(data, list):
        data = {"services": data}
    if isinstance(data, dict):
        _gather(data, document)
    if not document.organizations and not document.services:
        raise Refused(
            _("« {file} » ne contient ni organisme ni service HSDS. L’annuaire n’a pas changé.").format(
                file=label
            )
        )
    return document


def _gather(data: Item, document: Document) -> None:
    for name in LISTS[2:]:
        document.parts[name] = _items(data.get(name))
    for one in _items(data.get("organizations")):
        document.organizations.setdefault(ident(one), one)
    for one in _items(data.get("services")):
        document.services.setdefault(ident(one), one)
    for organization in list(document.organizations.values()):
        for one in _items(organization.get("services")):
            document.services.setdefault(ident(one), one | {"organization_id": ident(organization)})
    for service in document.services.values():
        nested = service.get("organization")
        if isinstance(nested, dict):
            document.organizations.setdefault(ident(nested), nested)


def ident(item: Item) -> str:
    return str(item.get("id") or "")


def _items(value: Any) -> list[Item]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def parts_of(item: Item, name: str, key: str, document: Document) -> Iterator[Item]:
    """Nested in the item, or in the document's list under `key`."""
    yield from _items(item.get(name))
    mine = ident(item)
    if mine:
        yield from (one for one in document.parts.get(name, []) if str(one.get(key) or "") == mine)


def locations_of(service: Item, document: Document) -> Iterator[Item]:
    by_id = {ident(one): one for one in document.parts.get("locations", [])}
    for link in parts_of(service, "service_at_locations", "service_id", document):
        nested = link.get("location")
        found = nested if isinstance(nested, dict) else by_id.get(str(link.get("location_id") or ""))
        if found:
            yield found
    yield from _items(service.get("locations"))
