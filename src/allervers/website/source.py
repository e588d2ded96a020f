"""The source code of the very version that runs, as the AGPL asks: no other site need stay up for it."""

import io
import tarfile
from functools import cache
from pathlib import Path

import allervers

PACKAGE = Path(allervers.__file__).parent


@cache
def archive(version: str) -> bytes:
    """The package as `.tar.gz`: what is installed here, local changes included. Made once."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        tar.add(PACKAGE, arcname=f"allervers-{version}/src/allervers", filter=_kept)
    return buffer.getvalue()


def _kept(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Without compiled files, and without the names of the machine's users."""
    if "__pycache__" in member.name:
        return None
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
