"""Where granian hands over a request: its body is taken before a thread is, then Django answers as WSGI.

A thread that waits for a slow sender is a thread that answers nobody: four phones on a bad network would stop
the site. Here a slow body costs one coroutine, and the threads only ever work.
"""

import asyncio
import io
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.http.request import split_domain_port, validate_host
from django.urls import get_resolver
from granian.rsgi import (  # type: ignore[attr-defined]  # its own docs import them from there
    HTTPProtocol,
    ProtocolClosed,
    ProtocolError,
    Scope,
)

from allervers.config.wsgi import application  # first: it sets Django up, and the rest reads models

# isort: split
from allervers.accounts.queries.sessions import actor_of_cookies
from allervers.api.door import BORNE, PREFIX, Machines, Request, Response
from allervers.config.entrance import REFUSED_BODY
from allervers.config.proxies import said_by_proxies
from allervers.directory.policies import can_import
from allervers.directory.queries.indexes import NoIndex, current_index
from allervers.engines.vocabulary import warm_up

log = structlog.get_logger("allervers.worker")

THREADS = 4  # a worker's; each holds one database connection
BODY_SECONDS = 30  # for a whole body; a form over a poor network takes two
UPLOAD_SECONDS = 900  # for a national file over a town hall's line
IN_MEMORY = 1_048_576  # bytes of a body; the rest of a larger one is on disk

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Answer = tuple[int, Headers, bytes]

LAST_RESORT: Answer = (
    500,
    [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Vary", "HX-Request, Accept-Language, Cookie"),
    ],
    "Le site a un problème. Réessayez dans un moment, ou appelez le 39 39 (Allô Service Public).".encode(),
)


FAILED = Response(500, [*BORNE], [b'{"detail":"Une erreur est survenue de notre c\xc3\xb4t\xc3\xa9."}'])


@dataclass(frozen=True, slots=True)
class Body:
    """What was sent, at its start; `refused` is the status (413, 408) when it was not taken whole."""

    content: IO[bytes] = field(default_factory=io.BytesIO)
    length: int = 0  # bytes
    refused: int = 0


class Door:
    """An RSGI application around a WSGI one."""

    def __init__(self, wsgi: Callable[[Environ, Callable[..., Any]], Iterable[bytes]], *, limit: int) -> None:
        self._wsgi = wsgi
        self._limit = limit  # bytes
        self._machines = Machines()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="answer")

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        _end_with_the_supervisor()
        _warm()

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        if scope.path.startswith(PREFIX) and _is_ours(scope):
            loop = asyncio.get_running_loop()
            await _sent(await loop.run_in_executor(self._threads, self._told, scope), protocol)
            return
        loop = asyncio.get_running_loop()
        is_upload = scope.method == "POST" and scope.path in settings.UPLOAD_PATHS
        if is_upload and await loop.run_in_executor(self._threads, _is_operators, scope):
            body = await _taken(scope, protocol, limit=settings.UPLOAD_MAX_BYTES, seconds=UPLOAD_SECONDS)
        else:
            body = await _taken(scope, protocol, limit=self._limit)
        status, headers, content = await loop.run_in_executor(self._threads, self._answer, scope, body)
        protocol.response_bytes(status, headers, content)

    def _told(self, scope: Scope) -> Response:
        """What a machine asked. Never raises: the error would be logged with what was asked."""
        headers = scope.headers
        request = Request(
            scope.method,
            scope.path,
            scope.query_string,
            visitor(scope),
            lambda name: headers.get(name.lower(), ""),
        )
        try:
            return self._machines.respond(request)
        except Exception:
            log.exception("api.failed")
            return FAILED

    def _answer(self, scope: Scope, body: Body) -> Answer:
        """Never raises: granian would log the error with its text, which may quote what was typed."""
        try:
            with body.content:
                return self._answer_of_django(scope, body)
        except Exception:
            log.exception("worker.failed")
            return LAST_RESORT

    def _answer_of_django(self, scope: Scope, body: Body) -> Answer:
        said: list[tuple[int, Headers]] = []

        def start_response(status: str, headers: Headers, exc_info: object = None) -> None:
            said.append((int(status[:3]), headers))

        chunks = self._wsgi(environ(scope, body), start_response)
        try:
            content = b"".join(chunks)
        finally:
            if close := getattr(chunks, "close", None):
                close()
        return *said[-1], content


