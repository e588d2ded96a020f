"""What a reverse proxy says of the visitor counts only when the operator named that proxy."""

from collections.abc import Callable, Sequence
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from allervers.config.environment import Network

FORWARDED = ("HTTP_X_FORWARDED_", "HTTP_FORWARDED", "HTTP_X_REAL_IP")
SCHEMES = frozenset({"http", "https"})


class TrustedProxies:
    """Sets the visitor's address, scheme and host from `X-Forwarded-*` of a known proxy; else drops them.

    Nothing behind this middleware ever sees such a header, so nothing can trust one by oversight.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = _taken_away(request.META)
        proxies: Sequence[Network] = settings.TRUSTED_PROXIES
        if said and _is_among(request.META.get("REMOTE_ADDR", ""), proxies):
            _believe(request, said, proxies)
        return self.get_response(request)


def _taken_away(meta: dict[str, str]) -> dict[str, str]:
    names = [name for name in meta if name.startswith(FORWARDED)]
    return {name: meta.pop(name) for name in names}


def _believe(request: HttpRequest, said: dict[str, str], proxies: Sequence[Network]) -> None:
    """In a list, the last word is that of our own proxy; what stands before may be the visitor's."""
    meta = request.META
    if addresses := said.get("HTTP_X_FORWARDED_FOR"):
        meta["REMOTE_ADDR"] = said_by_proxies(meta["REMOTE_ADDR"], addresses, proxies)
    if (scheme := _last(said.get("HTTP_X_FORWARDED_PROTO", "")).lower()) in SCHEMES:
        request.environ["wsgi.url_scheme"] = scheme  # type: ignore[attr-defined]  # WSGIRequest
    if host := _last(said.get("HTTP_X_FORWARDED_HOST", "")):
        meta["HTTP_HOST"] = host


def said_by_proxies(address: str, forwarded_for: str, proxies: Sequence[Network]) -> str:
    """The visitor's address: that of the connection, unless it is a proxy of ours that says more."""
    if forwarded_for and _is_among(address, proxies):
        return _visitor(forwarded_for.split(","), proxies) or address
    return address


def _visitor(addresses: Sequence[str], proxies: Sequence[Network]) -> str:
    """From right to left, the first address that is not one of ours."""
    known = ""
    for address in reversed([item.strip() for item in addresses]):
        if not _is_address(address):
            break
        known = address
        if not _is_among(address, proxies):
            break
    return known


def _last(value: str) -> str:
    return value.rsplit(",", 1)[-1].strip()


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_among(text: str, proxies: Sequence[Network]) -> bool:
    return _is_address(text) and any(ip_address(text) in network for network in proxies)
