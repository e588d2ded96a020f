"""Pages that stand, titles, what search engines may read, the source code."""

import io
import re
import tarfile
from pathlib import Path

import pytest
from django.test import Client

import allervers.ui
from tests.cast import client_of, make_operator
from tests.factories import NOW, make_organisation, make_service
from tests.territory.towns import declare
from tests.website.conftest import CARE, HOME
from tests.website.reading import read

pytestmark = pytest.mark.django_db

STANDING = {
    "/": "De quoi avez-vous besoin ?",
    "/tout-voir": "Tout voir",
    "/qui-sommes-nous": "Qui sommes-nous ?",
    "/vos-donnees": "Vos données",
    "/accessibilite": "Accessibilité",
    "/mentions-legales": "Mentions légales",
    "/code-source": "Code source",
    "/merci": "Merci",
}


@pytest.mark.parametrize("address", STANDING)
def test_standing_page_has_its_title_and_the_links_of_the_foot(client: Client, address: str) -> None:
    declare()

    page = read(client.get(address))

    assert page.title == f"{STANDING[address]} – Allervers Montpellier"
    foot = {"/qui-sommes-nous", "/vos-donnees", "/accessibilite", "/mentions-legales", "/code-source"}
    assert foot <= {link for _said, link in page.links}
    assert ("Code source (version 0.1.0)", "/code-source") in page.links


def test_no_two_pages_bear_one_title(client: Client, town: None) -> None:
    addresses = [*STANDING, f"/recherche?besoin={CARE}&{HOME}", "/services/creche-1", "/structures/petite-1"]

    titles = [read(client.get(address)).title for address in addresses]

    assert len(set(titles)) == len(titles)


def test_source_is_that_of_this_very_version(client: Client) -> None:
    archive = client.get(read(client.get("/code-source")).link("Télécharger le code (tar.gz)"))

    with tarfile.open(fileobj=io.BytesIO(archive.content)) as tar:
        names = tar.getnames()
    assert any(name.endswith("src/allervers/website/views/results.py") for name in names)
    assert not any("__pycache__" in name for name in names)


def test_robots_may_read_sheets_and_not_searches(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /recherche" in lines
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_sitemap_holds_live_sheets_alone(client: Client) -> None:
    owner = make_organisation(ident="a/b", nom="Maison")
    make_service(ident="vivant", organisation=owner)
    make_service(ident="parti", organisation=owner, retired_at=NOW)

    parts = locations(client, "/sitemap.xml")
    found = [place for part in parts for place in locations(client, part.removeprefix("http://testserver"))]

    assert "http://testserver/services/vivant" in found
    assert "http://testserver/mentions-legales" in found
    assert not any("parti" in place for place in found)
    assert [client.get(place.removeprefix("http://testserver")).status_code for place in found] == [
        200
    ] * len(found)


def locations(client: Client, address: str) -> list[str]:
    return re.findall(r"<loc>(.*?)</loc>", client.get(address).content.decode())


@pytest.mark.parametrize("address", ["/recherche?besoin=mobilite", "/merci", "/rien"])
def test_passing_pages_stay_out_of_search_engines(client: Client, town: None, address: str) -> None:
    assert '<meta name="robots" content="noindex">' in client.get(address).content.decode()


def test_catalogue_shows_every_component() -> None:
    page = read(client_of(make_operator()).get("/catalogue"))

    headings = re.findall(r"<h2>(.*?)</h2>", page.html)
    shown = {name for heading in headings for name in heading.split(", ")}
    assert shown >= components() - {"field_errors", "error_summary", "more"}
    for drawn in ("field__error", "notice--error", "more"):
        assert drawn in page.html


def components() -> set[str]:
    folder = Path(allervers.ui.__file__).parent / "templates" / "ui" / "components"
    return {path.stem for path in folder.glob("*.html")}
