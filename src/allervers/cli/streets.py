"""`allervers territory streets …`: the streets of the map, from an extract of OpenStreetMap."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from django.db import transaction

from allervers.cli.ground import Sources, ground_files, say_ground
from allervers.cli.output import ExitCode, print_json, refuse, say
from allervers.cli.prepared import prepared
from allervers.cli.territory import NOTHING_CHANGED, AsJson, described, territory
from allervers.engines.cartography import BadFrame, Bounds, ExtractUnreadable, clip_extract
from allervers.territory.actions import TerritoryError
from allervers.territory.ground.fetching import fetched
from allervers.territory.ground.refusal import GroundRefused
from allervers.territory.queries import declared_territory

streets = typer.Typer(help="Les rues que montre la carte.", no_args_is_help=True)
territory.add_typer(streets, name="streets")

UNREADABLE = "Le fichier des rues n’est pas un extrait d’OpenStreetMap (.osm.pbf), ou il est coupé."


@streets.command()
def add(
    file: Annotated[
        str, typer.Argument(metavar="FICHIER|URL", help="Un extrait d’OpenStreetMap (.osm.pbf).")
    ],
    bbox: Annotated[
        str, typer.Option(metavar="O,S,E,N", help="N’en garder que ce rectangle : 3.80,43.56,3.95,43.66.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Donner à la carte ses rues, à la place des précédentes."""
    bounds = _bounds(bbox)
    prepared()
    declared = declared_territory()
    nothing = described(declared) if as_json else None
    if declared is None:
        sentence = "Aucun territoire n’est déclaré : allervers territory create NOM --commune CODE. "
        refuse(sentence + NOTHING_CHANGED, report=nothing)
    try:
        with (
            _clipped(file, bounds) as extract,
            ground_files(Sources(streets=str(extract)), municipalities=declared.municipality_codes) as files,
            transaction.atomic(),
        ):
            ground = files.applied()
    except ExtractUnreadable:
        refuse(f"{UNREADABLE} {NOTHING_CHANGED}", report=nothing)
    except GroundRefused as error:
        refuse(f"{error.sentence} {NOTHING_CHANGED}", report=nothing)
    except TerritoryError:
        refuse(f"Le territoire a changé pendant ce temps : recommencez. {NOTHING_CHANGED}", report=nothing)
    say(f"La carte de « {declared.name} » a ses rues.")
    say_ground(ground)
    if as_json:
        print_json(described(declared_territory()))


def _bounds(text: str) -> Bounds | None:
    """Four degrees: west, south, east, north."""
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
        return Bounds(west, south, east, north)
    except (ValueError, BadFrame):  # the number of parts, or what they say
        sentence = "--bbox attend quatre nombres, ouest, sud, est et nord, en degrés : 3.80,43.56,3.95,43.66."
        refuse(f"{sentence} {NOTHING_CHANGED}", code=ExitCode.USAGE)


@contextmanager
def _clipped(source: str, bounds: Bounds | None) -> Iterator[str | Path]:
    """The extract as given, or what of it lies in the rectangle. Raises: ExtractUnreadable, GroundRefused."""
    if bounds is None:
        yield source
        return
    with tempfile.TemporaryDirectory(prefix="allervers-", ignore_cleanup_errors=True) as folder:
        whole, kept = Path(folder) / "whole.osm.pbf", Path(folder) / "kept.osm.pbf"
        fetched(source, whole)
        ways = clip_extract(whole, kept, bounds)
        if not ways:
            raise GroundRefused("Ce rectangle ne contient aucune rue du fichier.")
        yield kept
