"""A file of a feed, fetched from its address: from the public internet only, whole, within bounds.

The name is resolved once, its addresses are checked, and the connection goes to that very address: a name
that points elsewhere a moment later changes nothing. Each redirect is checked anew.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from django.utils.translation import gettext as _

from allervers.directory.intake.refusal import Refused

REDIRECTS_MAX = 5
LARGEST = 536_870_912  # bytes
TIMEOUT_SECONDS = 30.0  # without a byte
TOTAL_SECONDS = 900.0
CHUNK = 1 << 18
PORTS = {"http": 80, "https": 443}
NAME_MAX = 100

Allowed = Callable[[str], bool]
Advance = Callable[[int, int], None]  # bytes behind, bytes in all (0: not said)


def is_public(address: str) -> bool:
    """Neither this machine nor a network behind it."""
    found = ipaddress.ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not (mapped or found).is_multicast


def check_url(url: str) -> None:
    """What can be told without asking anyone. Raises Refused."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise _refused(url, _("une adresse commence par https:// ou http://"))
    if parts.username is not None or parts.password is not None:
        raise _refused(url, _("une adresse ne contient ni compte ni mot de passe"))


def download(url: str, folder: Path, *, allowed: Allowed = is_public, advance: Advance | None = None) -> Path:
    """The file at `url`, in `folder` under its own name. Raises Refused: nothing is left half-written."""
    deadline = time.monotonic() + TOTAL_SECONDS
    asked = url
    for _hop in range(REDIRECTS_MAX + 1):
        check_url(asked)
        try:
            to = _one_hop(asked, folder, allowed=allowed, deadline=deadline, advance=advance)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _refused(url, str(error) or type(error).__name__) from error
        if isinstance(to, Path):
            return to
        asked = urljoin(asked, to)
    raise _refused(url, _("elle renvoie sans fin ailleurs"))


def _one_hop(
    url: str, folder: Path, *, allowed: Allowed, deadline: float, advance: Advance | None
) -> Path | str:
    """The file, or where it is said to be."""
    parts = urlsplit(url)
    connection = _connected(parts.scheme, str(parts.hostname), parts.port or PORTS[parts.scheme], allowed)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(
            "GET", path, headers={"Host": parts.netloc, "User-Agent": "Allervers", "Accept": "*/*"}
        )
        with connection.getresponse() as answer:
            if answer.status in {301, 302, 303, 307, 308}:
                return answer.headers.get("Location") or ""
            if answer.status != 200:
                raise ValueError(_("le serveur répond {status}").format(status=answer.status))
            return _poured(answer, folder / _name(parts.path), deadline=deadline, advance=advance)
    finally:
        connection.close()


def _connected(scheme: str, host: str, port: int, allowed: Allowed) -> http.client.HTTPConnection:
    """To an address that has been checked, and to no other."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(allowed(address) for address in addresses):
        raise ValueError(_("elle mène à un réseau privé"))
    connected = socket.create_connection((addresses[0], port), timeout=TIMEOUT_SECONDS)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
    if scheme == "https":
        connected = ssl.create_default_context().wrap_socket(connected, server_hostname=host)
    connection.sock = connected
    return connection


def _poured(
    answer: http.client.HTTPResponse, target: Path, *, deadline: float, advance: Advance | None
) -> Path:
    total, done = int(answer.headers.get("Content-Length") or 0), 0
    part = target.with_name(f"{target.name}.part")
    with part.open("wb") as writer:
        while chunk := answer.read(CHUNK):
            done += len(chunk)
            if done > LARGEST:
                raise ValueError(_("le fichier dépasse 512 Mo"))
            if time.monotonic() > deadline:
                raise ValueError(_("le fichier n’est pas arrivé en quinze minutes"))
            writer.write(chunk)
            if advance:
                advance(done, max(total, done))
    if total and done != total:
        raise ValueError(_("la réponse est coupée"))
    return part.rename(target)


def _name(path: str) -> str:
    name = "".join(letter for letter in unquote(PurePosixPath(path).name) if letter.isprintable())
    return name.replace("/", "").replace("\\", "").lstrip(".")[-NAME_MAX:] or "fichier"


def _refused(url: str, why: str) -> Refused:
    return Refused(
        _("« {url} » n’a pas été lue : {why}. L’annuaire n’a pas changé.").format(url=url[:200], why=why)
    )
