"""Addresses of files and of paginated APIs, brought to this disk."""

from pathlib import Path
from tempfile import TemporaryDirectory

from allervers.directory.intake.download import Advance, Allowed, download, is_public
from allervers.directory.intake.paged import fetch_pages, is_paged, preferred


def is_address(text: str) -> bool:
    """Anything with a scheme; whether it may be fetched is said later, by `download`."""
    return "://" in text or text.lower().startswith(("file:", "data:", "javascript:"))


def bring(
    urls: list[str], folder: Path, *, allowed: Allowed = is_public, advance: Advance | None = None
) -> list[Path]:
    """The files at these addresses, each in a folder of its own. Raises Refused."""
    return [
        bring_one(url, _own_folder(folder, number), allowed=allowed, advance=advance)
        for number, url in enumerate(preferred(urls))
    ]


def bring_one(
    url: str, folder: Path, *, allowed: Allowed = is_public, advance: Advance | None = None
) -> Path:
    if not is_paged(url):
        return download(url, folder, allowed=allowed, advance=advance)

    def get(page: str) -> bytes:
        with TemporaryDirectory(dir=folder) as place:
            return download(page, Path(place), allowed=allowed).read_bytes()

    name = url.split("?")[0].rstrip("/").rsplit("/", 1)[1]
    return fetch_pages(url, folder / f"{name}.json", get=get, advance=advance)


def _own_folder(folder: Path, number: int) -> Path:
    own = folder / str(number)
    own.mkdir(parents=True, exist_ok=True)
    return own
