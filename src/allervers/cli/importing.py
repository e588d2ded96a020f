"""`allervers import`: files in, a report out."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from django.utils import timezone
from rich.table import Table
from rich.text import Text

from allervers.accounts.actor import SYSTEM
from allervers.cli.app import app
from allervers.cli.output import ExitCode, print_json, refuse, results, say
from allervers.cli.prepared import prepared
from allervers.cli.previewing import show_preview
from allervers.cli.templating import write_template
from allervers.cli.watching import Watch
from allervers.directory.actions.importing import BadFeedName, import_files
from allervers.directory.intake.mapping import read_mapping
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.remote import bring, is_address
from allervers.directory.intake.report import Rejection, Report

SHOWN = 20  # refused rows on screen; --json has them all


@app.command("import")
def import_(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FICHIER…",
            help="Fichiers ou adresses : CSV, JSON, GeoJSON, Parquet, XLSX. Ou « template ».",
        ),
    ],
    feed: Annotated[
        str, typer.Option("--feed", metavar="NOM", help="D’où viennent ces fiches : open-data.")
    ] = "",
    as_xlsx: Annotated[bool, typer.Option("--xlsx", help="Avec « template » : le modèle en XLSX.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Avec « template » : le modèle en deux CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Le compte rendu en JSON.")] = False,
    map_file: Annotated[
        Path | None,
        typer.Option("--mapping", metavar="MAP.YML", help="Ce que sont les colonnes d’un autre tableau."),
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="Un extrait : ce qu’il ne contient pas n’est pas manquant.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Montrer ce qui changerait, sans rien changer.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Appliquer même si beaucoup de fiches disparaîtraient.")
    ] = False,
) -> None:
    """Importer des structures et des services dans l’annuaire."""
    if files == ["template"] and (as_xlsx or as_csv or not feed):
        write_template(as_csv=as_csv)
        return
    nothing = Report().as_json() if as_json else None
    try:
        prepared()
        with Watch() as watch, TemporaryDirectory() as folder:
            report = import_files(
                _here(files, Path(folder), watch),
                feed=feed,
                by=SYSTEM,
                now=timezone.now(),
                onlooker=watch,
                mapping=read_mapping(map_file) if map_file else None,
                partial=partial,
                yes=yes,
                dry_run=dry_run,
            )
    except BadFeedName:
        sentence = (
            "--feed attend un nom sans espace ni accent, comme open-data (50 caractères au plus). "
            "L’annuaire n’a pas changé."
        )
        refuse(sentence, code=ExitCode.USAGE, report=nothing)
    except Refused as refused:
        refuse(refused.sentence, report=nothing)
    except OSError as error:  # of the data folder itself: those of the files are Refused
        sentence = f"Le dossier de données ne se laisse pas préparer ({error.strerror or error}). "
        refuse(sentence + "L’annuaire n’a pas changé. Vérifiez ALLERVERS_DATA et vos droits.", report=nothing)
    except KeyboardInterrupt:
        refuse("Import interrompu. L’annuaire n’a pas changé. Relancez quand vous voulez.", report=nothing)
    if as_json:
        print_json(report.as_json())
    else:
        show_report(report)
    if report.held and not dry_run:
        say(held_sentence(report))
        raise typer.Exit(ExitCode.HELD)


def _here(files: list[str], folder: Path, watch: Watch) -> list[Path]:
    """Files of this disk as they are, those of the web brought here. Raises Refused."""
    urls = [text for text in files if is_address(text)]
    brought = bring(
        urls, folder, advance=lambda done, total: watch.advance("Téléchargement", done=done, total=total)
    )
    return [*(Path(text) for text in files if not is_address(text)), *brought]


def held_sentence(report: Report) -> str:
    """Why a run waits, and how to decide."""
    gone = " ; ".join(
        f"{one['missing']} des {one['live']} fiches de « {one['source']} » n’y sont plus"
        for one in report.held
    )
    return (
        f"Import en attente : {gone}. L’annuaire n’a pas changé. Si c’est voulu : "
        f"« allervers runs apply {report.run} », ou le même import avec --yes. "
        f"Sinon : « allervers runs discard {report.run} »."
    )


def show_report(report: Report) -> None:
    """For people: counts, what a dry run would change, refused rows."""
    counts = Table("Fiches", "", show_header=False)
    for words, count in (
        ("lues", report.read),
        ("ajoutées", report.added),
        ("modifiées", report.changed),
        ("inchangées", report.unchanged),
        ("absentes de ces fichiers, toujours montrées", report.missing),
        ("retirées, absentes depuis longtemps", report.retired),
        ("en attente de leur structure", report.quarantined),
        ("champs refusés", report.rejected_total - report.quarantined),
    ):
        if count or words == "lues":
            counts.add_row(words, f"{count:,}".replace(",", "\u202f"))
    results.print(counts)
    show_preview(report.preview or {})
    for one in report.rejected[:SHOWN]:
        results.print(Text(_refused_row(one)))
    others = report.rejected_total - SHOWN
    if others > 0:
        results.print(f"… et {others} de plus : --json les donne toutes.")


def _refused_row(one: Rejection) -> str:
    entry = one.as_json()
    where = f"{entry['file']}, ligne {entry['row']}"
    what = f"{entry['field'] or 'la ligne'} « {entry['value']} »" if entry["value"] else entry["field"]
    line = " : ".join(filter(None, (where, what, entry["reason"])))
    return line.replace("« ", "«\u00a0").replace(" »", "\u00a0»")  # a mark stays beside its word
