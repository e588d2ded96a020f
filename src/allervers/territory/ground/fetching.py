"""Where a file of the ground comes from: this disk, an address on the web, or a public source by name."""

import shutil
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from allervers.territory.ground.addresses import Watch
from allervers.territory.ground.refusal import GroundRefused

PUBLIC = "public"  # said instead of a file: the source of `public_sources.toml`
SOURCES = Path(__file__).with_name("public_sources.toml")
TIMEOUT_SECONDS = 30
LARGEST = 2_000_000_000  # bytes: all the addresses of a large department are 30 MB
CHUNK = 1 << 18  # bytes


@cache
def public_sources() -> dict[str, dict[str, str]]:
    """By layer: title, licence, and `url` (with {departement}) where the file has a fixed address."""
    return tomllib.loads(SOURCES.read_text(encoding="utf-8"))


def public_urls(layer: str, departements: Iterable[str]) -> list[str]:
    """One file a department. Raises GroundRefused where the source has no fixed address."""
    source = public_sources().get(layer, {})
    if "url" not in source:
        page = source.get("page", "")
        raise GroundRefused(
            _(
                "Il n’y a pas d’adresse fixe pour ce fichier : téléchargez-le ({page}), puis donnez-le."
            ).format(page=page)
        )
    return [source["url"].format(departement=one) for one in dict.fromkeys(departements)]


def fetched(source: str, target: Path, *, watch: Watch | None = None) -> None:
    """Add what `source` (a path, or an http(s) address) holds to `target`. Raises GroundRefused."""
    if source.lower().startswith(("http://", "https://")):
        _download(source, target, watch)
        return
    path = Path(source).expanduser()
    if not path.is_file():
        raise GroundRefused(_("« {file} » n’existe pas, ou n’est pas un fichier.").format(file=source))
    try:
        with path.open("rb") as reader, target.open("ab") as writer:
            shutil.copyfileobj(reader, writer, CHUNK)
    except OSError as error:
        raise GroundRefused(
            _("« {file} » ne se laisse pas lire ({why}).").format(file=source, why=error.strerror)
        ) from error


def _download(url: str, target: Path, watch: Watch | None) -> None:
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS) as answer, target.open("ab") as writer:
            _pour(answer, writer, int(answer.headers.get("Content-Length") or 0), watch)
    except (urllib.error.URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise GroundRefused(
            _("« {url} » ne répond pas ({why}). Sans réseau, donnez un fichier.").format(url=url, why=reason)
        ) from error


def _pour(answer: IO[bytes], writer: IO[bytes], total: int, watch: Watch | None) -> None:
    done = 0
    while chunk := answer.read(CHUNK):
        done += len(chunk)
        if done > LARGEST:
            raise ValueError("too large")
        writer.write(chunk)
        if watch:
            watch(done, max(total, done))
    if total and done < total:
        raise ValueError("cut short")
