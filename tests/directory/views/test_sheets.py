"""A sheet on the desk: corrected, confirmed, closed, made by hand; nothing overwritten in silence."""

import re
from datetime import date

import pytest
from django.test import Client

from allervers.directory.models import Organisation, Overlay, Service
from tests.cast import client_of, make_operator
from tests.factories import make_organisation, make_service

pytestmark = pytest.mark.django_db
SHEET = "/bureau/fiches/services/essai--7"


def made() -> Service:
    return make_service(
        ident="essai--7", nom="Garde tôt le matin", frais="payant", contact_nom_prenom="Camille Fictive"
    )


def form_of(operator: Client, path: str) -> dict[str, object]:
    """What a browser would send of this form, untouched."""
    form = operator.get(path).context["form"]
    fields = {field.html_name: field.value() for field in form}
    return {name: value for name, value in fields.items() if value is not None}


def test_correction_is_shown_with_what_the_source_says_and_can_be_taken_back(operator: Client) -> None:
    made()
    form = form_of(operator, f"{SHEET}/corriger")

    answer = operator.post(f"{SHEET}/corriger", {**form, "frais": "gratuit", "reason": "Au téléphone."})

    page = operator.get(SHEET).content.decode()
    overlay = Overlay.objects.get()
    assert answer.status_code == 303 and Service.objects.get().frais == "gratuit"
    assert [overlay.field, overlay.value, overlay.reason] == ["frais", "gratuit", "Au téléphone."]
    assert "Nos corrections" in page and "Au téléphone." in page
    assert operator.post(f"/bureau/corrections/{overlay.uid}/reprendre").status_code == 303
    assert "Nos corrections" not in operator.get(SHEET).content.decode()


def test_second_editor_sees_what_changed_and_loses_nothing(operator: Client) -> None:
    made()
    other = client_of(make_operator("collegue@exemple.example"))
    first, second = form_of(operator, f"{SHEET}/corriger"), form_of(other, f"{SHEET}/corriger")
    operator.post(f"{SHEET}/corriger", {**first, "nom": "Garde dès 6 heures"})

    answer = other.post(f"{SHEET}/corriger", {**second, "nom": "Garde très tôt", "frais": "gratuit"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "La fiche a changé" in page and "Garde dès 6 heures" in page
    assert 'value="Garde très tôt"' in page
    assert Service.objects.get().nom == "Garde dès 6 heures"

    again = {field.html_name: field.value() for field in answer.context["form"] if field.value() is not None}
    assert other.post(f"{SHEET}/corriger", again).status_code == 303
    assert (Service.objects.get().nom, Service.objects.get().frais) == ("Garde très tôt", "gratuit")


def test_value_that_the_schema_refuses_is_said_and_nothing_changes(operator: Client) -> None:
    made()
    form = form_of(operator, f"{SHEET}/corriger")

    answer = operator.post(f"{SHEET}/corriger", {**form, "courriel": "pas une adresse", "frais": "gratuit"})

    assert answer.status_code == 422 and "Ce n’est pas une adresse électronique" in answer.content.decode()
    assert Service.objects.get().frais == "payant" and not Overlay.objects.exists()


def test_form_sent_untouched_corrects_nothing(operator: Client) -> None:
    made()

    operator.post(f"{SHEET}/corriger", form_of(operator, f"{SHEET}/corriger"))

    assert not Overlay.objects.exists()


def test_boxes_show_what_the_sheet_says(operator: Client) -> None:
    made()

    page = operator.get(f"{SHEET}/corriger").content.decode()

    checked = re.findall(r'<input type="checkbox" name="(\w+)" value="([\w-]+)" id="\w+" checked>', page)
    assert checked == [("thematiques", "famille--garde-denfants")]


def test_sheet_is_confirmed_closed_and_its_contact_effaced(operator: Client) -> None:
    made()

    operator.post(f"{SHEET}/confirmer")
    operator.post(f"{SHEET}/sans-contact")
    refused = operator.post(f"{SHEET}/fermer", {"reason": ""})
    operator.post(f"{SHEET}/fermer", {"reason": "Le local est vide."})

    service = Service.objects.get()
    page = operator.get(SHEET).content.decode()
    assert refused.status_code == 422
    assert (service.confirmed_by, service.contact_nom_prenom, bool(service.retired_at)) == (
        "guichet",
        "",
        True,
    )
    assert "n’est plus montrée" in page and "Camille" not in page


def test_association_without_a_computer_gets_a_sheet_and_a_service(operator: Client) -> None:
    town = {"commune": "Montpellier", "code_postal": "34080", "code_insee": "34172"}
    organisation = {"nom": "Les Tilleuls", "telephone": "01 99 00 12 12", **town}

    answer = operator.post("/bureau/fiches/nouvelle", organisation)
    owner = Organisation.objects.get()
    service = {"nom": "Cours de français", "thematiques": ["lecture-ecriture-calcul--maitriser-le-francais"]}
    added = operator.post(
        f"{answer['Location'].split('?')[0]}/service", {**service, "description": "Le lundi."}
    )

    assert (answer.status_code, added.status_code) == (303, 303), added.content.decode()
    assert (owner.nom, owner.source) == ("Les Tilleuls", "guichet")
    assert Service.objects.get().organisation == owner


def test_sheet_made_by_hand_without_a_name_is_refused(operator: Client) -> None:
    assert operator.post("/bureau/fiches/nouvelle", {"nom": ""}).status_code == 422
    assert not Organisation.objects.exists()


def test_sheets_are_found_by_name(operator: Client) -> None:
    make_organisation(nom="Maison des Tilleuls", ident="essai--9")
    made()

    page = operator.get("/bureau/fiches", {"nom": "tilleuls"}).content.decode()

    assert "/bureau/fiches/structures/essai--9" in page and SHEET not in page


@pytest.mark.parametrize("path", ["services/rien", "chats/essai--7", "structures/essai--7/sans-contact"])
def test_sheet_that_is_not_there_is_not_found(operator: Client, path: str) -> None:
    made()

    assert operator.post(f"/bureau/fiches/{path}/confirmer").status_code == 404


def test_sheet_says_how_far_it_can_be_relied_on_and_why_not_more(operator: Client) -> None:
    service = made()
    Service.objects.filter(pk=service.pk).update(confirmed_on=date(2020, 1, 1))

    page = operator.get(SHEET).content.decode()

    score = re.search(r"Fiabilité\N{NO-BREAK SPACE}: (\d+) sur 100", page)
    assert score and int(score[1]) < 40
    assert "pas d’horaires" in page
