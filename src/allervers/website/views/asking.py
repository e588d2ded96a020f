"""From the question to the address of its answer. What is typed stays in this request."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from allervers.accounts.policies import anyone
from allervers.accounts.policy import policy
from allervers.directory.actions.signals import count_empty_search
from allervers.directory.queries.finding import Asked, Search, Where, find, understand
from allervers.directory.queries.locating import Located, centre_of, home_ground, locate
from allervers.engines.vocabulary import vocabulary
from allervers.territory.queries import Municipality, local_now, municipality
from allervers.website.forms import AskForm
from allervers.website.links import from_params, to_link, to_pairs
from allervers.website.tiles import BY_SLUG, TILES
from allervers.website.urgent import urgent_band, urgent_of_kind


@require_safe
@policy(anyone)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "website/home.html", {"form": AskForm(), "tiles": tile_buttons()})


@require_safe
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
                if words.category_of(need.value) is entry
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
    located = _located(form.cleaned_data["commune"], form.cleaned_data["lieu"])
    if located is not None and located.where is None:
        if not located.choices:
            form.add_error("lieu", _("Nous ne trouvons pas cette ville. Essayez avec le code postal."))
            return _home_again(request, form)
        kept = [(name, form.cleaned_data[name]) for name in ("mots", "image")]
        return _choose_town(request, located.choices, action=reverse("website:ask"), fields=kept)
    asked = _asked(form)
    if asked.is_empty:
        return _ask_again(request, form, asked)
    return _answered(asked, located.where if located else None, now=local_now())


def _located(commune: str, lieu: str) -> Located | None:
    """The town that was chosen, or what was typed; None when nobody said where."""
    if town := municipality(commune):
        return Located(where=centre_of(town))
    return locate(lieu) if lieu else None


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
    search, kind = from_params(request.POST), request.POST.get("urgence", "")
    urgent = kind if urgent_of_kind(kind) else ""
    located = Located(where=search.where) if search.where else locate(request.POST.get("lieu", ""))
    if located.where is None:
        kept = to_pairs(search, urgent=urgent)
        return _choose_town(request, located.choices, action=reverse("website:change_place"), fields=kept)
    return HttpResponseRedirect(to_link(replace(search, where=located.where), urgent=urgent), status=303)


def _choose_town(
    request: HttpRequest, towns: Sequence[Municipality], *, action: str, fields: Sequence[tuple[str, str]]
) -> HttpResponse:
    """Several towns look like what was typed, or none: the question is kept in `fields`."""
    return render(request, "website/choose_town.html", {"towns": towns, "action": action, "fields": fields})


def _home_again(request: HttpRequest, form: AskForm) -> HttpResponse:
    return render(request, "website/home.html", {"form": form, "tiles": tile_buttons()}, status=422)


def _ask_again(request: HttpRequest, form: AskForm, asked: Asked) -> HttpResponse:
    """Nothing was asked for that we know: the pictures again, kindly, the danger numbers first if need be."""
    context = {"form": form, "tiles": tile_buttons(), "urgent": urgent_band(asked.urgent)}
    return render(request, "website/ask_again.html", context)


def tile_buttons() -> list[dict[str, object]]:
    return [{"icon": tile.pictogram, "label": tile.label, "value": tile.slug} for tile in TILES]
