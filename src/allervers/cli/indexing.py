"""`allervers index`: build the search index again."""

from typing import Annotated

import typer
from django.utils import timezone

from allervers.cli.app import app
from allervers.cli.output import console, print_json, results
from allervers.cli.prepared import prepared
from allervers.directory.actions.indexing import build_index


@app.command()
def index(
    as_json: Annotated[bool, typer.Option("--json", help="Le résultat en JSON.")] = False,
) -> None:
    """Reconstruire l’index de recherche à partir de l’annuaire."""
    prepared()
    with console.status("Construction de l’index…"):
        built = build_index(now=timezone.now())
    if as_json:
        print_json({"version": built.version, "services": built.services, "built_at": built.built_at})
    else:
        results.print(f"Index construit : {built.services} services.")
