"""From the question to the address of its answer. What is typed stays in this request."""

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from allervers.accounts.policies import anyone
from allervers.accounts.policy import policy
from allervers.directory.actions.signals import count_empty_search
from allervers.directory.queries.finding import Asked, Search, find, understand
from allervers.directory.queries.locating import home_ground
from allervers.directory.words import words
from allervers.territory.queries import local_now
from allervers.territory.queries.geocoding import Geocoded
from allervers.website import limit
from allervers.website.forms import AskForm
from allervers.website.links import to_link
from allervers.website.pages.pointing import touched
from allervers.website.placing import Home, from_choice, home_of, to_choice
from allervers.website.tiles import BY_SLUG, TILES
from allervers.website.urgent import urgent_band
from allervers.website.views.placing import choose_place, is_pointed, located_by, no_address, point_again


@require_safe
@policy(anyone)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "website/home.html", {"form": AskForm(), "tiles": tile_buttons()})


@require_safe
@policy(anyone)
def everything(request: HttpRequest) -> HttpResponse:
    """« Tout voir »: the sixteen categories, each with its needs."""
    vocabulary = words()
    categories = [
        {
            "entry": entry,
            "url": to_link(Search(needs=(value,))),
            "needs": [
                {"entry": need, "url": to_link(Search(needs=(need.value,)))}
                for need in vocabulary.thematiques.values()
                if vocabulary.category_of(need.value) is entry
            ],
        }
        for value, entry in vocabulary.categories.items()
    ]
    return render(request, "website/everything.html", {"categories": categories})


@require_POST
@policy(anyone)
def ask(request: HttpRequest) -> HttpResponse:
    """Understand, find the place, then redirect to codes: no typed word leaves this function."""
    posted: QueryDict = request.POST
    question = [(name, posted.get(name, "")) for name in ("mots", "image")]
    if "sans_adresse" in request.POST:
        return no_address(request, action=reverse("website:ask"), fields=question)
    if is_pointed(request):
        place = touched(posted)
        if not isinstance(place, Geocoded):
            return point_again(request, place, action=reverse("website:ask"), fields=question)
        with_place = posted.copy()
        with_place["choisi"] = to_choice(place)
        posted = with_place
    form = AskForm(posted)
    if not form.is_valid():
        return _home_again(request, _with_place_named(request, form))
    found = located_by(form)
    if found is not None and found.where is None:
        return choose_place(request, found, action=reverse("website:ask"), fields=question)
    asked = _asked(form)
    if asked.is_empty:
        return _ask_again(request, form, asked)
    return _answered(request, asked, home_of(found) if found else None, now=local_now())


def _asked(form: AskForm) -> Asked:
    if tile := BY_SLUG.get(form.cleaned_data["image"]):
        return Asked(needs=tile.needs)
    return understand(form.cleaned_data["mots"])


def _answered(request: HttpRequest, asked: Asked, home: Home | None, *, now: datetime) -> HttpResponse:
    where = home.where if home else None
    search = Search(asked.needs, asked.publics, asked.organisations, where=where)
    ground = where or home_ground()
    if find(replace(search, where=ground), now=now, limit=1).total == 0:
        town = ground.municipality.code_insee if ground and ground.municipality else ""
        count_empty_search(needs=search.needs, publics=search.publics, code_insee=town, now=now)
    link = to_link(search, urgent=asked.urgent.kind if asked.urgent else "")
    response = HttpResponseRedirect(link, status=303)
    limit.keep(request, response, home.metres if home else None)
    return response


def _with_place_named(request: HttpRequest, form: AskForm) -> AskForm:
    """A place that was picked on another page stands in the field by its name."""
    picked = from_choice(request.POST.get("choisi", ""))
    if picked is None or request.POST.get("lieu"):
        return form
    posted = request.POST.copy()
    posted["lieu"] = picked.label
    return AskForm(posted)


def _home_again(request: HttpRequest, form: AskForm) -> HttpResponse:
    return render(request, "website/home.html", {"form": form, "tiles": tile_buttons()}, status=422)


def _ask_again(request: HttpRequest, form: AskForm, asked: Asked) -> HttpResponse:
    """Nothing was asked for that we know: the pictures again, kindly, the danger numbers first if need be."""
    context = {"form": form, "tiles": tile_buttons(), "urgent": urgent_band(asked.urgent)}
    return render(request, "website/ask_again.html", context)


def tile_buttons() -> list[dict[str, object]]:
    return [{"icon": tile.pictogram, "label": tile.label, "value": tile.slug} for tile in TILES]
