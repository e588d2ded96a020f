"""Exchange: the directory as machines ask for it, by the rules of the data·inclusion API v1.

Built once into an immutable folder and mapped into memory: the columns that filters read, and the JSON bodies
written beforehand. Nothing here reads a clock, a database or the network.

    build(structures, services, folder)            # StructureEntry…, ServiceEntry…; the folder must not exist
    catalogue = Catalogue.open(folder)
    window = catalogue.search_services(Filters(thematiques=("mobilite",)), near, offset=0, limit=20)
    window.total, window.rows, window.km           # km: whole kilometres, -1 for none
    catalogue.services.body(row)                   # bytes: a JSON object

- Rows are in the order of ids, by code point; every list is total and stable.
- Each field of a question: `Filters`, `Near`. What full text means: `_fulltext`.
- Distances are those of the WGS84 ellipsoid, through the chord between two points (`_space`).
- Errors are `CatalogueUnreadable`, `DuplicateId`, and `FolderTaken` of the columns below.
"""

from allervers.columns import FolderTaken
from allervers.engines.exchange._build import build
from allervers.engines.exchange._catalogue import Catalogue, Window
from allervers.engines.exchange._entries import ServiceEntry, StructureEntry
from allervers.engines.exchange._errors import CatalogueUnreadable, DuplicateId, ExchangeError
from allervers.engines.exchange._query import RADIUS_KM, Filters, Near

__all__ = [
    "RADIUS_KM",
    "Catalogue",
    "CatalogueUnreadable",
    "DuplicateId",
    "ExchangeError",
    "Filters",
    "FolderTaken",
    "Near",
    "ServiceEntry",
    "StructureEntry",
    "Window",
    "build",
]
