"""`allervers demo`: a fictional town to try everything on."""

from typing import Annotated

import typer
from django.utils import timezone

from allervers.accounts.actor import SYSTEM
from allervers.cli.app import app
from allervers.cli.output import print_json, refuse, say
from allervers.cli.prepared import prepared
from allervers.cli.serving import WORKERS_MAX, serve_site
from allervers.cli.watching import Watch
from allervers.demo.actions import OtherTerritory, prepare_demo
from allervers.demo.people import missing_needs
from allervers.directory.intake.refusal import Refused
from allervers.engines.vocabulary import vocabulary
from allervers.territory.actions import TerritoryError
from allervers.territory.ground.refusal import GroundRefused


@app.command()
def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Préparer seulement.")] = False,
    host: Annotated[str, typer.Option(help="L’adresse où répondre.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Le port. 0 : un port libre.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=WORKERS_MAX, help="Processus qui répondent.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Ce qui a été préparé, en JSON.")] = False,
) -> None:
    """Préparer Rivelaine, une ville fictive, et la servir."""
    nothing: dict[str, object] | None = {"added": 0, "missing_needs": []} if as_json else None
    try:
        prepared()
        with Watch() as watch:
            report = prepare_demo(by=SYSTEM, now=timezone.now(), onlooker=watch)
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
