"""The territory's name, colour, logo and desk: changed without code, seen on every page."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from allervers.journal.models import Entry
from allervers.territory.queries import declared_territory
from tests.cast import client_of, make_operator
from tests.territory.test_logo import png, svg
from tests.territory.towns import declare

pytestmark = pytest.mark.django_db
FORM = {"name": "Rivelaine", "colour": "#6a1b9a"}


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}


@pytest.fixture
def operator() -> Client:
    declare()
    return client_of(make_operator())


def home() -> str:
    return Client().get("/").content.decode()


def test_pages_wear_the_territory(operator: Client) -> None:
    logo = SimpleUploadedFile("logo.svg", svg("<circle r='4'/>"), content_type="image/svg+xml")

    answer = operator.post("/bureau/territoire", {**FORM, "logo": logo})

    page = home()
    sheet = re.search(r'href="(/territoire/\w+\.css)"', page)
    image = re.search(r'<img class="brand__logo" src="(/territoire/\w+/logo)"', page)
    assert answer.status_code == 303 and "Rivelaine" in page and sheet and image
    css = Client().get(sheet[1])
    drawn = Client().get(image[1])
    assert css["Content-Type"] == "text/css; charset=utf-8" and "--go:#6a1b9a" in css.content.decode()
    assert drawn["Content-Type"] == "image/svg+xml" and b"<circle" in drawn.content
    assert drawn["Content-Security-Policy"].endswith("sandbox")
    assert "immutable" in css["Cache-Control"] and "immutable" in drawn["Cache-Control"]
    verbs = [(entry.verb, entry.fields) for entry in Entry.objects.all()]
    assert verbs[-2:] == [("territory.updated", ["name"]), ("identity.changed", ["colour", "logo"])]


def test_pale_colour_is_refused_with_a_sentence_and_nothing_changes(operator: Client) -> None:
    answer = operator.post("/bureau/territoire", {"name": "Autre nom", "colour": "#ffcd4a"})

    page = answer.content.decode()
    territory = declared_territory()
    assert answer.status_code == 422
    assert "se lisent mal" in page and re.search(r"contraste de 1,\d pour 1", page)
    assert territory and territory.name != "Autre nom" and territory.identity is None


def test_file_that_is_no_logo_is_refused(operator: Client) -> None:
    answer = operator.post("/bureau/territoire", {**FORM, "logo": SimpleUploadedFile("a.png", b"GIF89a")})

    assert answer.status_code == 422
    assert "ni un PNG ni un SVG" in answer.content.decode()
    assert "brand__logo" not in home()


def test_logo_stays_when_none_is_sent_and_goes_when_asked(operator: Client) -> None:
    operator.post("/bureau/territoire", {**FORM, "logo": SimpleUploadedFile("a.png", png())})
    operator.post("/bureau/territoire", {**FORM, "colour": ""})
    kept = home()
    operator.post("/bureau/territoire", {**FORM, "without_logo": "on"})

    assert "brand__logo" in kept
    assert "brand__logo" not in home()


def test_desk_number_is_on_the_pages(operator: Client) -> None:
    said = {
        "desk_name": "Maison du port",
        "phone": "01 99 00 77 77",
        "hours": "",
        "sentence": "Demandez Ali.",
    }

    answer = operator.post("/bureau/territoire/guichet", said)

    page = home()
    assert answer.status_code == 303
    assert 'href="tel:0199007777"' in page and "Demandez Ali." in page


def test_desk_with_unreadable_hours_is_refused_and_typed_words_stay(operator: Client) -> None:
    said = {
        "desk_name": "Maison du port",
        "phone": "01 99 00 77 77",
        "hours": "tous les jours",
        "sentence": "",
    }

    answer = operator.post("/bureau/territoire/guichet", said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ne se lisent pas" in page and "tous les jours" in page
    assert "0199007777" not in home()


def test_page_says_how_to_declare_a_territory() -> None:
    page = client_of(make_operator()).get("/bureau/territoire").content.decode()

    assert "allervers territory create" in page
