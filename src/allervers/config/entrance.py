"""The doorkeeper: a host that is not ours, a body that cannot be taken, are refused before all else."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from allervers.config import refusals

REFUSED_BODY = "allervers.refused_body"  # in the WSGI environ: the status that `rsgi` decided on


class Entrance:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost:
            return refusals.unknown_host(request)
        status = request.META.get(REFUSED_BODY) or _too_large(request)
        return refusals.refused_body(request, status) if status else self.get_response(request)


def _too_large(request: HttpRequest) -> int | None:
    """The same limit where another server than ours has already taken the body."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_upload = request.path in settings.UPLOAD_PATHS  # where `rsgi` lets only operators send more
    most = settings.UPLOAD_MAX_BYTES if is_upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return 413 if length.isdecimal() and int(length) > most else None
