"""`allervers demo`: a fictional town to try everything on."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from allervers.accounts.actor import SYSTEM
from allervers.cli.app import app
from allervers.cli.output import ExitCode, print_json, refuse, say
from allervers.cli.prepared import prepared
from allervers.cli.serving import WORKERS_MAX, serve_site
from allervers.cli.watching import Watch
from allervers.demo.actions import OtherTerritory, prepare_demo
from allervers.demo.france import FILES, ORGANISATIONS, SEED, SERVICES, write_france
from allervers.demo.people import missing_needs
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.report import Report
from allervers.engines.vocabulary import vocabulary
from allervers.territory.actions import TerritoryError
from allervers.territory.ground.refusal import GroundRefused

MOST = 10_000_000  # records of a kind


class Scale(StrEnum):
    TOWN = "ville"
    FRANCE = "france"


@app.command()
def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Préparer seulement.")] = False,
    host: Annotated[str, typer.Option(help="L’adresse où répondre.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Le port. 0 : un port libre.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=WORKERS_MAX, help="Processus qui répondent.")] = 1,
    scale: Annotated[
        Scale, typer.Option(help="ville : Rivelaine. france : un annuaire national, en fichiers.")
    ] = Scale.TOWN,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DOSSIER", help="Avec france : où écrire les fichiers.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Avec france : la même graine donne les mêmes fiches.")] = SEED,
    organisations: Annotated[
        int, typer.Option(min=1, max=MOST, help="Avec france : combien d’organisations.")
    ] = ORGANISATIONS,
    services: Annotated[
        int, typer.Option(min=1, max=MOST, help="Avec france : combien de services.")
    ] = SERVICES,
    as_json: Annotated[bool, typer.Option("--json", help="Ce qui a été préparé, en JSON.")] = False,
) -> None:
    """Préparer Rivelaine, une ville fictive, et la servir ; ou écrire un annuaire national inventé."""
    if scale is Scale.FRANCE:
        _write_france(out, seed=seed, organisations=organisations, services=services, as_json=as_json)
        return
    if out is not None:
        refuse("--out va avec --scale france. Rien n’a été écrit.", code=ExitCode.USAGE)
    report = _prepare_town(as_json=as_json)
    missing = missing_needs()
    if as_json:
        print_json({"added": report.added if report else 0, "missing_needs": missing})
    elif report:
        labels = vocabulary().thematiques
        say(f"Rivelaine est prête : {report.added} fiches. Personne n’y répond, exprès, à ces besoins :")
        for need in missing:
            say(f"  · {labels[need].label}")
    if not no_serve:
        serve_site(host=host, port=port, workers=workers)


def _prepare_town(*, as_json: bool) -> Report | None:
    nothing: dict[str, object] | None = {"added": 0, "missing_needs": []} if as_json else None
    try:
        prepared()
        with Watch() as watch:
            return prepare_demo(by=SYSTEM, now=timezone.now(), onlooker=watch)
    except OtherTerritory as other:
        refuse(
            f"Ce dossier de données sert déjà « {other.name} » : la ville fictive n’y entre pas. "
            "Rien n’a changé. Donnez-lui un dossier à elle : ALLERVERS_DATA=demo allervers demo",
            report=nothing,
        )
    except Refused as refused:
        refuse(refused.sentence, report=nothing)
    except (GroundRefused, TerritoryError, OSError) as error:
        refuse(f"Rivelaine n’a pas pu être préparée ({error}). Relancez la commande.", report=nothing)
    except KeyboardInterrupt:
        refuse("Interrompu. Relancez quand vous voulez : ce qui manque sera refait.", report=nothing)


def _write_france(out: Path | None, *, seed: int, organisations: int, services: int, as_json: bool) -> None:
    """Never over files that are there."""
    nothing: dict[str, object] | None = {"structures": 0, "services": 0} if as_json else None
    if out is None:
        refuse("Dites où écrire : --out DOSSIER. Rien n’a été écrit.", code=ExitCode.USAGE, report=nothing)
    if any((out / name).exists() for name in FILES):
        refuse(
            f"« {out.name} » contient déjà un annuaire national : rien n’a changé. Donnez un autre dossier.",
            report=nothing,
        )
    try:
        with Watch() as watch:
            files = write_france(
                out,
                today=timezone.localdate(),
                seed=seed,
                organisations=organisations,
                services=services,
                advance=watch.advance,
            )
    except OSError as error:
        refuse(
            f"« {out.name} » ne se laisse pas écrire ({error.strerror or error}). Vérifiez vos droits.",
            report=nothing,
        )
    except KeyboardInterrupt:
        refuse(
            "Interrompu : les fichiers ne sont pas complets. Recommencez dans un autre dossier.",
            report=nothing,
        )
    if as_json:
        print_json({"structures": files.records, "services": services})
        return
    say(f"Annuaire national écrit : {files.records} structures, {services} services. Pour le faire entrer :")
    say(f"allervers import {files.structures} {files.services} --feed france")
