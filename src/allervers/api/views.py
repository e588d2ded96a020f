"""The machines' door behind Django's: what the granian door answers first, for every other server."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from allervers.accounts.policies import anyone
from allervers.accounts.policy import policy
from allervers.api.door import Machines, Request

_machines = Machines()


@csrf_exempt  # nothing is written, and every method but reading is refused
@policy(anyone)
def v1(request: HttpRequest, address: str) -> HttpResponseBase:
    asked = Request(
        request.method or "",
        request.path_info,
        request.META.get("QUERY_STRING", ""),
        request.META.get("REMOTE_ADDR", ""),
        lambda name: request.headers.get(name, ""),
    )
    told = _machines.respond(asked)
    kind = StreamingHttpResponse if told.is_long else HttpResponse
    response = kind(told.chunks if told.is_long else b"".join(told.chunks), status=told.status)
    for name, value in told.headers:
        response[name] = value
    return response
