"""`allervers territory …`: what this installation serves, and whom its residents call."""

from dataclasses import asdict
from typing import Annotated, NoReturn

import typer
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from rich.table import Table
from rich.text import Text

from allervers.accounts.actor import SYSTEM
from allervers.cli.app import app
from allervers.cli.ground import Sources, described_ground, ground_files, refresh_index, say_ground
from allervers.cli.identity import Appearance, Colour, LogoFile, appearance_sentence
from allervers.cli.output import ExitCode, print_json, refuse, results, say
from allervers.cli.prepared import prepared
from allervers.territory import actions
from allervers.territory.ground.refusal import GroundRefused
from allervers.territory.queries import declared_territory, desk_at, local_now, municipality
from allervers.territory.queries.declared import DeclaredDesk, DeclaredTerritory
from allervers.territory.reference import Municipality
from allervers.territory.reference.divisions import DEPARTEMENTS

territory = typer.Typer(help="Le territoire que cette installation sert.", no_args_is_help=True)
app.add_typer(territory, name="territory")

NOTHING_CHANGED = "Rien n’a changé."
DESK_FIELDS = {
    "name": "--desk-name attend un nom, de 100 caractères au plus.",
    "phone": "--desk-phone attend un numéro de téléphone, comme 01 99 00 12 34.",
    "hours": "--desk-hours attend des horaires comme « Mo-Fr 09:00-12:00,14:00-18:00 » (OpenStreetMap).",
}
AsJson = Annotated[bool, typer.Option("--json", help="Le territoire en JSON.")]
Neighbourhoods = Annotated[
    str, typer.Option(metavar="FICHIER|URL", help="Les périmètres des quartiers prioritaires (GeoJSON).")
]
Addresses = Annotated[
    str,
    typer.Option(
        metavar="FICHIER|URL",
        help="Les adresses (CSV de la Base adresse nationale) ; public : la télécharger.",
    ),
]
Streets = Annotated[str, typer.Option(metavar="FICHIER|URL", help="Les rues d’OpenStreetMap (.osm.pbf).")]
Limits = Annotated[
    str, typer.Option(metavar="FICHIER|URL", help="Les limites des communes, pour la carte (GeoJSON).")
]
Places = Annotated[
    str,
    typer.Option(
        metavar="FICHIER|URL", help="Des lieux nommés : CSV (nom, lat, lon), GeoJSON ou GTFS (.zip)."
    ),
]


@territory.command()
def create(
    name: Annotated[str, typer.Argument(metavar="NOM", help="Un nom court : montpellier.")],
    commune: Annotated[
        list[str], typer.Option("--commune", metavar="CODE", help="Le code Insee d’une commune ; à répéter.")
    ],
    display_name: Annotated[str, typer.Option("--name", help="Le nom que lisent les habitants.")] = "",
    time_zone: Annotated[
        str, typer.Option(metavar="FUSEAU", help="Europe/Paris… Sinon, celui du département.")
    ] = "",
    desk_name: Annotated[str, typer.Option(help="La personne ou le lieu que l’on appelle.")] = "",
    desk_phone: Annotated[str, typer.Option(metavar="NUMÉRO", help="Son téléphone.")] = "",
    desk_hours: Annotated[
        str, typer.Option(metavar="HORAIRES", help="Ses horaires : « Mo-Fr 09:00-12:00 ».")
    ] = "",
    colour: Colour = "",
    logo: LogoFile = None,
    neighbourhoods: Neighbourhoods = "",
    addresses: Addresses = "",
    streets: Streets = "",
    limits: Limits = "",
    places: Places = "",
    as_json: AsJson = False,
) -> None:
    """Déclarer le territoire que sert cette installation : un seul par dossier."""
    nothing = described(None) if as_json else None
    desk = _desk(desk_name, desk_phone, desk_hours, report=nothing)
    prepared()
    codes = [code.strip().upper() for code in commune]
    sources = Sources(neighbourhoods, addresses, streets, limits, places)
    try:
        with ground_files(sources, municipalities=codes) as files, transaction.atomic():
            actions.create_territory(
                name,
                name=display_name,
                municipalities=codes,
                time_zone=time_zone,
                desks=[desk] if desk else [],
                by=SYSTEM,
                at=timezone.now(),
            )
            Appearance(colour, logo).applied()
            ground = files.applied()
    except (actions.TerritoryError, GroundRefused, OSError) as error:
        _refuse(error, report=nothing)
    _say_created()
    say_ground(ground)
    if ground:
        refresh_index()
    if as_json:
        print_json(described(declared_territory()))


