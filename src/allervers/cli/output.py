"""What every command says and how it ends: the contract of `docs/cli.md`.

Results go to stdout, words to stderr. With `--json`, stdout is one JSON value and nothing else.
"""

import math
import sys
from collections.abc import Mapping
from enum import IntEnum
from typing import Any, NoReturn

import orjson
import typer
from rich.console import Console

console = Console(stderr=True, highlight=False)  # words and progress
results = Console(highlight=False)  # tables and pages of results, for people


class ExitCode(IntEnum):
    """How a command ended."""

    APPLIED = 0  # also when rows were refused: the report says which
    REFUSED = 1  # nothing changed
    USAGE = 2  # the command was not written as it should
    HELD = 3  # waits for a yes: `--yes` applies


def print_json(value: object) -> None:
    """One JSON value and a newline on stdout, in UTF-8 on every system. NaN and Infinity leave as null."""
    sys.stdout.flush()
    sys.stdout.buffer.write(as_json(value) + b"\n")
    sys.stdout.buffer.flush()


def as_json(value: object) -> bytes:
    """Dataclasses, dates, UUIDs and tuples included. Text that is not Unicode is shown as `?`."""
    options = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
    try:
        return orjson.dumps(value, default=_plain, option=options)
    except orjson.JSONEncodeError:  # a lone surrogate: bytes of the command line that were not UTF-8
        return orjson.dumps(_readable(value), default=_plain, option=options)


def say(sentence: str) -> None:
    """A sentence for people, on stderr, never cut by the width of a terminal that is not there."""
    console.print(sentence, markup=False, soft_wrap=not console.is_terminal)


def refuse(
    sentence: str, *, code: int = ExitCode.REFUSED, report: Mapping[str, object] | None = None
) -> NoReturn:
    """End the command with a sentence: what happened, what was kept, what to do.

    With `report` (the object that `--json` promises, at zero), it is printed with its `"error"`.
    """
    if report is not None:
        print_json({**report, "error": sentence})
    say(sentence)
    raise typer.Exit(code)


def _plain(value: object) -> object:
    """What orjson does not know by itself."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    if hasattr(value, "__str__") and not isinstance(value, bytes):
        return str(value)  # lazy translations, paths
    raise TypeError(type(value).__name__)


def _readable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {_readable(key): _readable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_readable(item) for item in value]
    return value
