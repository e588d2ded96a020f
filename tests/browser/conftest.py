"""One server a session, one browser a module (Playwright's loop must not meet Django's other tests)."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser import chromium, town
from tests.cli.running import Server, served

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
LONG = os.environ.get("ALLERVERS_TEST_PROFILE") == "long"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("town")
    town.prepare(data / "var", data)
    with served(data / "var") as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.opened() as browser:
        yield browser


@pytest.fixture(scope="module")
def open_page(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """`open_page(PHONE, dark=True, script=False)`: kept for the module, since a new one costs half a second.

    Whatever asks another machine, or writes an error in the console, ends in `page.complaints`.
    """
    kept: dict[tuple[object, ...], Page] = {}

    def opened(size: dict[str, int], *, dark: bool = False, script: bool = True) -> Page:
        key = (size["width"], dark, script)
        if key not in kept:
            kept[key] = _page(browser, server, size, dark=dark, script=script)
        page = kept[key]
        page.complaints.clear()  # type: ignore[attr-defined]
        return page

    yield opened
    for page in kept.values():
        page.context.close()


def _page(browser: Browser, server: Server, size: dict[str, int], *, dark: bool, script: bool) -> Page:
    base = f"http://localhost:{server.port}"
    context = browser.new_context(
        base_url=base,
        viewport=size,  # type: ignore[arg-type]
        locale="fr-FR",
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints: list[str] = []
    page.complaints = complaints  # type: ignore[attr-defined]

    def leaves(request: Request) -> None:
        if not request.url.startswith((base, "data:")):
            complaints.append(f"asked {request.url}")

    page.on("request", leaves)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    return page