@territory.command()
def update(
    name: Annotated[str, typer.Argument(metavar="NOM", help="Le nom court du territoire déclaré.")],
    commune: Annotated[
        list[str] | None,
        typer.Option("--commune", metavar="CODE", help="Ses communes, à la place de toutes ; à répéter."),
    ] = None,
    display_name: Annotated[str, typer.Option("--name", help="Le nom que lisent les habitants.")] = "",
    desk_name: Annotated[str, typer.Option(help="La personne ou le lieu que l’on appelle.")] = "",
    desk_phone: Annotated[str, typer.Option(metavar="NUMÉRO", help="Son téléphone.")] = "",
    desk_hours: Annotated[
        str, typer.Option(metavar="HORAIRES", help="Ses horaires : « Mo-Fr 09:00-12:00 ».")
    ] = "",
    colour: Colour = "",
    logo: LogoFile = None,
    neighbourhoods: Neighbourhoods = "",
    addresses: Addresses = "",
    streets: Streets = "",
    limits: Limits = "",
    places: Places = "",
    as_json: AsJson = False,
) -> None:
    """Remplacer ce que l’on donne : communes, nom, couleur, logo, guichet, fichiers. Le reste demeure."""
    prepared()
    declared = declared_territory()
    nothing = described(declared) if as_json else None
    if declared is None or declared.slug != slugify(name):
        there = f"le territoire déclaré est « {declared.slug} »" if declared else "aucun n’est déclaré ici"
        sentence = f"« {name} » n’est pas le territoire de ce dossier : {there}. {NOTHING_CHANGED}"
        refuse(sentence, report=nothing)
    codes = [code.strip().upper() for code in commune or ()]
    sources = Sources(neighbourhoods, addresses, streets, limits, places)
    appearance = Appearance(colour, logo, _desk(desk_name, desk_phone, desk_hours, report=nothing))
    if not (codes or display_name or sources.given or appearance.given):
        sentence = (
            "Dites ce qui change : --commune, --name, --colour, --logo, --desk-name et --desk-phone, "
            "--neighbourhoods, --addresses, --streets, --limits ou --places. "
        )
        refuse(sentence + NOTHING_CHANGED, code=ExitCode.USAGE, report=nothing)
    try:
        towns = codes or declared.municipality_codes
        with ground_files(sources, municipalities=towns) as files, transaction.atomic():
            actions.update_territory(name=display_name, municipalities=codes, by=SYSTEM, at=timezone.now())
            appearance.applied()
            ground = files.applied()
    except (actions.TerritoryError, GroundRefused, OSError) as error:
        _refuse(error, report=nothing)
    say(f"Le territoire « {declared.name} » est à jour.")
    say_ground(ground)
    if ground:
        refresh_index()
    if as_json:
        print_json(described(declared_territory()))


@territory.command()
def show(as_json: AsJson = False) -> None:
    """Montrer le territoire déclaré, ses communes et qui l’on appelle."""
    prepared()
    declared = declared_territory()
    if as_json:
        print_json(described(declared))
    elif declared is None:
        say(
            "Aucun territoire n’est déclaré : l’annuaire répond pour tout le pays. "
            "Pour en déclarer un : allervers territory create NOM --commune CODE"
        )
    else:
        _show(declared)


def described(declared: DeclaredTerritory | None) -> dict[str, object]:
    """The contract of `territory show --json`; without a territory, nulls and empty lists."""
    towns = _towns(declared) if declared else []
    return {
        "slug": declared.slug if declared else None,
        "name": declared.name if declared else None,
        "time_zone": declared.time_zone if declared else None,
        "municipalities": [
            {
                "code_insee": town.code_insee,
                "nom": town.nom,
                "departement": town.departement,
                "epci": town.epci or None,
                "population": town.population,
            }
            for town in towns
        ],
        "desks": [asdict(desk) for desk in declared.desks] if declared else [],
        "colour": (declared.identity.colour or None) if declared and declared.identity else None,
        "logo": bool(declared and declared.identity and declared.identity.logo_type),
        "ground": described_ground() if declared else None,
    }


