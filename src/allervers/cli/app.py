"""The Typer application, and what every command does first: bring the data folder up to date."""

import os

import django
import typer

app = typer.Typer(
    name="allervers",
    help="Le guichet de l’emploi d’un contrat de ville et de ses quartiers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def set_up() -> None:
    """Django, without touching the database: enough to read models and settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allervers.config.settings")
    django.setup()
