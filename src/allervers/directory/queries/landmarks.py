"""The organisations of the directory as named places: people say « près de la Maison pour tous »."""

import threading
from collections.abc import Iterable, Iterator

from allervers.columns import ColumnsError
from allervers.directory.models import Organisation
from allervers.directory.queries.indexes import current_version, index_folder
from allervers.engines.geocoding import Kind, Named, Names, Town
from allervers.territory.queries import municipality

FOLDER = "landmarks"  # inside the folder of an index: both are swapped as one
CHUNK = 2_000  # rows a fetch

_lock = threading.Lock()
_loaded: tuple[str, tuple[Names, ...]] | None = None  # replaced whole


def landmarks() -> tuple[Names, ...]:
    """Those of the index in use; none before the first index. One statement."""
    global _loaded
    version = current_version()
    if version is None:
        return ()
    kept = _loaded
    if kept is None or kept[0] != version.version:
        with _lock:
            kept = _loaded = (version.version, _opened(version.version))
    return kept[1]


def named_organisations() -> Iterator[Named]:
    """Every organisation that is not retired and has a place of its own."""
    live = Organisation.objects.filter(retired_at=None, latitude__isnull=False, longitude__isnull=False)
    columns = live.order_by("ident").values_list("nom", "latitude", "longitude", "code_insee", "ident")
    for nom, latitude, longitude, code_insee, ident in columns.iterator(CHUNK):
        if latitude is None or longitude is None:  # for types: the filter has left them out
            continue
        yield Named(nom, Kind.PLACE, latitude, longitude, code_insee, ident)


def towns_of(places: Iterable[Named]) -> list[Town]:
    """The municipalities that these places say they are in."""
    found = {place.code_insee: municipality(place.code_insee) for place in places if place.code_insee}
    return [Town(town.code_insee, town.nom, town.codes_postaux) for town in found.values() if town]


def _opened(version: str) -> tuple[Names, ...]:
    try:
        return (Names.open(index_folder(version) / FOLDER),)
    except (ColumnsError, OSError):  # an index of before landmarks
        return ()
