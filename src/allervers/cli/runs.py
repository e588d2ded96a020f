"""`allervers runs`: every reading of a feed, and what waits for a yes."""

import csv
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from django.utils import timezone
from rich.table import Table

from allervers.accounts.actor import SYSTEM
from allervers.cli.app import app
from allervers.cli.french import FrenchGroup
from allervers.cli.importing import show_report
from allervers.cli.output import print_json, refuse, results, say
from allervers.cli.prepared import prepared
from allervers.cli.watching import Watch
from allervers.directory.actions.held_runs import NotHeld, discard_held_run
from allervers.directory.actions.importing import apply_held_run
from allervers.directory.intake.refusal import Refused
from allervers.directory.queries.runs import REPORT_COLUMNS, import_runs, report_rows, run_named

runs = typer.Typer(help="Les imports passés et ceux qui attendent un oui.", cls=FrenchGroup)
app.add_typer(runs, name="runs")

Name = Annotated[UUID, typer.Argument(metavar="NOM", help="Le nom que « allervers runs list » montre.")]
AsJson = Annotated[bool, typer.Option("--json", help="Le résultat en JSON.")]


@runs.command("list")
def list_(
    feed: Annotated[str, typer.Option("--feed", metavar="NOM", help="De ce flux seulement.")] = "",
    held: Annotated[bool, typer.Option("--held", help="Ceux qui attendent un oui seulement.")] = False,
    as_json: AsJson = False,
) -> None:
    """Montrer les imports, le dernier d’abord."""
    prepared()
    found = import_runs(feed=feed, held_only=held)
    if as_json:
        print_json([run.as_json() for run in found])
        return
    table = Table("Nom", "Flux", "Le", "État", "Lues", "Ajoutées", "Modifiées", "Absentes", "Refus")
    for run in found:
        report = run.report
        counts = (report[name] for name in ("read", "added", "changed", "missing", "rejected_total"))
        when = f"{timezone.localtime(run.started_at):%d/%m/%Y %H:%M}"
        table.add_row(str(run.uid), run.feed, when, str(run.state_words), *map(str, counts))
    results.print(table)


@runs.command()
def show(
    name: Name,
    as_json: AsJson = False,
    to_csv: Annotated[Path | None, typer.Option("--csv", metavar="FICHIER", help="Les refus en CSV.")] = None,
) -> None:
    """Montrer le compte rendu d’un import : ses comptes, et ses refus regroupés."""
    prepared()
    run = run_named(name)
    if run is None:
        refuse("Aucun import ne porte ce nom : voyez « allervers runs list ». Rien n’a changé.")
    if to_csv is not None:
        try:
            with to_csv.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file, lineterminator="\r\n")
                writer.writerow(REPORT_COLUMNS)
                writer.writerows(report_rows(run))
        except OSError as error:
            refuse(f"« {to_csv} » n’a pas pu être écrit ({error.strerror}). Rien n’a changé.")
    if as_json:
        print_json(run.as_json())
        return
    results.print(f"{run.feed}, {timezone.localtime(run.started_at):%d/%m/%Y %H:%M} : {run.state_words}")
    for group in run.errors:
        results.print(group.sentence, markup=False)


@runs.command()
def apply(name: Name, as_json: AsJson = False) -> None:
    """Dire oui : appliquer un import qui attend."""
    prepared()
    try:
        with Watch() as watch:
            report = apply_held_run(name, by=SYSTEM, now=timezone.now(), onlooker=watch)
    except NotHeld:
        refuse("Aucun import de ce nom n’attend un oui : voyez « allervers runs list ». Rien n’a changé.")
    except Refused as refused:
        refuse(refused.sentence)
    except KeyboardInterrupt:
        refuse("Interrompu. L’annuaire n’a pas changé. Relancez quand vous voulez.")
    if as_json:
        print_json(report.as_json())
    else:
        show_report(report)


@runs.command()
def discard(name: Name) -> None:
    """Dire non : abandonner un import qui attend. L’annuaire reste comme il est."""
    prepared()
    try:
        discard_held_run(name, by=SYSTEM, now=timezone.now())
    except NotHeld:
        refuse("Aucun import de ce nom n’attend un oui : voyez « allervers runs list ». Rien n’a changé.")
    say("Import abandonné. L’annuaire n’a pas changé ; le compte rendu est gardé.")
