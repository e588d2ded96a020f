"""A page that says no. It has a next step, and shows even when templates or database are what failed."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.html import format_html
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Refusal:
    """What happened and what to do; `template` dresses it where the site can ("" : never)."""

    status: int
    template: str
    title: str
    sentence: str


def refusal_page(request: HttpRequest, refusal: Refusal, **more: Any) -> HttpResponse:
    """Dressed by its template, given `title` and `sentence`; plain where that cannot be."""
    context = {"title": refusal.title, "sentence": refusal.sentence, **more}
    try:
        page: str = loader.render_to_string(refusal.template, context, request)
    except Exception:  # whatever broke the page must not hide the refusal
        page = plain_page(refusal)
    return HttpResponse(page, status=refusal.status)


def plain_page(refusal: Refusal) -> str:
    """Needs no template, no database, no style."""
    return format_html(
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title></head>'
        '<body><main><h1>{title}</h1><p>{sentence}</p><p><a href="/">{home}</a></p><p>{help}</p></main>'
        "</body></html>",
        title=refusal.title,
        sentence=refusal.sentence,
        home=_("Retour à l’accueil"),
        help=_("Besoin d’une personne ? Appelez le 39 39 (Allô Service Public)."),
    )