def _towns(declared: DeclaredTerritory) -> list[Municipality]:
    return [town for code in declared.municipality_codes if (town := municipality(code))]


def _say_created() -> None:
    declared = declared_territory()
    if declared is None:
        return
    towns = ", ".join(f"{town.nom} ({town.code_insee})" for town in _towns(declared))
    say(f"Le territoire « {declared.name} » est déclaré : {towns}. Fuseau horaire : {declared.time_zone}.")
    if not declared.desks:
        say("Sans guichet (--desk-name, --desk-phone), les pages donnent le 39 39, Allô Service Public.")


def _show(declared: DeclaredTerritory) -> None:
    title = Text(f"{declared.name} ({declared.slug}), fuseau {declared.time_zone}")
    table = Table("Code", "Commune", "Département", "Habitants", title=title)
    for town in _towns(declared):
        people = "—" if town.population is None else f"{town.population:,}".replace(",", "\u202f")
        table.add_row(town.code_insee, town.nom, DEPARTEMENTS.get(town.departement, town.departement), people)
    results.print(table)
    desk = desk_at(local_now())
    results.print(Text(f"On appelle : {desk.phone}. {desk.sentence}"), soft_wrap=not results.is_terminal)


def _desk(name: str, phone: str, hours: str, *, report: dict[str, object] | None) -> DeclaredDesk | None:
    """None when nothing was said of it; half a desk is refused."""
    if not any((name, phone, hours)):
        return None
    if not (name and phone):
        sentence = f"Un guichet a un nom et un téléphone : --desk-name et --desk-phone. {NOTHING_CHANGED}"
        refuse(sentence, code=ExitCode.USAGE, report=report)
    return DeclaredDesk(name, phone, hours)


def _refuse(
    error: actions.TerritoryError | GroundRefused | OSError, *, report: dict[str, object] | None
) -> NoReturn:
    if isinstance(error, OSError):
        reason = error.strerror or type(error).__name__
        refuse(f"Un fichier ne se laisse pas lire ({reason}). {NOTHING_CHANGED}", report=report)
    if isinstance(error, GroundRefused):
        refuse(f"{error.sentence} {NOTHING_CHANGED}", report=report)
    sentence, code = _sentence(error)
    refuse(f"{sentence} {NOTHING_CHANGED}", code=code, report=report)


def _sentence(error: actions.TerritoryError) -> tuple[str, ExitCode]:
    """What happened and what to do, and how the command ends."""
    if appearance := appearance_sentence(error):
        return appearance
    match error:
        case actions.TerritoryExists(slug):
            return (
                f"Ce dossier sert déjà le territoire « {slug} », et un dossier n’en sert qu’un. "
                "Pour un autre, donnez un autre dossier dans ALLERVERS_DATA.",
                ExitCode.REFUSED,
            )
        case actions.UnknownMunicipality(unknown):
            return " ".join(_unknown(code, nearest) for code, nearest in unknown), ExitCode.REFUSED
        case actions.BadName(name):
            return f"« {name} » ne fait pas un nom : il y faut des lettres, 50 au plus.", ExitCode.USAGE
        case actions.UnknownTimeZone(zone):
            known = "Écrivez par exemple Europe/Paris ou Indian/Reunion."
            return f"« {zone} » n’est pas un fuseau horaire connu. {known}", ExitCode.USAGE
        case actions.GroundMoved():
            return "Une autre commande vient de changer ce territoire. Recommencez.", ExitCode.REFUSED
        case actions.BadDesk(field, value):
            return f"« {value} » ne convient pas. {DESK_FIELDS[field]}", ExitCode.USAGE
        case _:
            raise error


def _unknown(code: str, nearest: tuple[Municipality, ...]) -> str:
    """« Aucune commune n’a le code 34080. Peut-être : Montpellier (34172) ? »"""
    maybe = ", ".join(f"{town.nom} ({town.code_insee})" for town in nearest)
    return f"Aucune commune n’a le code {code}." + (f" Peut-être : {maybe} ?" if maybe else "")
