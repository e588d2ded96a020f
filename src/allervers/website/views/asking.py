"""From the question to the address of its answer. What is typed stays in this request."""

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from allervers.accounts.policies import anyone
from allervers.accounts.policy import policy
from allervers.directory.actions.signals import count_empty_search
from allervers.directory.queries.finding import Asked, Search, Where, find, understand
from allervers.directory.queries.locating import home_ground, locate
from allervers.engines.vocabulary import vocabulary
from allervers.territory.queries import local_now
from allervers.website.forms import AskForm
from allervers.website.links import from_params, to_link
from allervers.website.tiles import BY_SLUG, TILES
from allervers.website.urgent import urgent_band


@require_GET
@policy(anyone)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "website/home.html", {"form": AskForm(), "tiles": tile_buttons()})


@require_GET
@policy(anyone)
def everything(request: HttpRequest) -> HttpResponse:
    """« Tout voir »: the sixteen categories, each with its needs."""
    words = vocabulary()
    categories = [
        {
            "entry": entry,
            "url": to_link(Search(needs=(value,))),
            "needs": [
                {"entry": need, "url": to_link(Search(needs=(need.value,)))}
                for need in words.thematiques.values()
                if words.category_of(need.value) == value
            ],
        }
        for value, entry in words.categories.items()
    ]
    return render(request, "website/everything.html", {"categories": categories})


@require_POST
@policy(anyone)
def ask(request: HttpRequest) -> HttpResponse:
    """Understand, find the place, then redirect to codes: no typed word leaves this function."""
    form = AskForm(request.POST)
    if not form.is_valid():
        return _home_again(request, form)
    located = locate(form.cleaned_data["lieu"]) if form.cleaned_data["lieu"] else None
    if located is not None and located.where is None:
        if not located.choices:
            form.add_error("lieu", _("Nous ne trouvons pas cette ville. Essayez avec le code postal."))
            return _home_again(request, form)
        return render(request, "website/choose_town.html", {"form": form, "towns": located.choices})
    asked = _asked(form)
    if asked.is_empty:
        return _ask_again(request, form, asked)
    return _answered(asked, located.where if located else None, now=local_now())


def _asked(form: AskForm) -> Asked:
    if tile := BY_SLUG.get(form.cleaned_data["image"]):
        return Asked(needs=tile.needs)
    return understand(form.cleaned_data["mots"])


def _answered(asked: Asked, where: Where | None, *, now: datetime) -> HttpResponse:
    search = Search(asked.needs, asked.publics, asked.organisations, where=where)
    ground = where or home_ground()
    if find(replace(search, where=ground), now=now, limit=1).total == 0:
        town = ground.municipality.code_insee if ground and ground.municipality else ""
        count_empty_search(needs=search.needs, publics=search.publics, code_insee=town, now=now)
    link = to_link(search, urgent=asked.urgent.kind if asked.urgent else "")
    return HttpResponseRedirect(link, status=303)


@require_POST
@policy(anyone)
def change_place(request: HttpRequest) -> HttpResponse:
    """The same search from another town; the codes of the search come back in the form."""
    search = from_params(request.POST)
    located = locate(request.POST.get("lieu", ""))
    if located.where is None:
        context = {"search_params": list(request.POST.lists()), "towns": located.choices}
        return render(request, "website/choose_town.html", context, status=200)
    return HttpResponseRedirect(to_link(replace(search, where=located.where)), status=303)


def _home_again(request: HttpRequest, form: AskForm) -> HttpResponse:
    return render(request, "website/home.html", {"form": form, "tiles": tile_buttons()}, status=422)


def _ask_again(request: HttpRequest, form: AskForm, asked: Asked) -> HttpResponse:
    """Nothing was asked for that we know: the pictures again, kindly, the danger numbers first if need be."""
    context = {"form": form, "tiles": tile_buttons(), "urgent": urgent_band(asked.urgent)}
    return render(request, "website/ask_again.html", context)


def tile_buttons() -> list[dict[str, object]]:
    return [{"icon": tile.pictogram, "label": tile.label, "value": tile.slug} for tile in TILES]
