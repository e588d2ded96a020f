"""The browser that tests drive: Chromium, alone on its machine, without a word to the network."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "Les tests ouvrent un navigateur : installez Chromium (Debian : « sudo apt install chromium »), "
    "ou dites où il est : ALLERVERS_CHROMIUM=/chemin make test"
)
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
]


class NoChromium(RuntimeError):
    """Nothing is skipped: a browser that is missing is a failure that says what to do."""

    def __init__(self) -> None:
        super().__init__(MISSING)


def path() -> str:
    """What ALLERVERS_CHROMIUM names (`make` asks .ci/chromium), else one on the PATH. Raises NoChromium."""
    for name in filter(None, (os.environ.get("ALLERVERS_CHROMIUM"), *NAMES)):
        if found := shutil.which(name):
            return found
    raise NoChromium


@contextmanager
def opened() -> Iterator[Browser]:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*ARGUMENTS, "--no-sandbox"] if is_root else ARGUMENTS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path(), args=arguments)
        try:
            yield browser
        finally:
            browser.close()
