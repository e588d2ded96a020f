"""Static files, hashed and compressed once for each version of their sources: no build step for anyone."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from allervers.directory.locking import exclusive

STAMP = ".sources"  # in STATIC_ROOT: the digest of what was collected
WAIT_SECONDS = 120.0


def collect_static() -> None:
    """Fill `STATIC_ROOT` when its sources changed. The former files stay, for pages already sent."""
    root = Path(settings.STATIC_ROOT)
    digest = _digest()
    if _collected(root) == digest:
        return
    with exclusive(root.with_name("static.lock"), wait_seconds=WAIT_SECONDS):
        if _collected(root) != digest:
            call_command("collectstatic", verbosity=0, interactive=False)
            (root / STAMP).write_text(digest, encoding="ascii")


def _collected(root: Path) -> str:
    try:
        return (root / STAMP).read_text(encoding="ascii")
    except FileNotFoundError:
        return ""


def _digest() -> str:
    """sha256 of names and contents: some hundred kilobytes, read in a few milliseconds."""
    digest = hashlib.sha256()
    for name, path in sorted(_sources()):
        digest.update(name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[tuple[str, Path]]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield name, Path(storage.path(name))
