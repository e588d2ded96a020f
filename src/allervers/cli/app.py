"""The Typer application that every noun registers its commands on."""

import os
from importlib.metadata import version
from typing import Annotated

import django
import typer

from allervers.cli.french import FrenchGroup

app = typer.Typer(
    name="allervers",
    help="Le guichet de l’emploi d’un contrat de ville et de ses quartiers.",
    cls=FrenchGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _say_version(asked: bool) -> None:
    if asked:
        print(f"allervers {version('allervers')}")
        raise typer.Exit


@app.callback()
def allervers(
    asked_version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="La version, et rien d’autre."),
    ] = False,
) -> None:
    """Le guichet de l’emploi d’un contrat de ville et de ses quartiers."""


def set_up() -> None:
    """Django, without touching the database or the disk: enough to read models and settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allervers.config.settings")
    django.setup()
