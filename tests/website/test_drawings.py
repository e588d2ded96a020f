"""Every page of the residents' door, drawn from what its view gives it: nothing said twice, no dead end."""

import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import override_settings

import allervers.website
from allervers.ui.site import Desk, Link, Site
from allervers.website.forms import AskForm, ErrorReportForm, PlaceForm
from allervers.website.tiles import TILES
from allervers.website.urgent import FREE_DAY_AND_NIGHT

TEMPLATES = Path(allervers.website.__file__).parent / "templates"
PARTIALS = {
    "base",
    "refusal",
    "tiles",
    "map",
    "next_steps",
    "no_address_button",
    "place_choices",
    "place_field",
    "place_form",
    "place_suggestions",
    "point",
    "results_empty",
    "results_list",
    "results_outside",
    "sheet_call",
    "sheet_history",
    "sheet_week",
}
PLAIN_STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
FRAME = Site(
    desk=Desk("0199001234", "Maison du quartier", "La Maison du quartier répond jusqu’à 18 h."),
    territory_name="Rivelaine",
    legal_links=(Link("/mentions-legales", "Mentions légales"),),
    source_url="/code-source",
    version="0.1.0",
)
TILE_BUTTONS = [{"icon": tile.pictogram, "label": tile.label, "value": tile.slug} for tile in TILES]
URGENT = {
    "title": "C’est urgent ? Appelez maintenant",
    "numbers": [
        {"number": "17", "label": "Police ou gendarmerie"},
        {"number": "3919", "label": "Violences faites aux femmes : on vous écoute"},
    ],
    "sentence": FREE_DAY_AND_NIGHT,
}


def reason(text: str, *, known: bool = True) -> dict[str, object]:
    return {"text": text, "known": known}


CARDS = [
    {
        "url": "/services/creche",
        "title": "Accueil des 0-3 ans, même quelques heures",
        "who": "Halte-garderie Les Hirondelles",
        "distance_m": 543,
        "from_centre": True,
        "why": [
            reason("Répond à « Garde d’enfants »"),
            reason("Ouvert demain 8 h – 18 h"),
            reason("Prix non indiqué : appelez, ils sauront", known=False),
        ],
    },
    {
        "url": "/services/relais",
        "title": "Trouver une assistante maternelle",
        "who": "Relais petite enfance du Port",
        "distance_m": 1243,
        "from_centre": True,
        "why": [reason("Gratuit"), reason("Confirmé il y a 12 jours")],
    },
    {
        "url": "/services/ligne",
        "title": "Conseils aux parents par téléphone",
        "who": "Allô parents",
        "distance_m": None,
        "remote": True,
        "why": [reason("Gratuit"), reason("Horaires non indiqués", known=False)],
    },
]
RESULTS = {
    "title": "57 réponses près de Rivelaine",
    "total": 57,
    "page": 1,
    "place_name": "Rivelaine",
    "place_assumed": True,
    "place_form": PlaceForm(),
    "place_fields": [("besoin", "famille--garde-denfants")],
    "understood": [
        {"label": "Garde d’enfants", "url": "/recherche?1", "on": True},
        {"label": "Trouver un emploi", "url": "/recherche?2", "on": True},
    ],
    "filters": [
        {"label": "Gratuit", "url": "/recherche?3", "on": False, "count": 3},
        {"label": "Ouvert d’ici demain", "url": "/recherche?4", "on": False, "count": 5},
        {"label": "Par téléphone ou internet", "url": "/recherche?5", "on": True, "count": 2},
    ],
    "cards": CARDS,
    "more": {"url": "/recherche?page=2", "label": "Voir les 47 autres"},
    "urgent": None,
}
EMPTY = RESULTS | {
    "title": "Pas encore de réponse près de Rivelaine",
    "total": 0,
    "filters": [],
    "cards": [],
    "more": None,
    "relaxed": [
        {"url": "/recherche?6", "label": "Même si c’est payant", "hint": "4 réponses"},
        {"url": "/recherche?7", "label": "Plus loin", "hint": "12 réponses"},
    ],
}
FACTS = [
    {"icon": "users", "term": "Pour qui", "texts": ["Les familles du quartier, avec ou sans emploi."]},
    {
        "icon": "door-open",
        "term": "Comment y entrer",
        "texts": ["Téléphoner", "Apportez le carnet de santé."],
    },
    {"icon": "clock", "term": "Quand", "texts": ["Ouvert demain 8 h – 18 h"]},
    {"icon": "map-pin", "term": "Où", "texts": ["8 place du Marché, 99100 Rivelaine"]},
    {"icon": "euro", "term": "Combien", "texts": ["Le prix n’est pas indiqué. Demandez."], "known": False},
    {
        "icon": "globe",
        "term": "Sur internet",
        "texts": [],
        "link": {"url": "https://hirondelles.example", "label": "hirondelles.example", "outside": True},
    },
]
WEEK = [
    {"day": day, "hours": hours}
    for day, hours in (
        ("aujourd’hui", "9 h – 12 h et 14 h – 18 h"),
        ("demain", "8 h – 18 h"),
        ("jeudi", "fermé"),
        ("vendredi", "8 h – 18 h"),
        ("samedi", "fermé"),
        ("dimanche", "fermé"),
        ("lundi", "8 h – 18 h"),
    )
]
SERVICE = {
    "title": "Accueil des 0-3 ans, même quelques heures",
    "who": "Halte-garderie Les Hirondelles",
    "organisation_url": "/structures/hirondelles",
    "description": "Une équipe garde votre enfant.\n\nVous pouvez chercher du travail, ou souffler.",
    "phone": "0199004567",
    "facts": FACTS,
    "week": WEEK,
    "fresh": {
        "sentence": "Fiche confirmée il y a 12 jours par « essai ».",
        "producer": "Écrite par « essai ».",
        "stale": False,
    },
    "report_url": "/services/creche/signaler",
    "back_url": "/recherche?besoin=famille--garde-denfants",
}


