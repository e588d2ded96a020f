"""`allervers import template`: our own spreadsheet, to be filled by a town."""

from pathlib import Path

from allervers.cli.output import refuse, results
from allervers.directory.intake.template import write_csv, write_xlsx
from allervers.directory.models import Kind

XLSX = Path("modele-allervers.xlsx")
CSV = {Kind.STRUCTURE: Path("modele-structures.csv"), Kind.SERVICE: Path("modele-services.csv")}


def write_template(*, as_csv: bool) -> None:
    """In the current folder; a file that is there already is never overwritten."""
    paths = [*CSV.values()] if as_csv else [XLSX]
    if found := [path.name for path in paths if path.exists()]:
        refuse(f"« {found[0]} » existe déjà ici : rien n’a été écrit. Renommez-le, ou changez de dossier.")
    try:
        if as_csv:
            for kind, path in CSV.items():
                write_csv(path, kind)
        else:
            write_xlsx(XLSX)
    except OSError as error:
        refuse(f"Le modèle ne s’écrit pas ici ({error.strerror or error}). Changez de dossier.")
    results.print(" ".join(path.name for path in paths))
