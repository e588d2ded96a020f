"""What people write their way: mended where sure, left aside and said where not."""

import pytest

from allervers.directory.intake.cleaning import clean_line, clean_text
from allervers.directory.intake.free_hours import osm_hours, osm_week
from allervers.directory.intake.mending import NotMended, mended
from allervers.directory.intake.placing import current_code, why_not_there

pytestmark = pytest.mark.django_db  # municipalities that only this installation knows


@pytest.mark.parametrize(
    ("field", "written", "meant"),
    [
        ("code_postal", 6000, "06000"),
        ("code_postal", "34 000", "34000"),
        ("code_postal", 34000.0, "34000"),
        ("code_postal", "20000", "20000"),
        ("code_insee", "2a004", "2A004"),
        ("code_insee", 1004, "01004"),
        ("code_insee", "97105", "97105"),
        ("siret", "343 683 181 00022", "34368318100022"),
        ("siret", "34368318100022.0", "34368318100022"),
        ("siret", "356 000 000 49837", "35600000049837"),
        ("telephone", "+33467714850", "04 67 71 48 50"),
        ("telephone", "467714850", "04 67 71 48 50"),
        ("telephone", "Tél : 04.67.71.48.50 / 06 12 34 56 78", "04 67 71 48 50"),
        ("telephone", "3949", "3949"),
        ("courriel", "mailto:Accueil@Essai.example ; autre@essai.example", "accueil@essai.example"),
        ("courriel", "accueil (at) essai.example", "accueil@essai.example"),
        ("site_web", "www.essai.example/page", "https://www.essai.example/page"),
        ("site_web", "http//:www.essai.example", "https://www.essai.example"),
        ("site_web", "http://essai.example", "http://essai.example"),
        ("date_maj", "16/11/2026", "2026-11-16"),
        ("date_maj", "2026-11-16T00:00:00", "2026-11-16"),
        ("longitude", "3,8767", "3.8767"),
        ("frais", "Gratuit", "gratuit"),
        ("nom", " Maison ", "Maison"),
    ],
)
def test_cell_is_mended_where_there_is_one_way_to_read_it(field, written, meant):
    assert mended(field, written, {}) == meant


@pytest.mark.parametrize(
    ("field", "written", "why"),
    [
        ("code_postal", "Montpellier", "5 chiffres"),
        ("siret", "34368318100023", "clé de contrôle"),
        ("siret", "343683181", "SIREN"),
        ("siret", "1", "14 chiffres"),
        ("telephone", "sur place", "téléphone"),
        ("courriel", "accueil chez essai", "électronique"),
        ("site_web", "javascript:alert(1)", "adresse web"),
        ("date_maj", "hier", "année-mois-jour"),
        ("latitude", "43°36'", "degrés"),
        ("frais", "ça dépend", "gratuit"),
    ],
)
def test_cell_that_nobody_could_read_says_why(field, written, why):
    with pytest.raises(NotMended, match=why):
        mended(field, written, {})


def test_phone_overseas_is_read_by_its_postcode():
    assert mended("telephone", "0262 90 12 34", {"code_postal": "97400"}) == "0262 90 12 34"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("lundi: 09:00 - 12:00 / 14:00 - 18:00", "Mo 09:00-12:00,14:00-18:00"),
        ("du lundi au vendredi de 9h à 17h, fermé entre 12h30 et 14h", "Mo-Fr 09:00-12:30,14:00-17:00"),
        ("Lundi et jeudi 9h-12h ; mardi 14h à 18h30", "Mo,Th 09:00-12:00; Tu 14:00-18:30"),
        ("Lundi: 9:00-19:00 (fermée entre 12h30 et 14h); Dimanche: Fermé", "Mo 09:00-12:30,14:00-19:00"),
        ("Tous les jours de 8h à midi", "Mo-Su 08:00-12:00"),
        ("Mo-Fr 09:00-12:00", "Mo-Fr 09:00-12:00"),
        ("sur rendez-vous", ""),
        ("fermé entre 12h30 et 14h", ""),
        ("Du lundi au vendredi 9h-17h sur rendez-vous", ""),
        ("mardi 9h-12h vacances scolaires", ""),
        ("lundi 9h-12h, lundi 14h-17h", ""),
        ("lundi 18h-9h", ""),
        ("lundi 25h-26h", ""),
        ("lundi 9h-12h" * 200, ""),
    ],
)
def test_hours_in_french_are_read_only_where_sure(written, meant):
    assert osm_hours(written) == meant


