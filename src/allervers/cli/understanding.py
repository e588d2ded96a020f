"""`allervers understand`: what a sentence asks for, as codes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from allervers.cli.app import app
from allervers.cli.output import ExitCode, print_json, refuse, results
from allervers.directory.queries.telling import understood_json
from allervers.engines.vocabulary import Understanding, vocabulary
from allervers.engines.vocabulary import understand as understand_text


@app.command()
def understand(
    text: Annotated[str, typer.Argument(help="Une phrase, comme on la dit.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="Un fichier, une phrase par ligne.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Une réponse en JSON.")] = False,
) -> None:
    """Comprendre une phrase : besoins, publics, urgence."""
    if bool(text.strip()) == (file is not None):
        refuse("Donnez une phrase, ou un fichier avec --file. Rien n’a été lu.", code=ExitCode.USAGE)
    if file is not None:
        for line in lines_of(file):
            print_json(understood_json(understand_text(line)))
        return
    understanding = understand_text(text)
    if as_json:
        print_json(understood_json(understanding))
    else:
        results.print(_table(understanding))


def lines_of(file: Path) -> list[str]:
    """Those that are not empty. Ends the command with a sentence when the file cannot be read."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError:
        refuse(f"Le fichier « {file.name} » ne peut pas être lu. Vérifiez son nom et vos droits.")
    except UnicodeDecodeError:
        refuse(f"Le fichier « {file.name} » n’est pas en UTF-8. Enregistrez-le en UTF-8, puis recommencez.")
    return [line for line in text.split("\n") if line.strip()]


def _table(understanding: Understanding) -> Table:
    words = vocabulary()
    table = Table("Compris", "Code", "Score")
    labels: Mapping[str, object] = {**words.thematiques, **words.publics}
    for scored in (*understanding.thematiques, *understanding.publics):
        table.add_row(str(getattr(labels[scored.value], "label", "")), scored.value, f"{scored.score:.2f}")
    if understanding.urgent:
        table.add_row("Urgence", understanding.urgent.kind, " · ".join(understanding.urgent.numbers))
    if table.row_count == 0:
        table.add_row("Rien de précis : demandez autrement.", "", "")
    return table
