"""The machines' door behind Django's: what the granian door answers first, for every other server."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from allervers.accounts.policies import anyone
from allervers.accounts.policy import policy
from allervers.api.door import Machines, Request
from allervers.api.openapi import document

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


@require_safe
@policy(anyone)
def openapi(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(document())
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@policy(anyone)
def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html", {"operations": operations()})


def operations() -> list[dict[str, object]]:
    """The routes as a page shows them."""
    return [
        _shown(path, method.upper(), operation)
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    ]


def _shown(path: str, method: str, operation: dict[str, Any]) -> dict[str, object]:
    fields = [(one["name"], one["schema"]) for one in operation.get("parameters", ())]
    if "requestBody" in operation:
        fields += operation["requestBody"]["content"]["application/json"]["schema"]["properties"].items()
    linked = "" if "{" in path or method != "GET" else path
    return {
        "method": method,
        "path": path,
        "summary": operation["summary"],
        "parameters": [{"name": name, "words": _words(schema)} for name, schema in fields],
        "example": operation.get("x-example", linked),
    }


def _words(schema: dict[str, Any]) -> str:
    """What a parameter takes, for a reader who codes."""
    inner = schema.get("items", schema)
    told = schema.get("description") or {"integer": _("nombre entier"), "number": _("nombre")}.get(
        inner.get("type", ""), _("texte")
    )
    if schema.get("type") == "boolean":
        told = "true, false"
    if values := inner.get("enum"):
        shown = ", ".join(str(value) for value in values[:4])
        told = f"{shown}…" if len(values) > 4 else shown
    return f"{told} ({_('à répéter')})" if schema.get("type") == "array" else str(told)
