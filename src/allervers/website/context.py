"""What every page's frame shows: the territory, the person to call, the legal links."""

from importlib.metadata import version

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from allervers.territory.queries import declared_territory, desk_at, local_now
from allervers.ui.site import Desk, Link, Site

VERSION = version("allervers")


def frame(request: HttpRequest) -> dict[str, object]:
    """`frame` for every template; read only when a template asks for it."""
    return {"frame": SimpleLazyObject(_site)}


def _site() -> Site:
    territory = declared_territory()
    desk = desk_at(local_now())
    return Site(
        desk=Desk(phone=desk.phone, name=desk.name, sentence=desk.sentence),
        territory_name=territory.name if territory else "",
        home_url=reverse("website:home"),
        legal_links=(
            Link(reverse("website:about"), _("Qui sommes-nous ?")),
            Link(reverse("website:privacy"), _("Vos données")),
            Link(reverse("website:accessibility"), _("Accessibilité : non conforme")),
            Link(reverse("website:legal"), _("Mentions légales")),
        ),
        source_url=reverse("website:source"),
        version=VERSION,
    )
