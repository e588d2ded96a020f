"""Pages that stand: legal ones, robots, the catalogue of components."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from allervers.accounts.actor import Actor
from allervers.accounts.policies import anyone, is_operator
from allervers.accounts.policy import policy
from allervers.ui.catalogue import examples
from allervers.website.context import VERSION
from allervers.website.source import archive


def can_see_catalogue(who: Actor) -> bool:
    """Operators; everyone while developing."""
    return settings.DEBUG or is_operator(who)


def standing_page(template: str) -> Callable[..., HttpResponseBase]:
    """A view that shows one template to everyone."""

    @require_safe
    @policy(anyone)
    def show(request: HttpRequest) -> HttpResponse:
        return render(request, template)

    return show


@require_safe
@policy(can_see_catalogue)
def catalogue(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/catalogue.html", examples())


@require_safe
@policy(anyone)
def robots(request: HttpRequest) -> HttpResponse:
    """Sheets may be found by search engines; searches may not."""
    lines = [
        "User-agent: *",
        "Disallow: /recherche",
        "Disallow: /compte/",
        f"Sitemap: {request.build_absolute_uri(reverse('website:sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@policy(anyone)
def source(request: HttpRequest) -> HttpResponse:
    """Which version this is, and where its code is."""
    return render(request, "website/source.html", {"archive_url": reverse("website:source_archive")})


@require_safe
@policy(anyone)
def source_archive(request: HttpRequest) -> HttpResponse:
    name = f"allervers-{VERSION}.tar.gz"
    response = HttpResponse(archive(VERSION), content_type="application/gzip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


sitemap_index = policy(anyone)(sitemaps.index)
sitemap_section = policy(anyone)(sitemaps.sitemap)
