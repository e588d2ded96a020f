"""One line a request: its route, never its address, its query, its words or who asked."""

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("allervers.requests")

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class RequestLog:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        if not request.path_info.startswith(settings.STATIC_URL):
            ms = round((time.perf_counter() - started) * 1000, 1)
            status = response.status_code
            log.info("request.answered", method=_method(request), route=_route(request), status=status, ms=ms)
        return response


def _method(request: HttpRequest) -> str:
    return request.method if request.method in METHODS else "other"


def _route(request: HttpRequest) -> str:
    """The pattern's name; an address that is none of ours may be anything, words included."""
    match = getattr(request, "resolver_match", None)
    return match.view_name if match else ""


def _tell(sender: object, request: HttpRequest | None = None, **kwargs: Any) -> None:
    log.error("request.failed", route=_route(request) if request else "", exc_info=True)


got_request_exception.connect(_tell, dispatch_uid="allervers.request_log")
