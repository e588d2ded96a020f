"""Every page of the operators' desk, small and wide, light and dark: axe, nothing cut, room for thumbs."""

from collections.abc import Callable

import pytest
from django.urls import get_resolver
from playwright.sync_api import Page

from allervers.accounts.actor import ANONYMOUS
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_pages import OURS, complaints
from tests.browser.town import OPERATOR
from tests.url_map import address, leaves

Open = Callable[..., Page]
MORE = (
    "/bureau/sources/essai",
    "/bureau/fiches?nom=port",
    "/bureau/fiches/services/essai--1",
    "/bureau/fiches/services/essai--1/corriger",
    "/bureau/fiches/structures/essai--1",
    "/bureau/fiches/structures/essai--1/service",
)


def sign_in(page: Page) -> None:
    page.goto("/compte/connexion?next=/bureau")
    if page.get_by_label("Courriel").count():
        page.get_by_label("Courriel").fill(OPERATOR[0])
        page.get_by_label("Mot de passe").fill(OPERATOR[1])
        page.get_by_role("button", name="Se connecter").click()


def desk_paths() -> list[str]:
    """What the URL map keeps for operators under /bureau, and pages of things that are there."""
    names = [
        address(name, entry, OURS)
        for name, entry in leaves(get_resolver())
        if not entry.callback.policy(ANONYMOUS)  # type: ignore[attr-defined]
        and not entry.pattern.converters
    ]
    return [*sorted(path for path in names if path.startswith("/bureau")), *MORE]


@pytest.mark.parametrize(("size", "dark"), [(PHONE, True), (DESKTOP, False)])
def test_every_page_of_the_desk_is_clean(open_page: Open, size: dict[str, int], dark: bool) -> None:
    page, found = open_page(size, dark=dark), {}
    sign_in(page)

    for path in desk_paths():
        if page.request.get(path).status == 200:  # what takes only a POST is no page
            page.goto(path)
            found[path] = complaints(page)

    assert len(found) >= 13
    assert found == {path: [] for path in found}
    page.context.clear_cookies()


def test_desk_is_walked_without_script_by_keyboard(open_page: Open) -> None:
    page = open_page(DESKTOP, script=False)
    sign_in(page)
    page.goto("/bureau")
    link = page.get_by_role("link", name="Importer un fichier")

    for _press in range(20):
        page.keyboard.press("Tab")
        if link.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/bureau/depot")

    assert page.get_by_role("button", name="Vérifier ce fichier").is_visible()
    page.context.clear_cookies()
