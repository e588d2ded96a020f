"""Commands in a forked process, which has Django already: as `running`, without the seconds of a start."""

from dataclasses import dataclass
from multiprocessing.connection import Connection

from django.db import connection
from typer.testing import CliRunner

from allervers.cli import command_line
from tests.forked import Place, start

ALLERVERS = command_line()  # every command, loaded once for all the forks


@dataclass(frozen=True, slots=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(place: Place, *arguments: object) -> Done:
    """A command to its end, in this place."""
    child = start(_invoke, place, list(map(str, arguments)))
    code, stdout, stderr = child.hear()
    child.finish()
    return Done(code, stdout, stderr)


def execute(place: Place, statement: str) -> None:
    """What no command would do to the database."""
    start(_execute, place, statement).finish()


def _invoke(pipe: Connection, arguments: list[str]) -> None:
    result = CliRunner().invoke(ALLERVERS, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    pipe.send((result.exit_code, result.stdout, result.stderr))


def _execute(_pipe: Connection, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
