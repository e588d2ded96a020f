"""From the question to the sheet and back, as people do it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.town import CARE, HOME

Open = Callable[..., Page]
POINT = "43.632, 3.822"
WAYS = {
    "phone": {"size": PHONE},
    "desktop": {"size": DESKTOP},
    "phone without script": {"size": PHONE, "script": False},
    "desktop in the dark": {"size": DESKTOP, "dark": True},
}


@pytest.mark.parametrize("way", WAYS)
def test_words_then_two_taps_give_a_number_to_call(open_page: Open, way: str) -> None:
    page = open_page(**WAYS[way])
    page.goto("/")
    page.get_by_label("De quoi avez-vous besoin ?").fill("je cherche une nounou")
    page.get_by_label("Où habitez-vous ?").fill(POINT)

    page.get_by_role("button", name="Voir ce qui existe").click()

    assert page.url.endswith(f"/recherche?besoin={CARE}&{HOME}")
    expect(page.get_by_role("heading", level=1)).to_have_text("14 réponses près de chez vous")
    expect(page.locator(".card")).to_have_count(10)
    first = page.locator(".card").first
    expect(first.locator(".why__reason").first).to_be_visible()
    title = first.locator(".card__title").inner_text()

    first.locator("a").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert page.locator('main a[href^="tel:"]').first.is_visible()

    page.get_by_role("link", name="Les réponses").click()

    expect(page.locator(".card")).to_have_count(10)
    assert page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("script", [True, False])
def test_the_rest_of_the_answers_is_one_tap_away(open_page: Open, script: bool) -> None:
    page = open_page(PHONE, script=script)
    page.goto(f"/recherche?besoin={CARE}&{HOME}")

    page.get_by_role("link", name="Voir les 4 autres").click()

    expect(page.locator(".card")).to_have_count(14 if script else 4)  # added under, or a page of its own


def test_a_filter_keeps_as_many_as_it_says_and_is_taken_back(open_page: Open) -> None:
    page = open_page(PHONE)
    page.goto(f"/recherche?besoin={CARE}&{HOME}")

    page.get_by_role("link", name="Gratuit (5)").click()

    expect(page.locator(".card")).to_have_count(5)
    page.get_by_role("link", name="Enlever Gratuit").click()
    expect(page.locator(".card")).to_have_count(10)


def test_a_suggestion_fills_the_field(open_page: Open) -> None:
    page = open_page(PHONE)
    page.goto("/")
    page.get_by_label("De quoi avez-vous besoin ?").fill("je cherche une nounou")
    page.get_by_label("Où habitez-vous ?").press_sequentially("grandir ens")

    page.get_by_role("button", name="Crèche associative Grandir ensemble").first.click()

    expect(page.get_by_text("C’est noté.")).to_be_visible()
    assert page.url.endswith("/")  # nothing typed went into the address
    page.get_by_role("button", name="Voir ce qui existe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("14 réponses près de chez vous")
    assert page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("script", [True, False])
def test_without_an_address_a_town_is_enough(open_page: Open, script: bool) -> None:
    page = open_page(PHONE, script=script)
    page.goto("/")
    page.get_by_label("De quoi avez-vous besoin ?").fill("je cherche une nounou")

    page.get_by_role("button", name="Je n’ai pas d’adresse").click()
    page.get_by_role("button", name="Montpellier").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("14 réponses près de Montpellier")


def test_a_picture_answers_in_one_tap(open_page: Open) -> None:
    page = open_page(PHONE, script=False)
    page.goto("/")

    page.get_by_role("button", name="Parler mieux français").click()

    expect(page.locator(".card").first).to_contain_text("rançais")


def test_an_error_is_told_in_two_gestures(open_page: Open) -> None:
    page = open_page(PHONE, script=False)
    page.goto("/services/essai--0")

    page.get_by_role("link", name="Signaler une erreur").click()
    page.get_by_label("Les horaires sont faux").check()
    page.get_by_role("button", name="Envoyer").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Merci")


def tab_to(page: Page, words: str, *, back: bool = False) -> None:
    """Press Tab until the focus is on what bears these words, and see that the focus shows."""
    for _press in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        said = page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText ?? ''")
        if words in said:
            break
    else:
        raise AssertionError(f"Tab never reaches « {words} »")
    shown = page.evaluate(
        """() => {
          for (let one = document.activeElement; one; one = one.parentElement) {
            const style = getComputedStyle(one);
            if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) return true;
          }
          return false;
        }"""
    )
    assert shown, f"the focus does not show on « {words} »"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_keyboard_alone_is_enough(open_page: Open, size: dict[str, int]) -> None:
    page = open_page(size)
    page.goto("/")

    tab_to(page, "De quoi avez-vous besoin")
    page.keyboard.type("je cherche une nounou")
    tab_to(page, "Où habitez-vous")
    page.keyboard.type(POINT)
    tab_to(page, "Voir ce qui existe")
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_have_count(10)
    title = page.locator(".card__title").first.inner_text()
    tab_to(page, title)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    tab_to(page, "Les réponses")
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_have_count(10)
    tab_to(page, "Voir les 4 autres")
    page.keyboard.press("Enter")

    expect(page.locator(".card")).to_have_count(14)


def test_the_first_tab_skips_to_the_content(open_page: Open) -> None:
    page = open_page(DESKTOP)
    page.goto("/tout-voir")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_in_viewport()
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "contenu"
