"""Components, from what they are given to what is read and tapped."""

import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

import allervers.ui
from allervers.ui.catalogue import examples
from allervers.ui.site import Desk, Link, Site

PARTIALS = Path(allervers.ui.__file__).parent / "templates" / "ui" / "components"
SITE = Site(
    desk=Desk("0199001234", "Maison du quartier"),
    territory_name="Rivelaine",
    legal_links=(Link("/mentions-legales", "Mentions légales"),),
    source_url="https://code.example/allervers",
    version="0.1.0",
)


def drawn(component: str, /, **context: Any) -> str:
    return render_to_string(f"ui/components/{component}.html", context)


def words(html: str) -> str:
    """What is read, without the marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_button_is_a_link_or_sends_its_form() -> None:
    assert drawn("button", href="/x", label="Voir", wide=True).strip() == (
        '<a class="button button--wide" href="/x"><span>Voir</span></a>'
    )
    assert drawn("button", label="Voir", name="image", value="garde").strip() == (
        '<button class="button" type="submit" name="image" value="garde"><span>Voir</span></button>'
    )


def test_what_is_given_is_escaped() -> None:
    html = drawn("card", card={"url": "/x?a=1&b=2", "title": "<b>x</b>", "who": "<i>", "why": []})

    assert "<b>x" not in html and "<i>" not in html
    assert "/x?a=1&amp;b=2" in html


def test_help_is_a_number_to_tap_that_no_language_turns_round() -> None:
    html = drawn("help", desk=Desk("0199001234", "Maison du quartier", "Jusqu’à 18 h."))

    assert (
        '<a class="phone" href="tel:0199001234"><bdi dir="ltr">01\xa099\xa000\xa012\xa034</bdi></a>' in html
    )
    assert words(html) == "Vous préférez parler à quelqu’un ? 01 99 00 12 34 Jusqu’à 18 h."


def test_help_without_sentence_says_who_answers() -> None:
    assert words(drawn("help", desk=Desk("39 39", "Allô Service Public"), title="Appelez")) == (
        "Appelez 39 39 Allô Service Public"
    )


def test_urgent_gives_its_numbers_in_order_and_nothing_without_danger() -> None:
    html = drawn("urgent", urgent=examples()["urgent"])

    assert re.findall(r'href="(tel:\w+)"', html) == ["tel:17", "tel:3919"]
    assert drawn("urgent", urgent=None).strip() == ""


@pytest.mark.parametrize(
    ("way", "read"),
    [
        ({"distance_m": 543}, "à 540 m à vol d’oiseau"),
        ({"distance_m": 0}, "à 10 m à vol d’oiseau"),
        ({"distance_m": 543, "from_centre": True}, "à 540 m du centre"),
        ({"distance_m": None, "remote": True}, "à distance"),
        ({"distance_m": None}, "lieu à demander"),
    ],
)
def test_card_leads_with_the_way_there(way: dict[str, object], read: str) -> None:
    reasons = [{"text": "Gratuit", "known": True}, {"text": "Horaires inconnus", "known": False}]
    html = drawn("card", card={"url": "/s", "title": "Crèche", "who": "Ville", "why": reasons, **way})

    assert words(html) == f"{read} Crèche Ville Gratuit Horaires inconnus"
    assert html.count("why__reason--unknown") == 1


def test_chips_say_what_a_tap_does() -> None:
    chips = [
        {"label": "Parents", "url": "/a", "on": True},
        {"label": "Gratuit", "url": "/b", "count": 3},
        {"label": "Ouvert", "url": "/c", "count": 0},
    ]

    assert words(drawn("chips", chips=chips, label="Filtres")) == "Enlever Parents Gratuit (3) Ouvert (0)"


def test_facts_show_the_unknown_as_unknown() -> None:
    facts = [
        {"icon": "euro", "term": "Combien", "texts": ["Pas indiqué"], "known": False},
        {"icon": "globe", "term": "Site", "texts": [], "link": {"url": "/s", "label": "s", "outside": True}},
    ]
    html = drawn("facts", facts=facts)

    assert words(html) == "Combien Pas indiqué Site s"
    assert html.count("fact--unknown") == 1
    assert 'rel="noopener noreferrer external"' in html


class TownForm(forms.Form):
    town = forms.CharField(label="Ville", help_text="Ou code postal")


def test_field_ties_hint_and_error_to_its_box() -> None:
    form = TownForm({"town": ""})
    html = drawn("field", field=form["town"])

    assert 'aria-describedby="id_town_helptext id_town_error"' in html
    assert 'id="id_town_helptext"' in html and 'id="id_town_error"' in html
    assert 'aria-invalid="true"' in html and 'class="field__control"' in html
    assert words(html) == "Ville Ou code postal Ce champ est obligatoire."


def test_error_summary_leads_to_each_box_and_is_absent_when_all_is_well() -> None:
    refused, accepted = TownForm({"town": ""}), TownForm({"town": "Rivelaine"})

    assert '<a href="#id_town">Ville</a> Ce champ est obligatoire.' in drawn("error_summary", form=refused)
    assert drawn("error_summary", form=accepted).strip() == ""


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl")])
def test_frame_names_language_territory_and_version(language: str, direction: str) -> None:
    page = Template('{% extends "ui/base.html" %}{% block title %}Accueil{% endblock %}')
    with translation.override(language):
        html = page.render(Context({"frame": SITE}))

    assert f'<html lang="{language}" dir="{direction}">' in html
    assert "<title>Accueil – Allervers Rivelaine</title>" in html
    assert '<a href="/mentions-legales">Mentions légales</a>' in html
    assert '<a href="https://code.example/allervers">' in html and "0.1.0" in html
    assert '<a class="skip" href="#contenu">' in html and 'id="contenu"' in html


def test_frame_stands_without_a_site() -> None:
    html = render_to_string("ui/base.html", {})

    assert '<a class="brand" href="/">' in html


def test_catalogue_shows_every_component() -> None:
    source = (PARTIALS.parent / "catalogue.html").read_text(encoding="utf-8")
    shown = set(re.findall(r"ui/components/(\w+)\.html", source))
    nested = {
        name
        for partial in PARTIALS.glob("*.html")
        for name in re.findall(r"ui/components/(\w+)\.html", partial.read_text(encoding="utf-8"))
    }

    assert {path.stem for path in PARTIALS.glob("*.html")} - shown - nested == set()


def test_catalogue_is_drawn_with_one_title() -> None:
    html = render_to_string("ui/catalogue.html", examples() | {"frame": SITE})

    assert html.count("<h1") == 1
    assert html.count('class="card__link"') == 3
