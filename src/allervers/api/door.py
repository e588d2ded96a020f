"""A request of a machine in, an answer out: in front of Django's middlewares, with what they add that counts.

Nothing touches the database but the look at the current version, once a second.
"""

import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from urllib.parse import quote

import brotli  # type: ignore[import-untyped]

from allervers.api.answers import Answer, refused
from allervers.api.limits import Limits, is_loopback
from allervers.api.routes import routed, without_slash
from allervers.directory.queries.indexes import Loaded, NoIndex, current

PREFIX = "/api/v1"
READING = frozenset({"GET", "HEAD"})
SMALLEST_PACKED = 1_000
"""Bytes: below, packing costs more than it spares."""

Headers = list[tuple[str, str]]

BORNE: Sequence[tuple[str, str]] = (
    ("Content-Type", "application/json"),
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Retry-After"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
)
"""By every answer, errors too. The page never changes with a cookie or a language."""
PREFLIGHT: Sequence[tuple[str, str]] = (
    ("Access-Control-Allow-Methods", "GET"),
    ("Access-Control-Allow-Headers", "Authorization, If-None-Match"),
    ("Access-Control-Max-Age", "86400"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """`path` is percent-decoded, `query` is not; `header` gives "" for one that was not sent."""

    method: str
    path: str
    query: str
    visitor: str
    header: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    headers: Headers
    chunks: Iterable[bytes]
    is_long: bool = False


class Machines:
    """The door, one a worker."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def respond(self, request: Request) -> Response:
        if request.method == "OPTIONS" and request.header("Access-Control-Request-Method"):
            return Response(204, [*BORNE, *PREFLIGHT], [])
        if request.method not in READING:
            return _made(request, refused(405, "Method Not Allowed", ("Allow", "GET")))
        if wait := self._wait_seconds(request):
            return _made(request, refused(429, _too_many(wait), ("Retry-After", str(wait))))
        try:
            loaded = current()
        except NoIndex:
            return _made(request, refused(503, "L’annuaire se prépare.", ("Retry-After", "5")))
        return _answered(request, loaded)

    def _wait_seconds(self, request: Request) -> int:
        if is_loopback(request.visitor):
            return 0
        return self._limits.wait_seconds(request.visitor, now=time.monotonic())


def _answered(request: Request, loaded: Loaded) -> Response:
    answer = routed(loaded.catalogue, request.path, request.query)
    if answer.status == 404 and (short := without_slash(loaded.catalogue, request.path)):
        query = f"?{request.query}" if request.query else ""
        return _made(request, Answer(307, [], (("Location", quote(short) + query),)))
    if not answer.is_versioned:
        return _made(request, answer)
    versioned = [
        ("ETag", f'W/"{loaded.version}"'),
        ("Last-Modified", format_datetime(loaded.built_at, usegmt=True)),
    ]
    if _holds(request.header("If-None-Match"), loaded.version):
        return Response(304, [*BORNE, *versioned], [])
    return _made(request, answer, *versioned, ("Cache-Control", "no-cache"))


def _holds(asked: str, version: str) -> bool:
    return any(tag.strip().removeprefix("W/") == f'"{version}"' for tag in asked.split(","))


def _made(request: Request, answer: Answer, *more: tuple[str, str]) -> Response:
    headers = [*BORNE, *answer.headers, *more, ("Vary", "Accept-Encoding")]
    chunks, is_long = answer.chunks, not isinstance(answer.chunks, list)
    if is_long or sum(map(len, answer.chunks)) >= SMALLEST_PACKED:
        packer = _packer(request.header("Accept-Encoding"))
        if packer is not None:
            name, pack = packer
            headers.append(("Content-Encoding", name))
            chunks = pack(chunks)
            if not is_long:
                chunks = [b"".join(chunks)]
    if request.method == "HEAD":
        chunks, is_long = [], False
    return Response(answer.status, headers, chunks, is_long)


def _packer(accepted: str) -> tuple[str, Callable[[Iterable[bytes]], Iterator[bytes]]] | None:
    """The best that the client takes; `q=0` refuses."""
    taken = {
        name.strip().lower()
        for name, _, weight in (part.partition(";") for part in accepted.split(","))
        if weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    }
    return next(((name, pack) for name, pack in PACKERS.items() if name in taken), None)


def _brotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer = brotli.Compressor(quality=1)
    for chunk in chunks:
        yield packer.process(chunk)
    yield packer.finish()


def _gzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(1, wbits=31)
    for chunk in chunks:
        yield packer.compress(chunk)
    yield packer.flush()


PACKERS: Mapping[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {"br": _brotli, "gzip": _gzip}


def _too_many(wait: int) -> str:
    return f"Trop de demandes à la fois. Revenez dans {wait} s, ou demandez une clé à qui tient ce site."
