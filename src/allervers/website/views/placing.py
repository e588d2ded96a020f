"""Where one lives: suggestions, the question of which, and what to say without an address. All by POST."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from allervers.accounts.policies import anyone
from allervers.accounts.policy import policy
from allervers.directory.queries.locating import Located, places_meant
from allervers.territory.queries import declared_territory, municipality
from allervers.territory.queries.geocoding import Geocoded
from allervers.territory.queries.neighbourhoods import Quarter, neighbourhoods
from allervers.website import limit
from allervers.website.forms import PlaceForm
from allervers.website.links import from_params, to_link, to_pairs
from allervers.website.pages.pointing import FIELD, point_picker, touched
from allervers.website.placing import from_choice, home_of, located, quarter_choice, to_choice
from allervers.website.urgent import urgent_of_kind

LEAST_TYPED = 3  # characters: fewer mean everything
SUGGESTIONS = 5
TOWNS_SHOWN = 12
POSTCODES_SHOWN = 4


@require_POST
@policy(anyone)
def suggest(request: HttpRequest) -> HttpResponse:
    """What the first letters may mean, for the list under the field."""
    typed = request.POST.get("lieu", "").strip()
    form = PlaceForm(request.POST)
    found = places_meant(typed)[:SUGGESTIONS] if len(typed) >= LEAST_TYPED and form.is_valid() else []
    context = {"places": _choices(found), "typed": len(typed) >= LEAST_TYPED}
    return render(request, "website/place_suggestions.html", context)


@require_POST
@policy(anyone)
def pick(request: HttpRequest) -> HttpResponse:
    """The field again, with the suggestion that was touched."""
    choice = request.POST.get("choisi", "")
    picked = from_choice(choice)
    form = PlaceForm(
        {"lieu": picked.label, "choisi": choice} if picked else {"lieu": request.POST.get("lieu")}
    )
    return render(request, "website/place_field.html", {"form": form, "picked": picked is not None})


@require_POST
@policy(anyone)
def change_place(request: HttpRequest) -> HttpResponse:
    """The same search from another place; the codes of the search come back in the form."""
    search, kind = replace(from_params(request.POST), where=None), request.POST.get("urgence", "")
    urgent = kind if urgent_of_kind(kind) else ""
    action, kept = reverse("website:change_place"), to_pairs(search, urgent=urgent)
    if "sans_adresse" in request.POST:
        return no_address(request, action=action, fields=kept)
    if is_pointed(request):
        place = touched(request.POST)
        if not isinstance(place, Geocoded):
            return point_again(request, place, action=action, fields=kept)
        form = PlaceForm({"choisi": to_choice(place)})
    else:
        form = PlaceForm(request.POST)
    found = (located_by(form) if form.is_valid() else None) or Located()
    home = home_of(found)
    if home is None:
        return choose_place(request, found, action=action, fields=kept)
    link = to_link(replace(search, where=home.where), urgent=urgent)
    response = HttpResponseRedirect(link, status=303)
    limit.keep(request, response, home.metres)
    return response


def located_by(form: PlaceForm) -> Located | None:
    """What a valid form says of the place; None when it says nothing."""
    said = form.cleaned_data
    return located(choice=said["choisi"], code_insee=said["commune"], typed=said["lieu"])


def choose_place(
    request: HttpRequest, found: Located, *, action: str, fields: Sequence[tuple[str, str]]
) -> HttpResponse:
    """Several places look like what was typed, or none: asked, not guessed. `fields` keep the question."""
    context = {
        "places": _choices(found.places) or [_town(town.code_insee) for town in found.choices],
        "action": action,
        "fields": fields,
        "form": PlaceForm(),
    }
    return render(request, "website/choose_place.html", context)


def no_address(request: HttpRequest, *, action: str, fields: Sequence[tuple[str, str]]) -> HttpResponse:
    """« Je n’ai pas d’adresse, ou je ne sais pas » : a neighbourhood, a landmark, or the whole town."""
    territory = declared_territory()
    codes = territory.municipality_codes[:TOWNS_SHOWN] if territory else ()
    context = {
        "quarters": [_quarter(quarter) for quarter in neighbourhoods()],
        "towns": [_town(code) for code in codes],
        "action": action,
        "fields": fields,
        "form": PlaceForm(),
        "point": point_picker(),
        "untouched": is_pointed(request),
    }
    return render(request, "website/no_address.html", context)


def is_pointed(request: HttpRequest) -> bool:
    return f"{FIELD}.x" in request.POST


def point_again(
    request: HttpRequest, view: str | None, *, action: str, fields: Sequence[tuple[str, str]]
) -> HttpResponse:
    """The part of the map that was touched, from close; the first question again when nothing was."""
    if not view:
        return no_address(request, action=action, fields=fields)
    context = {"point": point_picker(view), "action": action, "fields": fields}
    return render(request, "website/point_closer.html", context)


def _choices(places: Sequence[Geocoded]) -> list[dict[str, str]]:
    return [{"name": "choisi", "value": to_choice(place), "label": place.label} for place in places]


def _quarter(quarter: Quarter) -> dict[str, str]:
    label = _("Quartier %(name)s") % {"name": quarter.name}
    towns = [town.nom for code in quarter.municipalities if (town := municipality(code))]
    choice = quarter_choice(quarter, label)
    return {"name": "choisi", "value": choice, "label": quarter.name, "hint": ", ".join(towns)}


def _town(code_insee: str) -> dict[str, str]:
    town = municipality(code_insee)
    if town is None:
        return {"name": "commune", "value": code_insee, "label": code_insee}
    shown = ", ".join(town.codes_postaux[:POSTCODES_SHOWN])
    more = "…" if len(town.codes_postaux) > POSTCODES_SHOWN else ""
    return {"name": "commune", "value": code_insee, "label": town.nom, "hint": f"{shown}{more}"}
