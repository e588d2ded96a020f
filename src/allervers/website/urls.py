"""The residents' addresses, in French."""

from django.urls import path

from allervers.website.sitemaps import SITEMAPS
from allervers.website.views import asking, mapping, placing, results, sheets, standing

app_name = "website"

SITEMAP_INDEX = {"sitemaps": SITEMAPS, "sitemap_url_name": "website:section"}

urlpatterns = [
    path("", asking.home, name="home"),
    path("tout-voir", asking.everything, name="everything"),
    path("demande", asking.ask, name="ask"),
    path("demande/lieu", placing.change_place, name="change_place"),
    path("demande/lieu/propositions", placing.suggest, name="suggest"),
    path("demande/lieu/choisi", placing.pick, name="pick"),
    path("recherche", results.results, name="results"),
    path("services/<ident:ident>", sheets.service, name="service"),
    path("services/<ident:ident>/signaler", sheets.report_service, name="report_service"),
    path("structures/<ident:ident>", sheets.organisation, name="organisation"),
    path("structures/<ident:ident>/signaler", sheets.report_organisation, name="report_organisation"),
    path(
        "carte/<slug:version>/<slug:theme>/<int:sharpness>/<int:zoom>/<int:x>/<int:y>.png",
        mapping.tile,
        name="tile",
    ),
    path("carte/<slug:version>/<slug:theme>/endroit.png", mapping.point, name="point_picture"),
    path("carte/<slug:version>/<slug:theme>.png", mapping.map_picture, name="map_picture"),
    path("merci", sheets.thanks, name="thanks"),
    path("qui-sommes-nous", standing.standing_page("website/about.html"), name="about"),
    path("vos-donnees", standing.standing_page("website/privacy.html"), name="privacy"),
    path("accessibilite", standing.standing_page("website/accessibility.html"), name="accessibility"),
    path("mentions-legales", standing.standing_page("website/legal.html"), name="legal"),
    path("code-source", standing.source, name="source"),
    path("code-source/allervers.tar.gz", standing.source_archive, name="source_archive"),
    path("catalogue", standing.catalogue, name="catalogue"),
    path("robots.txt", standing.robots, name="robots"),
    path("sitemap.xml", standing.sitemap_index, SITEMAP_INDEX, name="sitemap"),
    path("sitemap-<section>.xml", standing.sitemap_section, {"sitemaps": SITEMAPS}, name="section"),
]
