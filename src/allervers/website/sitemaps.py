"""What search engines may find: the standing pages and every live sheet."""

from datetime import date

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from allervers.directory.models import Organisation, Service
from allervers.website.pages.sheets import organisation_path

LIMIT = 10_000  # addresses a file; the protocol allows 50,000


class StandingSitemap(Sitemap):  # type: ignore[type-arg]  # not a generic at run time
    def items(self) -> list[str]:
        return ["home", "everything", "about", "privacy", "accessibility", "legal"]

    def location(self, item: str) -> str:
        return reverse(f"website:{item}")


class ServiceSitemap(Sitemap):  # type: ignore[type-arg]  # not a generic at run time
    limit = LIMIT

    def items(self) -> QuerySet[Service]:
        live = Service.objects.filter(retired_at=None, organisation__retired_at=None)
        return live.only("ident", "date_maj").order_by("ident")

    def location(self, item: Service) -> str:
        return reverse("website:service", args=[item.ident])

    def lastmod(self, item: Service) -> date | None:
        return item.date_maj


class OrganisationSitemap(Sitemap):  # type: ignore[type-arg]  # not a generic at run time
    limit = LIMIT

    def items(self) -> QuerySet[Organisation]:
        return Organisation.objects.filter(retired_at=None).only("ident", "date_maj").order_by("ident")

    def location(self, item: Organisation) -> str:
        return organisation_path(item.ident)

    def lastmod(self, item: Organisation) -> date | None:
        return item.date_maj


SITEMAPS = {"pages": StandingSitemap, "services": ServiceSitemap, "structures": OrganisationSitemap}
