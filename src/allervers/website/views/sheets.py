"""Sheets, the errors that readers report, and the pages of sheets that are gone."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from allervers.accounts.policies import anyone
from allervers.accounts.policy import policy
from allervers.directory.actions.looks import look_at
from allervers.directory.actions.signals import report_error
from allervers.directory.models import Kind
from allervers.directory.policies import can_report_error
from allervers.directory.queries.finding import Search, Where, find
from allervers.directory.queries.places import ServicePlace, own_place
from allervers.directory.queries.sheets import (
    OrganisationSheet,
    ServiceSheet,
    offered_needs,
    organisation_sheet,
    service_sheet,
)
from allervers.territory.queries import local_now
from allervers.website import limit
from allervers.website.forms import ErrorReportForm
from allervers.website.links import from_params
from allervers.website.pages.results import card
from allervers.website.pages.sheets import organisation_context, record_path, service_context

ALTERNATIVES = 3


@require_safe
@policy(anyone)
def service(request: HttpRequest, ident: str) -> HttpResponse:
    sheet = _service_or_404(ident)
    if sheet.is_retired:
        return _gone(request, sheet.service.nom, _alternatives_to(sheet))
    look_at(Kind.SERVICE, ident, now=local_now())
    context = service_context(sheet, from_params(request.GET), now=local_now(), metres=limit.kept(request))
    return render(request, "website/service.html", context)


@require_safe
@policy(anyone)
def organisation(request: HttpRequest, ident: str) -> HttpResponse:
    sheet = _organisation_or_404(ident)
    if sheet.is_retired:
        needs = tuple(dict.fromkeys(offered_needs(sheet.organisation)))
        return _gone(request, sheet.organisation.nom, _nearest(needs, own_place(sheet.organisation)))
    look_at(Kind.STRUCTURE, ident, now=local_now())
    return render(request, "website/organisation.html", organisation_context(sheet, now=local_now()))


@require_http_methods(["GET", "POST"])
@policy(can_report_error)
def report_service(request: HttpRequest, ident: str) -> HttpResponse:
    return _report(request, Kind.SERVICE, ident, name=_service_or_404(ident).service.nom)


@require_http_methods(["GET", "POST"])
@policy(can_report_error)
def report_organisation(request: HttpRequest, ident: str) -> HttpResponse:
    return _report(request, Kind.STRUCTURE, ident, name=_organisation_or_404(ident).organisation.nom)


@require_safe
@policy(anyone)
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "website/thanks.html")


def _report(request: HttpRequest, kind: Kind, ident: str, *, name: str) -> HttpResponse:
    form = ErrorReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        report_error(kind, ident, **form.cleaned_data, by=request.actor, now=local_now())  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("website:thanks"), status=303)
    context = {"form": form, "name": name, "back_url": record_path(kind, ident)}
    return render(request, "website/report.html", context, status=422 if form.is_bound else 200)


def _service_or_404(ident: str) -> ServiceSheet:
    sheet = service_sheet(ident)
    if sheet is None:
        raise Http404
    return sheet


def _organisation_or_404(ident: str) -> OrganisationSheet:
    sheet = organisation_sheet(ident)
    if sheet is None:
        raise Http404
    return sheet


def _gone(request: HttpRequest, name: str, cards: list[dict[str, object]]) -> HttpResponse:
    return render(request, "website/gone.html", {"name": name, "cards": cards}, status=410)


def _alternatives_to(sheet: ServiceSheet) -> list[dict[str, object]]:
    return _nearest(tuple(sheet.service.thematiques or ()), sheet.place)


def _nearest(needs: tuple[str, ...], place: ServicePlace) -> list[dict[str, object]]:
    """The nearest services that answer the same needs."""
    has_point = place.latitude is not None and place.longitude is not None
    where = Where(place.latitude, place.longitude) if has_point else None  # type: ignore[arg-type]
    search, now = Search(needs=needs, where=where), local_now()
    if search.asks_nothing:
        return []
    found = find(search, now=now, limit=ALTERNATIVES)
    return [card(result, search, now=now) for result in found.results]