def _is_ours(scope: Scope) -> bool:
    """Unknown hosts are refused as everywhere: by Django, which dresses the page."""
    host = scope.authority or scope.headers.get("host", "")
    return _host_is_allowed(host)


@lru_cache(maxsize=256)
def _host_is_allowed(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def visitor(scope: Scope) -> str:
    """Who asks, as far as our proxies say."""
    address = scope.client.rpartition(":")[0].strip("[]")
    return said_by_proxies(address, scope.headers.get("x-forwarded-for", ""), settings.TRUSTED_PROXIES)


async def _sent(response: Response, protocol: HTTPProtocol) -> None:
    """A long list leaves piece by piece, and lets others be answered between two pieces."""
    if not response.is_long:
        protocol.response_bytes(response.status, response.headers, b"".join(response.chunks))
        return
    transport = protocol.response_stream(response.status, response.headers)
    for chunk in response.chunks:
        await transport.send_bytes(chunk)


def _is_operators(scope: Scope) -> bool:
    """Only who may import may send a large file: for all others it would be a way to fill the disk."""
    try:
        return can_import(actor_of_cookies(scope.headers.get("cookie", "")))
    except DatabaseError:  # the page will say it; nothing large is taken meanwhile
        return False


async def _taken(scope: Scope, protocol: HTTPProtocol, *, limit: int, seconds: float = BODY_SECONDS) -> Body:
    """The body, whole and in time, on disk when it is large; a request without one costs nothing."""
    length = scope.headers.get("content-length")
    if length is None and scope.headers.get("transfer-encoding") is None:
        return Body()
    if length is not None and int(length) > limit:  # the server has checked that it is a number
        return Body(refused=413)
    content = cast(IO[bytes], SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115  # closed by who answers
    taken = 0
    try:
        async with asyncio.timeout(seconds):
            async for chunk in protocol:
                taken += len(chunk)
                if taken > limit:
                    return _refused(content, 413)
                content.write(chunk)
    except (TimeoutError, ProtocolClosed, ProtocolError):
        return _refused(content, 408)
    except OSError:  # the disk is full
        return _refused(content, 413)
    content.seek(0)
    return Body(content, taken)


def _refused(content: IO[bytes], status: int) -> Body:
    with suppress(OSError):
        content.close()
    return Body(refused=status)


def environ(scope: Scope, body: Body) -> Environ:
    """What PEP 3333 asks for. A header name with `_` is dropped: it would pass for one with `-`."""
    server, _, port = scope.server.rpartition(":")
    made: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "CONTENT_LENGTH": str(body.length),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body.content,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if body.refused:
        made[REFUSED_BODY] = body.refused
    made |= _headers(scope.headers.items())
    if scope.authority:  # an absolute address in the request line is the host that was asked for
        made["HTTP_HOST"] = scope.authority
    return made


def _headers(items: Iterable[tuple[str, str]]) -> Environ:
    read: Environ = {}
    for name, value in items:
        if "_" in name or name in {"content-length", "transfer-encoding"}:
            continue
        key = "CONTENT_TYPE" if name == "content-type" else f"HTTP_{name.upper().replace('-', '_')}"
        glue = "; " if name == "cookie" else ","
        read[key] = f"{read[key]}{glue}{value}" if key in read else value
    return read


def _end_with_the_supervisor() -> None:
    """A supervisor killed outright must not leave workers on the port; its end is seen on every system."""
    supervisor = multiprocessing.parent_process()
    if supervisor is None:
        return

    def watch() -> None:
        supervisor.join()
        os._exit(1)

    threading.Thread(target=watch, name="supervisor-watch", daemon=True).start()


def _warm() -> None:
    """The first visitor must not wait for the addresses, the model and the index to be read."""
    get_resolver().url_patterns  # noqa: B018  # reads the modules of all views
    warm_up()
    with suppress(NoIndex):  # `/health` says so
        current_index()


door = Door(application, limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
