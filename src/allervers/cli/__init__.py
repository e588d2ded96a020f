"""`allervers …`: the command line, one noun a file."""

import io
import sys
from importlib import import_module

import typer

from allervers.cli.app import app, set_up
from allervers.cli.output import ExitCode, say
from allervers.config.environment import BadSetting

NOUNS = (
    "demo",
    "doctor",
    "finding",
    "geocoding",
    "importing",
    "keeping",
    "indexing",
    "operator",
    "runs",
    "serving",
    "territory",
    "streets",
    "understanding",
    "working",
)


def main() -> None:
    """The console script. UTF-8 on every system, whatever the terminal says of itself."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        command_line()()
    except BadSetting as error:
        say(str(error))
        sys.exit(ExitCode.USAGE)
    except KeyboardInterrupt:  # while the program is still loading
        say("Interrompu. Rien n’a changé.")
        sys.exit(ExitCode.REFUSED)


def command_line() -> typer.Typer:
    """The application with all its commands. They read models: Django is set up first."""
    set_up()
    for noun in NOUNS:
        import_module(f"allervers.cli.{noun}")
    return app
