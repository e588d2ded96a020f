"""Search: which services answer a person's question, best first, and why.

A directory is built once into an immutable folder and mapped into memory; nothing here reads a clock, a
database or the network. From the build to the page:

    build(documents, folder)                        # ServiceDocument…; the folder must not exist yet
    with Index.open(folder) as index:
        query = Query(needs=("famille--garde-denfants",), place=Place(latitude=43.632, longitude=3.822))
        answer = index.page(query, now=now)         # the first page as people should see it
        answer.total, answer.remaining, answer.facets
        for hit in answer.hits:                     # Hit: service_id, distance_m, reasons, needs
            ...
        index.relaxations(query, now=now)           # what to give up, and how many that gives
        index.organisations_named("ccas")           # NameMatch…

- `Index.page` gives the order for readers, whose first page holds every need and not one organisation only;
  `Index.search` the plain order of scores; `first_page` arranges hits that one already has.
- `now` must be aware *and in the time zone of the territory*: opening hours are wall-clock.
- What each field of a question means, and where the unknown stays: `Query`, `Place`. The kinds of reasons
  and their facts: `Reason`. The ranking: `_weights.py`.
- Errors are all `SearchError`, `FolderTaken` (of the columns below) apart.
- `Index.close` (or leaving `with`) drops the memory map once the searches under way are done; Windows
  deletes no mapped file, so whoever removes old folders tolerates a refusal and comes back.
"""

from allervers.columns import FolderTaken
from allervers.engines.search._answer import Answer, Facets, Hit, NameMatch, Reason, Relaxation
from allervers.engines.search._build import build
from allervers.engines.search._document import ServiceDocument
from allervers.engines.search._errors import (
    DuplicateService,
    IndexClosed,
    IndexUnreadable,
    InvalidQuery,
    SearchError,
)
from allervers.engines.search._index import Index
from allervers.engines.search._page import first_page
from allervers.engines.search._query import Place, Query

__all__ = [
    "Answer",
    "DuplicateService",
    "Facets",
    "FolderTaken",
    "Hit",
    "Index",
    "IndexClosed",
    "IndexUnreadable",
    "InvalidQuery",
    "NameMatch",
    "Place",
    "Query",
    "Reason",
    "Relaxation",
    "SearchError",
    "ServiceDocument",
    "build",
    "first_page",
]
