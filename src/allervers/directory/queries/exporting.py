"""The directory as the schéma v1 writes it, corrections laid over: what leaves in open formats."""

from collections.abc import Iterator
from itertools import chain

import orjson

from allervers.directory.queries.exchange import service_entries, structure_entries


def v1_records() -> Iterator[bytes]:
    """Each live record as one JSON object of the schéma v1: structures then services, each by id.

    By code point of the id, whatever the database's collation; lists in order: the same directory gives the
    same bytes.
    """
    structures = sorted((entry.id, entry.body) for entry in structure_entries())
    services = sorted((entry.id, entry.body) for entry in service_entries())
    for _ident, body in chain(structures, services):
        yield orjson.dumps({name: _in_order(value) for name, value in orjson.loads(body).items()})


def _in_order(value: object) -> object:
    """The schéma reads lists as sets: no order to keep."""
    return sorted(value) if isinstance(value, list) else value
