"""The answer to a search, read from its address alone."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from allervers.accounts.policies import anyone
from allervers.accounts.policy import policy
from allervers.directory.queries.finding import find
from allervers.directory.queries.locating import home_ground
from allervers.directory.queries.relaxing import wider_searches
from allervers.territory.queries import allo_service_public, local_now
from allervers.website import limit
from allervers.website.forms import PlaceForm
from allervers.website.links import from_params, page_from
from allervers.website.pages.results import Window, results_context
from allervers.website.urgent import urgent_band, urgent_of_kind


@require_safe
@policy(anyone)
def results(request: HttpRequest) -> HttpResponse:
    search, page = from_params(request.GET), page_from(request.GET)
    if search.asks_nothing:
        return HttpResponseRedirect(reverse("website:home"))
    now, urgent = local_now(), urgent_of_kind(request.GET.get("urgence", ""))
    assumed = search.where is None
    here = replace(search, where=search.where or home_ground())
    window = Window(page)
    found = find(here, now=now, offset=window.offset, limit=window.limit)
    wider = wider_searches(here, now=now) if found.total == 0 else ()
    kind = urgent.kind if urgent else ""
    context = results_context(
        here, found, wider, page=page, urgent=kind, now=now, assumed_place=assumed, metres=limit.kept(request)
    )
    context |= {"urgent": urgent_band(urgent), "place_form": PlaceForm(), "elsewhere": allo_service_public()}
    template = "website/results_list.html" if request.htmx else "website/results.html"  # type: ignore[attr-defined]
    return render(request, template, context)