def entry(label: str, pictogram: str = "child") -> SimpleNamespace:
    return SimpleNamespace(label=label, explanation="", pictogram=pictogram)


CATEGORIES = [
    {
        "entry": entry(label, pictogram),
        "url": f"/recherche?besoin={number}",
        "needs": [{"entry": entry(need), "url": "/recherche"} for need in needs],
    }
    for number, (label, pictogram, needs) in enumerate(
        [
            ("Famille et enfants", "child", ["Faire garder mon enfant", "Aider un proche malade ou âgé"]),
            ("Me déplacer", "bus", ["Passer le permis", "Trouver un vélo, un bus, un covoiturage"]),
            ("Papiers et droits", "document", ["Faire mes papiers", "Connaître mes droits"]),
        ]
    )
]
PLACES = [
    {
        "name": "choisi",
        "value": "45.5,3.25,99101,street,Rue du Port",
        "label": "Rue du Port, 99100 Rivelaine",
    },
    {"name": "commune", "value": "99102", "label": "Rivelette", "hint": "99110, 99111"},
]
QUARTERS = [{"name": "choisi", "value": "q", "label": "Les Tilleuls", "hint": "Rivelaine"}]
CHOOSE = {
    "places": PLACES,
    "action": "/demande",
    "fields": [("mots", "une nounou"), ("image", "")],
    "form": PlaceForm(),
}
POINT = {
    "picture": "/carte/point.png",
    "view": "13/1/2",
    "is_close": True,
    "width": 320,
    "height": 320,
}
REFUSED_ASK = AskForm({"mots": "", "lieu": ""})

PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "home": ("home", {"form": AskForm(), "tiles": TILE_BUTTONS}),
    "home-refused": ("home", {"form": REFUSED_ASK, "tiles": TILE_BUTTONS}),
    "everything": ("everything", {"categories": CATEGORIES}),
    "ask-again": ("ask_again", {"form": AskForm({"mots": "asdf"}), "tiles": TILE_BUTTONS, "urgent": None}),
    "ask-again-urgent": (
        "ask_again",
        {"form": AskForm({"mots": "asdf"}), "tiles": TILE_BUTTONS, "urgent": URGENT},
    ),
    "choose-place": ("choose_place", CHOOSE),
    "choose-no-place": ("choose_place", CHOOSE | {"places": []}),
    "no-address": ("no_address", CHOOSE | {"quarters": QUARTERS, "towns": PLACES[1:]}),
    "point-closer": ("point_closer", CHOOSE | {"point": POINT}),
    "no-address-nor-quarter": ("no_address", CHOOSE | {"quarters": [], "towns": []}),
    "results": ("results", RESULTS),
    "results-urgent": ("results", RESULTS | {"urgent": URGENT, "place_assumed": False}),
    "results-nowhere": ("results", RESULTS | {"place_name": "", "place_assumed": True}),
    "results-empty": ("results", EMPTY),
    "results-outside": ("results", RESULTS | {"outside": "Ailleurs", "elsewhere": FRAME.desk}),
    "results-empty-outside": ("results", EMPTY | {"outside": "Ailleurs", "elsewhere": FRAME.desk}),
    "service": ("service", SERVICE),
    "service-bare": ("service", SERVICE | {"phone": "", "week": [], "description": "", "back_url": ""}),
    "organisation": (
        "organisation",
        SERVICE | {"services": [{"url": "/services/creche", "label": "Accueil des 0-3 ans"}]},
    ),
    "gone": ("gone", {"name": "Crèche du Port", "cards": CARDS}),
    "gone-alone": ("gone", {"name": "Crèche du Port", "cards": []}),
    "report": ("report", {"form": ErrorReportForm(), "name": "Crèche du Port", "back_url": "/services/x"}),
    "report-refused": (
        "report",
        {"form": ErrorReportForm({}), "name": "Crèche du Port", "back_url": "/services/x"},
    ),
    "thanks": ("thanks", {}),
    "source": ("source", {"archive_url": "/code-source/allervers.tar.gz"}),
    "about": ("about", {}),
    "privacy": ("privacy", {}),
    "accessibility": ("accessibility", {}),
    "legal": ("legal", {}),
}
FAILURES = ["400", "403", "403_csrf", "404", "408", "413", "429", "500"]
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta"}


