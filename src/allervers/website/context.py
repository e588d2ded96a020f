"""What every page's frame shows: the territory, the person to call, the legal links."""

from functools import partial
from importlib.metadata import version

from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from allervers.territory.queries import declared_territory, desk_at, local_now
from allervers.territory.views import accent_url, logo_url
from allervers.ui.languages import SPOKEN, spoken_now
from allervers.ui.site import Desk, LanguageLink, Link, Site
from allervers.website.links import BadLink, from_params, page_from, to_params
from allervers.website.urgent import urgent_of_kind

VERSION = version("allervers")


def frame(request: HttpRequest) -> dict[str, object]:
    """`frame` for every template; read only when a template asks for it."""
    return {"frame": SimpleLazyObject(partial(_site, request))}


def _site(request: HttpRequest) -> Site:
    territory = declared_territory()
    desk = desk_at(local_now())
    return Site(
        desk=Desk(phone=desk.phone, name=desk.name, sentence=desk.sentence),
        territory_name=territory.name if territory else "",
        home_url=reverse("website:home"),
        logo_url=logo_url(territory),
        accent_url=accent_url(territory),
        desk_links=_desk_links(),
        legal_links=(
            Link(reverse("website:about"), _("Qui sommes-nous ?")),
            Link(reverse("website:privacy"), _("Vos données")),
            Link(reverse("website:accessibility"), _("Accessibilité : non conforme")),
            Link(reverse("website:legal"), _("Mentions légales")),
        ),
        languages=language_links(request),
        source_url=reverse("website:source"),
        version=VERSION,
    )


def _desk_links() -> tuple[Link, ...]:
    return (
        Link(reverse("desk:today"), _("Aujourd’hui")),
        Link(reverse("desk:week"), _("À vérifier")),
        Link(reverse("desk:reports"), _("Signalements")),
        Link(reverse("desk:quarantine"), _("En attente")),
        Link(reverse("desk:sheets"), _("Fiches")),
        Link(reverse("territory:settings"), _("Territoire")),
    )


def _address(request: HttpRequest) -> str:
    """The page's address as this site would write it: a place typed there by hand is rounded too."""
    try:
        search, page = from_params(request.GET), page_from(request.GET)
    except BadLink:  # answered 400: nothing to read there in any language
        return reverse("website:home")
    kind = request.GET.get("urgence", "")
    params = to_params(search, urgent=kind if urgent_of_kind(kind) else "", page=page)
    return f"{request.path}?{params}" if params else request.path


def language_links(request: HttpRequest) -> tuple[LanguageLink, ...]:
    """The page one reads, in each language; none on the pages of those who work here.

    What was posted, and what was not found, has no address: the first page instead.
    """
    match = request.resolver_match
    if match is not None and match.namespace != "website":
        return ()
    is_read = match is not None and request.method in {"GET", "HEAD"}
    here, now = _address(request) if is_read else reverse("website:home"), spoken_now()
    return tuple(
        LanguageLink(
            url=translate_url(here, code),
            name=language.name,
            tag=language.tag,
            direction="rtl" if language.right_to_left else "ltr",
            is_current=code == now,
        )
        for code, language in SPOKEN.items()
    )
