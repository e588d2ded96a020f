"""`allervers backup`, `restore`, `export`: what an installation holds, kept elsewhere."""

import secrets
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone

from allervers.cli.app import app, set_up
from allervers.cli.output import console, refuse, say
from allervers.cli.prepared import prepared
from allervers.config.backup import NotABackup, write_backup
from allervers.config.restore import NotEmpty
from allervers.config.restore import restore as bring_back
from allervers.directory.actions.indexing import build_index
from allervers.directory.queries.exporting import v1_records


@app.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le fichier à écrire.")]) -> None:
    """Sauvegarder toute l’installation en un fichier, site ouvert ou non."""
    prepared()
    try:
        with console.status("Sauvegarde…"):
            manifest = write_backup(file.absolute(), now=timezone.now())
    except OSError as error:
        refuse(f"La sauvegarde n’a pas pu être écrite ({error.strerror or error}). Rien n’a changé. {SPACE}")
    except NotABackup as error:
        refuse(f"La sauvegarde relue n’est pas bonne ({error}). Elle n’a pas été gardée. {SPACE}")
    megabytes = f"{file.stat().st_size / 1_000_000:.1f}".replace(".", ",")
    say(
        f"Sauvegarde écrite et relue : {file} ({megabytes} Mo, {len(manifest['files'])} fichiers). "
        "Elle ne contient ni la clé secrète ni les sessions ouvertes. "
        "Elle contient des comptes et ce que des lecteurs ont écrit : gardez-la à l’abri."
    )


SPACE = "Vérifiez la place sur le disque et vos droits, puis relancez."


@app.command()
def restore(file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Une sauvegarde.")]) -> None:
    """Remettre une sauvegarde dans un dossier de données vide (ALLERVERS_DATA)."""
    set_up()
    try:
        with console.status("Vérification, puis restauration…"):
            manifest = bring_back(file)
    except NotABackup as error:
        refuse(f"« {file} » n’est pas restaurée : {error}. Rien n’a changé.")
    except NotEmpty:
        refuse(
            f"Il y a déjà des fiches ou des comptes dans {settings.DATA} ou dans sa base. Rien n’a changé. "
            "Choisissez un dossier vide avec ALLERVERS_DATA (et une base vide avec DATABASE_URL)."
        )
    except OSError as error:
        refuse(f"« {file} » n’a pas pu être restaurée ({error.strerror or error}). {SPACE}")
    prepared()
    with console.status("Construction de l’index…"):
        built = build_index(now=timezone.now())
    say(
        f"Sauvegarde du {manifest['made_at'][:10]} restaurée : {built.services} services répondent. "
        "La clé secrète est neuve : chacun se reconnecte."
    )


@app.command()
def export(file: Annotated[Path, typer.Argument(metavar="FICHIER.jsonl", help="À écrire.")]) -> None:
    """Écrire l’annuaire selon le schéma data·inclusion v1, corrections comprises : une fiche par ligne."""
    if file.suffix != ".jsonl":
        raise typer.BadParameter("On écrit ici un fichier .jsonl.", param_hint="FICHIER")
    prepared()
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    count = 0
    try:
        with draft.open("xb") as stream, console.status("Export…"):
            for record in v1_records():
                stream.write(record + b"\n")
                count += 1
        draft.replace(file)
    except OSError as error:
        refuse(f"« {file} » n’a pas pu être écrit ({error.strerror or error}). Rien n’a changé. {SPACE}")
    finally:
        draft.unlink(missing_ok=True)
    say(f"{count} fiches écrites dans {file}.")