def test_hours_by_day_are_one_week_or_not_sure():
    assert osm_week({"lundi": "", "mardi": "09:00 - 12:00 / 14:00 - 17:00"}) == "Tu 09:00-12:00,14:00-17:00"
    assert osm_week({"lundi": "00:00 - 00:00 / 09:00 - 12:00"}) == "Mo 09:00-12:00"
    assert osm_week({"lundi": "", "mardi": " "}) == ""
    assert osm_week({"lundi": "09:00 - 12:00 / 11:00 - 17:00"}) is None


MONTPELLIER = {"code_insee": "34172", "code_postal": "34000", "commune": "Montpellier"}


@pytest.mark.parametrize(
    ("latitude", "longitude", "why"),
    [
        (43.61, 3.87, ""),
        (None, None, ""),
        (3.87, 43.61, "inversées"),
        (0.0, 0.0, "océan"),
        (48.85, 2.35, "km de Montpellier"),
        (43.61, None, "longitude"),
    ],
)
def test_coordinates_that_cannot_be_the_place_say_why(latitude, longitude, why):
    said = why_not_there(latitude, longitude, **MONTPELLIER)

    assert (why in said) if why else said == ""


def test_coordinates_without_a_municipality_must_be_in_france():
    nowhere = {"code_insee": "", "code_postal": "", "commune": ""}

    assert why_not_there(43.61, 3.87, **nowhere) == ""
    assert why_not_there(-20.9, 55.5, **nowhere) == ""
    assert "inversées" in why_not_there(3.87, 43.61, **nowhere)
    assert "pas en France" in why_not_there(55.7, 37.6, **nowhere)


def test_former_code_of_a_municipality_gives_todays_by_its_name():
    assert current_code("34999", code_postal="34000", commune="MONTPELLIER") == "34172"
    assert current_code("34999", code_postal="34000", commune="Ailleurs") == ""
    assert current_code("34172", code_postal="", commune="") == "34172"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Un <b>accueil</b><script>alert(1)</script> & un conseil", "Un accueil & un conseil"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Bonjour", "Bonjour"),
        ("&amp;lt;img src=x onerror=alert(1)&amp;gt;Bonjour", "Bonjour"),
        ("<p>Un</p><ul><li>deux</li><li>trois</li></ul>", "Un\n- deux\n- trois"),
        ("[cliquez](javascript:alert(1))", "cliquez)"),
        ("[site](https://essai.example) et **gras**", "[site](https://essai.example) et **gras**"),
        ("![suivi](https://espion.example/x.png)", "suivi"),
        ("Maison\u202e gnilbmur\u200b", "Maison gnilbmur"),
        ("Ville\u0000\u0007 de", "Ville   de"),
        ("{{ 7*7 }} {% load x %} ${x}", "{{ 7*7 }} {% load x %} ${x}"),
        ("moins de 18 ans < 3 enfants > 2", "moins de 18 ans < 3 enfants > 2"),
        ("مركز\u200c التوظيف", "مركز\u200c التوظيف"),
    ],
)
def test_text_is_shown_harmless_and_keeps_its_words(written, shown):
    assert clean_text(written) == shown


def test_line_stays_one_line():
    assert clean_line("Maison<br>des\nassociations") == "Maison des associations"
