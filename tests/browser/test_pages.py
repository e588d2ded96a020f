"""Every page a visitor can open, light and dark, small and wide: axe, nothing cut, room for thumbs."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import get_resolver
from playwright.sync_api import Page

from allervers.accounts.actor import ANONYMOUS
from allervers.directory.idents import IdentConverter
from tests.browser import axe
from tests.browser.conftest import DESKTOP, LONG, PHONE
from tests.browser.town import CARE, HOME, OPERATOR
from tests.cli.running import Server
from tests.url_map import SAMPLES, address, leaves

Open = Callable[..., Page]
OURS = SAMPLES | {IdentConverter: "essai--0"}
SHORT = [(PHONE, False), (DESKTOP, True)]
LOOKS = [*SHORT, (PHONE, True), (DESKTOP, False)] if LONG else SHORT
STATES = {
    "results": f"/recherche?besoin={CARE}&public=familles&{HOME}",
    "results in danger": f"/recherche?besoin={CARE}&urgence=violence&{HOME}",
    "no result": f"/recherche?besoin=sante&gratuit=1&{HOME}",
    "a service": f"/services/essai--1?besoin={CARE}&{HOME}",
    "first page in Arabic": "/ar/",
    "results in Arabic": f"/ar/recherche?besoin={CARE}&{HOME}",
    "not found": "/rien",
    "refused": "/recherche?besoin=sante&page=0",
}
FORMS = {
    "nothing asked": {"mots": ""},
    "not understood": {"mots": "asdf"},
    "which town": {"mots": "une nounou", "lieu": "Saint-Denis"},
}
TARGETS = """least => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea')]
  .filter(one => one.checkVisibility() && getComputedStyle(one).display !== 'inline' && !one.matches('.skip'))
  .filter(one => !(one.labels && [...one.labels].some(label => label.offsetHeight >= least)))
  .filter(one => Math.min(one.offsetHeight, one.offsetWidth) < least)
  .map(one => `${one.offsetWidth}×${one.offsetHeight} ${one.outerHTML.slice(0, 120)}`)"""


def visitors_pages(server: Server) -> Iterator[str]:
    """What the URL map lets anyone read as a page."""
    for name, entry in leaves(get_resolver()):
        if entry.callback.policy(ANONYMOUS):  # type: ignore[attr-defined]
            path = address(name, entry, OURS)
            response, _body = server.ask(path)
            if response.status == 200 and response.headers["Content-Type"].startswith("text/html"):
                yield path


@pytest.fixture(scope="module")
def paths(server: Server) -> list[str]:
    return list(visitors_pages(server))


def complaints(page: Page) -> list[str]:
    """Everything that one page does wrong."""
    cut = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [
        *axe.violations(page),
        *(f"target {target}" for target in page.evaluate(TARGETS, 48)),
        *([f"{cut} px wider than the screen"] if cut > 0 else []),
        *([] if page.locator("h1").count() == 1 else ["not one h1"]),
        *(said for said in page.complaints if "status of" not in said),  # type: ignore[attr-defined]  # 404 is meant
    ]


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_every_page_of_the_map_is_clean(
    open_page: Open, paths: list[str], size: dict[str, int], dark: bool
) -> None:
    page, found = open_page(size, dark=dark), {}

    for path in paths:
        page.goto(path)
        found[path] = complaints(page)

    assert len(paths) >= 12
    assert found == {path: [] for path in paths}


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_every_state_of_the_walk_is_clean(open_page: Open, size: dict[str, int], dark: bool) -> None:
    page, found = open_page(size, dark=dark), {}

    for state, path in STATES.items():
        page.goto(path)
        found[state] = complaints(page)
    for state, fields in FORMS.items():
        page.goto("/")
        for name, value in fields.items():
            page.locator(f"[name={name}]").fill(value)
        page.get_by_role("button", name="Voir ce qui existe").click()
        found[state] = complaints(page)
    page.goto("/")
    page.get_by_role("button", name="Je n’ai pas d’adresse").click()
    found["no address"] = complaints(page)

    assert found == {state: [] for state in [*STATES, *FORMS, "no address"]}


@pytest.mark.parametrize("dark", [False, True])
def test_the_catalogue_is_clean(open_page: Open, dark: bool) -> None:
    page = open_page(DESKTOP, dark=dark)
    page.goto("/compte/connexion?next=/catalogue")
    if page.get_by_label("Courriel").count():
        page.get_by_label("Courriel").fill(OPERATOR[0])
        page.get_by_label("Mot de passe").fill(OPERATOR[1])
        page.get_by_role("button", name="Se connecter").click()
    page.goto("/catalogue")

    assert complaints(page) == []
    page.context.clear_cookies()


def test_a_planted_fault_is_seen(open_page: Open) -> None:
    page = open_page(PHONE)
    page.goto("/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/x.png\"><h1>2</h1>')"
    )
    page.evaluate(
        "document.querySelector('.button').style.cssText = 'min-block-size: 20px; padding-block: 0'"
    )

    found = complaints(page)

    assert any(said.startswith("image-alt") for said in found)
    assert "not one h1" in found
    assert any(said.startswith("target") for said in found)
