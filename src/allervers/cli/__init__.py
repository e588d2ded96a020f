"""`allervers …`: the command line, one noun a file."""

import io
import sys
from collections.abc import Mapping
from importlib import import_module

import typer

from allervers.cli.app import app, set_up
from allervers.cli.output import ExitCode, say
from allervers.config.environment import BadSetting

NOUNS: Mapping[str, tuple[str, ...]] = {
    "backup": ("keeping",),
    "demo": ("demo",),
    "doctor": ("doctor",),
    "export": ("keeping",),
    "find": ("finding",),
    "geocode": ("geocoding",),
    "import": ("importing",),
    "index": ("indexing",),
    "operator": ("operator",),
    "restore": ("keeping",),
    "runs": ("runs",),
    "serve": ("serving",),
    "territory": ("territory", "streets"),
    "understand": ("understanding",),
    "worker": ("working",),
}
"""The modules of each command: only those of the one asked are read, for all together take seconds."""


def main() -> None:
    """The console script. UTF-8 on every system, whatever the terminal says of itself."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        command_line(*sys.argv[1:2])()
    except BadSetting as error:
        say(str(error))
        sys.exit(ExitCode.USAGE)
    except KeyboardInterrupt:  # while the program is still loading
        say("Interrompu. Rien n’a changé.")
        sys.exit(ExitCode.REFUSED)


def command_line(asked: str = "") -> typer.Typer:
    """The application with the command `asked`; all of them when it is none (help, a slip).

    They read models: Django is set up first.
    """
    set_up()
    nouns = NOUNS.get(asked) or dict.fromkeys(noun for nouns in NOUNS.values() for noun in nouns)
    for noun in nouns:
        import_module(f"allervers.cli.{noun}")
    return app
