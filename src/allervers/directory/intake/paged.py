"""The paginated API of data·inclusion (and of those who serve the same), read as one whole table.

While pages are read the list may move: a record comes twice, another slips between two pages. Records are
counted once by id, and a count that is not the total that the API says is a failed run: nothing is missing
because a page was.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import orjson
from django.utils.translation import gettext as _

from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.words import shown

PAGE_SIZE = 1_000
MOST_PAGES = 5_000
MOST_PAGE_BYTES = 64 << 20
ENDINGS = ("/structures", "/services")
PATH = "/api/v"

Get = Callable[[str], bytes]  # the body of one page; raises Refused
Advance = Callable[[int, int], None]  # records behind, records in all


def is_paged(url: str) -> bool:
    """« https://…/api/v1/services »: pages, not a file."""
    path = urlsplit(url).path.rstrip("/")
    return PATH in path and path.endswith(ENDINGS)


def preferred(urls: list[str]) -> list[str]:
    """The weekly files, when a feed declares both: they are whole, the pages may move."""
    files = [url for url in urls if not is_paged(url)]
    return files or urls


def fetch_pages(url: str, target: Path, *, get: Get, advance: Advance | None = None) -> Path:
    """All the records of the API at `url` in `target`, as a JSON list. Raises Refused: no file is left."""
    part = target.with_name(f"{target.name}.part")
    seen: set[bytes] = set()
    try:
        with part.open("wb") as file:
            file.write(b"[")
            total = _pour(url, file.write, seen, get, advance)
            file.write(b"]")
        if len(seen) != total:
            raise _failed(
                url, _("{total} fiches annoncées, {found} reçues").format(total=total, found=len(seen))
            )
    except (Refused, OSError):
        part.unlink(missing_ok=True)
        raise
    return part.rename(target)


def _pour(
    url: str, write: Callable[[bytes], object], seen: set[bytes], get: Get, advance: Advance | None
) -> int:
    """The total that the last page says. The same total on every page, or the run has failed."""
    total: int | None = None
    for number, page in enumerate(_pages(url, get), start=1):
        said = page["total"]
        if total is not None and said != total:
            raise _failed(url, _("le total a changé pendant la lecture"))
        total = said
        for item in page["items"]:
            ident = orjson.dumps(item.get("id") if isinstance(item, dict) else None)
            if not isinstance(item, dict) or ident == b"null":
                raise _failed(
                    url, _("la page {number} contient une fiche sans identifiant").format(number=number)
                )
            if ident not in seen:
                write((b",\n" if seen else b"") + orjson.dumps(item))
                seen.add(ident)
        if advance:
            advance(len(seen), total or 0)
    return total or 0


def _pages(url: str, get: Get) -> Iterator[dict[str, Any]]:
    for number in range(1, MOST_PAGES + 1):
        body = get(_numbered(url, number))
        page = _read(url, number, body)
        yield page
        items, pages = page["items"], page.get("pages")
        is_last = number >= pages if isinstance(pages, int) else len(items) < PAGE_SIZE
        if not items or is_last:
            return
    raise _failed(url, _("plus de {most} pages").format(most=MOST_PAGES))


def _read(url: str, number: int, body: bytes) -> dict[str, Any]:
    try:
        page = orjson.loads(body) if len(body) <= MOST_PAGE_BYTES else None
    except orjson.JSONDecodeError:
        raise _failed(url, _("la page {number} est coupée ou abîmée").format(number=number)) from None
    total = page.get("total") if isinstance(page, dict) else None
    if not isinstance(page, dict) or not isinstance(page.get("items"), list) or not isinstance(total, int):
        raise _failed(url, _("la page {number} n’est pas une page de fiches").format(number=number))
    return page


def _numbered(url: str, number: int) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query)) | {"page": str(number), "size": str(PAGE_SIZE)}
    return urlunsplit(parts._replace(query=urlencode(query)))


def _failed(url: str, why: str) -> Refused:
    return Refused(
        _(
            "« {url} » n’a pas été lue en entier : {why}. L’annuaire n’a pas changé. Réessayez plus tard."
        ).format(url=shown(url.split("?")[0]), why=why)
    )