class Marks(HTMLParser):
    """Reads a page strictly: every mark closed in order, no id twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.pointed: list[str] = []
        self.misplaced: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self._note(dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(dict(attrs))

    def _note(self, attrs: dict[str, str | None]) -> None:
        if "id" in attrs:
            self.ids.append(attrs["id"] or "")
        for name in ("for", "aria-labelledby", "aria-describedby"):
            self.pointed += (attrs.get(name) or "").split()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.misplaced.append(tag)


def drawn(template: str, context: dict[str, Any]) -> str:
    request = RequestFactory().get("/")
    request.htmx = False  # type: ignore[attr-defined]  # set by HtmxMiddleware
    with override_settings(STORAGES=PLAIN_STATIC):
        return render_to_string(template, context | {"frame": FRAME, "request": request})


def page(name: str) -> str:
    template, context = PAGES[name]
    return drawn(f"website/{template}.html", context)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_every_page_is_drawn_here() -> None:
    written = {path.stem for path in (TEMPLATES / "website").glob("*.html")}

    assert written - PARTIALS == {template for template, _ in PAGES.values()}
    assert {path.stem for path in TEMPLATES.glob("*.html")} == set(FAILURES)


@pytest.mark.parametrize("name", PAGES)
def test_page_is_well_formed_with_one_title_and_no_dead_end(name: str) -> None:
    html = page(name)
    marks = Marks()
    marks.feed(html)

    assert (marks.open, marks.misplaced) == ([], [])
    assert len(marks.ids) == len(set(marks.ids))
    assert set(marks.pointed) - set(marks.ids) == set()
    assert html.count("<h1") == 1
    assert re.search(r"<title>\S.* – Allervers Rivelaine</title>", html)
    main = html.split("<main", 1)[1].split("</main>", 1)[0]
    assert 'href="tel:' in main or name == "source" or name.startswith("report")
    assert re.search(r'<button|href="', main)


@pytest.mark.parametrize("name", PAGES)
def test_page_weighs_little(name: str) -> None:
    assert (
        len(page(name).encode()) < 40_000
    )  # bytes before compression; the whole first page may weigh 100 kB


@pytest.mark.parametrize("failure", FAILURES)
def test_failures_stand_without_any_context_and_say_whom_to_call(failure: str) -> None:
    with override_settings(STORAGES=PLAIN_STATIC):
        html = render_to_string(f"{failure}.html")

    assert html.count("<h1") == 1
    assert 'href="tel:3939"' in html and 'href="/"' in html


def test_failures_give_the_desk_when_it_is_known() -> None:
    html = drawn("404.html", {"title": "Page introuvable", "sentence": "Elle n’existe plus."})

    assert "Page introuvable Elle n’existe plus. Dire de quoi" in words(html)
    assert 'href="tel:0199001234"' in html and "tel:3939" not in html


def test_home_posts_words_or_a_picture() -> None:
    html = page("home")

    assert re.search(r'<form class="[^"]*\basking" action="/demande" method="post"', html)
    assert re.findall(r'name="image" value="(\w+)"', html) == [tile.slug for tile in TILES]
    assert html.index('type="submit"') < html.index('name="image"')  # the Enter key sends the words


def test_home_ties_its_hint_and_its_error_to_the_question() -> None:
    assert 'aria-describedby="mots-aide"' in page("home")
    assert 'aria-describedby="mots-aide id_mots_error"' in page("home-refused")


@pytest.mark.parametrize("name", ["ask-again-urgent", "results-urgent"])
def test_danger_stands_first(name: str) -> None:
    main = page(name).split("<main", 1)[1]

    assert main.index("tel:17") < main.index("<h1")


def test_results_list_alone_is_what_the_page_shows() -> None:
    alone = drawn("website/results_list.html", RESULTS)

    assert alone.strip() in page("results")
    assert alone.count("<li>") == len(CARDS)


def test_empty_results_say_what_to_give_up_and_how_many_it_gives() -> None:
    said = words(page("results-empty"))

    assert "Même si c’est payant 4 réponses" in said and "Plus loin 12 réponses" in said


def test_sheet_without_phone_gives_the_desk_in_its_place() -> None:
    main = page("service-bare").split("<main", 1)[1]

    assert re.findall(r'href="(tel:\w+)"', main) == ["tel:0199001234"]


def test_sheet_shows_text_of_others_as_text() -> None:
    html = drawn("website/service.html", SERVICE | {"description": "<script>alert(1)</script>\nSuite"})

    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_place_choice_keeps_the_question_in_the_page_not_in_the_address() -> None:
    html = page("choose-place")

    assert html.count('<input type="hidden" name="mots" value="une nounou">') == 2
    assert 'method="get"' not in html and "nounou" not in "".join(
        re.findall(r'(?:href|action)="[^"]*"', html)
    )
