"""A town's first ten minutes, and a correction that survives a refresh: as its operator does them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import town
from tests.browser.conftest import DESKTOP, PHONE
from tests.cli.running import Server, run, served

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">'
    b'<rect width="60" height="20" fill="#6a1b9a"/></svg>'
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of docs/premiers-pas.md, and nothing else."""
    data = tmp_path_factory.mktemp("first") / "var"
    created = run("territory", "create", "Montpellier", "--commune", "34172", data=data)
    operator = run(
        "operator", "create", town.OPERATOR[0], "--password-stdin", data=data, stdin=f"{town.OPERATOR[1]}\n"
    )
    assert (created.returncode, operator.returncode) == (0, 0), created.stderr + operator.stderr
    return data


@pytest.fixture(scope="module")
def site(data: Path) -> Iterator[Server]:
    with served(data) as server:
        yield server


@pytest.fixture(scope="module")
def page(browser: Browser, site: Server) -> Iterator[Page]:
    context = browser.new_context(base_url=f"http://localhost:{site.port}", viewport=DESKTOP, locale="fr-FR")  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def send(page: Page, records: dict[str, list[dict[str, object]]]) -> None:
    """Look at the files, then say yes, and wait for the end."""
    page.goto("/bureau/depot")
    page.get_by_label("D’où viennent ces fiches").fill("mairie")
    files = [
        {"name": f"{name}.json", "mimeType": "application/json", "buffer": json.dumps(rows).encode()}
        for name, rows in records.items()
    ]
    page.get_by_label("Fichiers").set_input_files(files)  # type: ignore[arg-type]
    page.get_by_role("button", name="Vérifier ce fichier").click()
    expect(page.get_by_role("heading", name="Voici ce qui changerait")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Appliquer").click()
    expect(page.get_by_role("heading", name="Import terminé")).to_be_visible(timeout=60_000)


def test_first_ten_minutes_of_a_town(page: Page, browser: Browser, site: Server) -> None:
    page.goto("/compte/connexion?next=/bureau")
    page.get_by_label("Courriel").fill(town.OPERATOR[0])
    page.get_by_label("Mot de passe").fill(town.OPERATOR[1])
    page.get_by_role("button", name="Se connecter").click()
    send(page, {"structures": town.structures(), "services": town.services()})
    page.goto("/bureau/territoire")
    page.get_by_role("textbox", name="Nom du territoire").fill("Rivelaine")
    page.get_by_role("textbox", name="Couleur").fill("#6a1b9a")
    page.locator("input[name=logo]").set_input_files(
        {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": LOGO}
    )
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("textbox", name="Nom du guichet").fill("Maison du port")
    page.get_by_role("textbox", name="Téléphone").fill("01 99 00 77 77")
    page.get_by_role("button", name="Enregistrer le guichet").click()

    resident = browser.new_page(
        viewport=PHONE, base_url=f"http://localhost:{site.port}", java_script_enabled=False
    )  # type: ignore[arg-type]
    resident.goto("/")
    logo = resident.locator(".brand__logo")
    expect(resident.locator(".brand")).to_contain_text("Rivelaine")
    expect(resident.locator(".band--help")).to_contain_text(re.compile("01.99.00.77.77"))
    assert logo.evaluate("image => image.naturalWidth") > 0
    button = resident.get_by_role("button", name="Voir ce qui existe")
    assert button.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(106, 27, 154)"
    resident.close()


def test_correction_of_an_operator_survives_a_refresh(page: Page) -> None:
    page.goto("/bureau/fiches?nom=assistante")
    page.locator(".choice").first.click()
    page.get_by_role("link", name="Corriger").click()
    page.get_by_role("textbox", name="Téléphone").fill("01 99 00 88 88")
    page.get_by_role("textbox", name="Pourquoi").fill("Appelée ce matin.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("La correction est visible tout de suite")).to_be_visible()
    sheet = page.get_by_role("link", name="Comme les habitants la voient").get_attribute("href") or ""

    later = [row | {"date_maj": "2026-11-20", "telephone": "0199004444"} for row in town.services()]
    send(page, {"structures": town.structures(), "services": later})

    page.goto(sheet)
    expect(page.locator("main")).to_contain_text(re.compile("01.99.00.88.88"))
    expect(page.locator("main")).not_to_contain_text(re.compile("01.99.00.44.44"))
