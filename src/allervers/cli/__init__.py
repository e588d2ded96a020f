"""`allervers …`: the command line, one noun a file."""

from allervers.cli.app import app


def main() -> None:
    app()
