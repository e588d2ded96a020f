"""`allervers geocode`: where a typed address is."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from allervers.cli.app import app
from allervers.cli.output import ExitCode, print_json, refuse, results, say
from allervers.cli.prepared import prepared
from allervers.cli.understanding import lines_of
from allervers.directory.queries.locating import places_meant
from allervers.directory.queries.telling import geocoded_json
from allervers.territory.queries.geocoding import Geocoded, ground_names


@app.command()
def geocode(
    text: Annotated[str, typer.Argument(help="Une adresse, un lieu, un croisement, une ville.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="Un fichier, une adresse par ligne.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Une réponse en JSON.")] = False,
) -> None:
    """Situer une adresse, hors ligne : les meilleures réponses d’abord."""
    if bool(text.strip()) == (file is not None):
        sentence = "Donnez une adresse, ou un fichier avec --file. Rien n’a été lu."
        refuse(sentence, code=ExitCode.USAGE, report={"results": []} if as_json else None)
    lines = lines_of(file) if file is not None else []
    prepared()
    if file is not None:
        for line in lines:
            print_json(geocoded_json(places_meant(line)))
        return
    found = places_meant(text)
    if as_json:
        print_json(geocoded_json(found))
    elif found:
        results.print(_table(found))
    else:
        say(f"« {text} » ne ressemble à rien de connu ici. Essayez la rue et la ville, ou le code postal.")
    if ground_names() is None:
        say(
            "Aucune adresse n’est chargée : seules les communes sont connues. "
            "Pour en charger : allervers territory update NOM --addresses FICHIER"
        )


KINDS = {
    "housenumber": "numéro",
    "interpolated": "numéro estimé",
    "street": "rue",
    "crossing": "croisement",
    "place": "lieu",
    "municipality": "commune",
    "neighbourhood": "quartier",
}


def _table(found: list[Geocoded]) -> Table:
    table = Table("Réponse", "Nature", "Quartier prioritaire", "Score", "Point")
    for one in found:
        quarter = f"{one.quarter.name} ({one.quarter.code})" if one.quarter else "—"
        kind = KINDS[one.kind.value]
        if one.between:
            kind += f" entre le {one.between[0]} et le {one.between[1]}"
        point = f"{one.latitude:.5f}, {one.longitude:.5f}"
        table.add_row(Text(one.label), kind, quarter, f"{one.score:.2f}", point)
    return table
