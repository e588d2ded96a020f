"""`make screens`: takes the pictures of docs/screens again. Commit them seldom: each is a binary."""

import io
import json
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page
from rich.console import Console

from tests.browser import chromium, town
from tests.browser.conftest import DESKTOP, PHONE
from tests.cli.running import served

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
MOST_BYTES = 100_000
COLOURS = 64
LOOKS = {
    "phone": (PHONE, False),
    "phone-dark": (PHONE, True),
    "desktop": (DESKTOP, False),
    "desktop-dark": (DESKTOP, True),
}
SUBJECTS = {
    "home": "/",
    "results": f"/recherche?besoin={town.CARE}&public=familles&{town.HOME}",
    "sheet": f"/services/essai--1?besoin={town.CARE}&{town.HOME}",
}


def take(browser: Browser, base: str) -> None:
    for look, (size, dark) in LOOKS.items():
        page = browser.new_page(
            viewport=size, locale="fr-FR", color_scheme="dark" if dark else "light", base_url=base
        )  # type: ignore[arg-type]
        for subject, path in SUBJECTS.items():
            page.goto(path)
            keep(
                page,
                FOLDER / f"{subject}-{look}.png",
                tall=2 * size["height"] if size is PHONE else size["height"],
            )
        page.close()


def take_first_minutes(browser: Browser, base: str) -> None:
    """The operator's pages that docs/premiers-pas.md shows."""
    page = browser.new_page(viewport=DESKTOP, locale="fr-FR", base_url=base)  # type: ignore[arg-type]
    page.goto("/compte/connexion?next=/bureau")
    page.get_by_label("Courriel").fill(town.OPERATOR[0])
    page.get_by_label("Mot de passe").fill(town.OPERATOR[1])
    page.get_by_role("button", name="Se connecter").click()
    rows = [
        town.structure(number)
        | {"id": f"mairie--{number}", "source": "mairie"}
        | ({"siret": "12"} if number < 3 else {})
        for number in range(9)
    ]
    file = {"name": "structures.json", "mimeType": "application/json", "buffer": json.dumps(rows).encode()}
    page.goto("/bureau/depot")
    page.locator("[name=feed]").fill("mairie")
    page.locator("[name=sent]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Vérifier ce fichier").click()
    page.get_by_role("heading", name="Voici ce qui changerait").wait_for(timeout=60_000)
    keep(page, FOLDER / "premiers-pas-import.png", tall=DESKTOP["height"])
    for subject, path in {"territoire": "/bureau/territoire", "bureau": "/bureau"}.items():
        page.goto(path)
        keep(page, FOLDER / f"premiers-pas-{subject}.png", tall=DESKTOP["height"])
    page.close()


def keep(page: Page, file: Path, *, tall: int) -> None:
    """The page's beginning, in few colours: small enough to live in the repository."""
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    cut = shot.convert("RGB").crop((0, 0, shot.width, min(shot.height, tall)))
    cut.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    weight = file.stat().st_size
    if weight > MOST_BYTES:
        raise SystemExit(f"{file.name} : {weight} octets, plus que {MOST_BYTES}.")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    console = Console()
    with tempfile.TemporaryDirectory() as folder, console.status("Préparation de la ville…"):
        town.prepare(Path(folder) / "var", Path(folder))
        with served(Path(folder) / "var") as server, chromium.opened() as browser:
            take(browser, f"http://localhost:{server.port}")
            take_first_minutes(browser, f"http://localhost:{server.port}")
    console.print(f"{len(list(FOLDER.glob('*.png')))} images dans docs/screens.")


if __name__ == "__main__":
    main()
