"""The language stands in the address; box, tiles, chips and reasons speak it; catalogues are sound."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.test import Client

import allervers
from allervers.ui.languages import SOURCE, SPOKEN
from tests.website.conftest import CARE, HOME, pairs
from tests.website.reading import read

PACKAGE = Path(allervers.__file__).parent
OTHERS = [code for code in SPOKEN if code != SOURCE]
FOLDERS = {"fr-facile": "fr_Facile"}  # as Django names the folder of a language with a variant
ENTRY = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ("(?:[^"\\]|\\.)*")$', re.MULTILINE)
HOLE = re.compile(r"%\(\w+\)s")


def written(code: str) -> list[dict[str, str]]:
    """The entries of a catalogue as its translators read them, without the header."""
    text = (PACKAGE / "locale" / FOLDERS.get(code, code) / "LC_MESSAGES" / "django.po").read_text("utf-8")
    blocks = [dict(ENTRY.findall(block)) for block in text.split("\n\n")]
    read_blocks = [{key: str(ast.literal_eval(value)) for key, value in block.items()} for block in blocks]
    return [block for block in read_blocks if block.get("msgid")]


@pytest.mark.parametrize("code", OTHERS)
def test_compiled_catalogue_says_what_is_written(code: str) -> None:
    folder = PACKAGE / "locale" / FOLDERS.get(code, code) / "LC_MESSAGES"
    with (folder / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    for entry in written(code):
        if "msgid_plural" not in entry:
            assert compiled.gettext(entry["msgid"]) == entry["msgstr"]
        else:
            forms = {compiled.ngettext(entry["msgid"], entry["msgid_plural"], n) for n in range(130)}
            assert forms == {said for key, said in entry.items() if key.startswith("msgstr")}


@pytest.mark.parametrize("code", OTHERS)
def test_catalogue_keeps_every_hole_and_nothing_that_is_no_longer_said(code: str) -> None:
    sources = "".join(
        path.read_text("utf-8") for path in PACKAGE.rglob("*") if path.suffix in {".py", ".html"}
    )
    said = re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", sources)

    for entry in written(code):
        one = set(HOLE.findall(entry["msgid"]))
        for key, text in entry.items():
            if key.startswith("msgstr") and text and "msgid_plural" not in entry:
                assert set(HOLE.findall(text)) == one, entry
        assert entry["msgid"] in said, entry["msgid"]


@pytest.mark.parametrize("code", SPOKEN)
@pytest.mark.django_db
def test_first_page_speaks_and_posts_in_its_language(client: Client, code: str) -> None:
    prefix = "" if code == SOURCE else f"/{code}"

    html = client.get(f"{prefix}/").content.decode()

    direction = "rtl" if SPOKEN[code].right_to_left else "ltr"
    assert f'<html lang="{SPOKEN[code].tag}" dir="{direction}">' in html
    assert f'action="{prefix}/demande"' in html
    assert [
        said for said, link in read(client.get(f"{prefix}/")).links if link.rstrip("/") in languages()
    ] != []


def languages() -> set[str]:
    return {"" if code == SOURCE else f"/{code}" for code in SPOKEN}


def test_every_page_leads_to_itself_in_each_language(client: Client, town: None) -> None:
    page = client.get(f"/ar/recherche?besoin={CARE}&{HOME}").content.decode()

    addresses = re.findall(r'class="languages__link" href="([^"]*)"', page)
    query = f"recherche?besoin={CARE}&{HOME}".replace("&", "&amp;")
    assert addresses == [f"/{query}" if code == SOURCE else f"/{code}/{query}" for code in SPOKEN]


def test_language_links_round_a_place_typed_by_hand_and_drop_what_is_not_ours(
    client: Client, town: None
) -> None:
    page = client.get(f"/recherche?besoin={CARE}&lat=43.6321987&lon=3.8221234&urgence=violence&nom=Amina")

    links = re.findall(r'class="languages__link" href="([^"]*)"', page.content.decode())
    rounded = [("besoin", CARE), ("lat", "43.632"), ("lon", "3.822"), ("urgence", "violence")]
    assert [pairs(link.replace("&amp;", "&")) for link in links] == [rounded] * len(SPOKEN)


def test_the_walk_stays_in_its_language(client: Client, town: None) -> None:
    asked = client.post("/ar/demande", {"image": "garde", "lieu": "34000"})
    assert asked["Location"].startswith("/ar/recherche?")
    assert pairs(asked["Location"]) == [("besoin", CARE), ("commune", "34172")]

    results = read(client.get(asked["Location"]))
    assert results.h1 == "17 إجابة قرب Montpellier"
    assert "مجاني" in results.reasons[0]

    sheet = client.get(results.link(results.cards[0][0])).content.decode()
    assert 'href="/ar/recherche?' in sheet
    assert '<bdi dir="ltr">01\N{NO-BREAK SPACE}99' in sheet


@pytest.mark.parametrize("code", OTHERS)
def test_answers_open_in_every_language(client: Client, town: None, code: str) -> None:
    assert client.get(f"/{code}/recherche?besoin={CARE}&{HOME}").status_code == 200


def test_an_address_without_a_language_is_french_whatever_the_browser_asks(client: Client, db: None) -> None:
    page = client.get("/", headers={"Accept-Language": "ar"})

    assert '<html lang="fr" dir="ltr">' in page.content.decode()


def test_an_unknown_language_is_not_found(client: Client, db: None) -> None:
    assert client.get("/xx/").status_code == 404


def test_who_works_here_is_offered_no_other_language(client: Client, db: None) -> None:
    assert "languages__link" not in client.get("/compte/connexion").content.decode()
