"""A plainly fictional directory around La Mosson, for a server of its own."""

import json
from pathlib import Path

from tests.cli.running import run

CARE = "famille--garde-denfants"
FRENCH = "lecture-ecriture-calcul--maitriser-le-francais"
JOBS = "trouver-un-emploi--repondre-a-des-offres-demploi"
HOME = "lat=43.632&lon=3.822"
OPERATOR = ("operatrice@exemple.example", "une phrase que personne ne dit")
STREETS = ("rue des Hirondelles", "place du Marché", "rue des Lilas", "allée des Tilleuls", "quai du Port")


def prepare(data: Path, folder: Path) -> None:
    """Declare the territory, import the directory, make an operator; all by the commands people type."""
    files = [folder / "structures.json", folder / "services.json"]
    for file, records in zip(files, (structures(), services()), strict=True):
        file.write_text(json.dumps(records), encoding="utf-8")
    desk = ("--desk-name", "La Maison du quartier", "--desk-phone", "01 99 00 12 34")
    for arguments in (
        ("territory", "create", "montpellier", "--commune", "34172", *desk),
        ("import", *map(str, files), "--feed", "essai"),
    ):
        done = run(*arguments, data=data)
        assert done.returncode == 0, done.stderr or done.stdout
    made = run("operator", "create", OPERATOR[0], "--password-stdin", data=data, stdin=OPERATOR[1] + "\n")
    assert made.returncode == 0, made.stderr


def structures() -> list[dict[str, object]]:
    return [structure(number) for number in range(14)]


def structure(number: int) -> dict[str, object]:
    kinds = ("Halte-garderie", "Relais petite enfance", "Crèche associative", "Association", "Maison")
    names = ("Les Hirondelles", "du Port", "Grandir ensemble", "Mots et Cie", "des Tilleuls", "La Passerelle")
    return {
        "source": "essai",
        "id": f"essai--{number}",
        "nom": f"{kinds[number % 5]} {names[number % 6]}",
        "date_maj": "2026-11-19",
        "description": "Une équipe vous accueille et vous écoute.",
        "telephone": f"01990045{number:02d}" if number % 4 != 3 else None,
        "courriel": f"contact@structure-{number}.example",
        "adresse": f"{number + 2} {STREETS[number % 5]}",
        "code_postal": "34080",
        "commune": "Montpellier",
        "code_insee": "34172",
        "latitude": 43.632 + number / 1500,
        "longitude": 3.822 + number / 2500,
    }


def services() -> list[dict[str, object]]:
    care = [service(number, CARE, titles=CARE_TITLES, publics=["familles"]) for number in range(14)]
    french = [
        service(number + 20, FRENCH, titles=("Ateliers de français", "Alphabétisation"), frais="gratuit")
        for number in range(4)
    ]
    jobs = [
        service(number + 40, JOBS, titles=("Des offres d’emploi près d’ici",), modes_accueil=["a-distance"])
        for number in range(3)
    ]
    reserved = service(60, FRENCH, titles=("Français du quartier",), publics=["residents-qpv-frr"])
    return [*care, *french, *jobs, reserved]


CARE_TITLES = (
    "Accueil des 0-3 ans, même quelques heures",
    "Trouver une assistante maternelle",
    "Garde tôt le matin et tard le soir",
)


def service(number: int, need: str, *, titles: tuple[str, ...], **fields: object) -> dict[str, object]:
    return {
        "source": "essai",
        "structure_id": f"essai--{number % 14}",
        "id": f"essai--{number}",
        "nom": titles[number % len(titles)],
        "description": "On vous reçoit, on regarde avec vous ce qui convient.\n\nVenez comme vous êtes.",
        "date_maj": "2026-11-19" if number % 3 else "2024-02-01",
        "thematiques": [need],
        "horaires_accueil": (None, "24/7", "Mo-Fr 09:00-12:00,14:00-18:00")[number % 3],
        "frais": (None, "gratuit", "payant")[number % 3],
        "modes_mobilisation": ["telephoner", "se-presenter"],
    } | fields
