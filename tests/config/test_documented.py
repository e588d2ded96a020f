"""Every setting and every command stands in the operators' guide, and nothing else does."""

import re
from collections.abc import Iterator
from pathlib import Path

import typer.main

import allervers
from allervers.cli import command_line

PACKAGE = Path(allervers.__file__).parent
GUIDE = Path(__file__).parents[2] / "docs" / "operations.md"


def commands(group: object, prefix: str = "allervers") -> Iterator[str]:
    for name, command in getattr(group, "commands", {}).items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}"


def in_the_table(pattern: str) -> set[str]:
    return set(re.findall(rf"^\| `({pattern})` \|", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE))


def test_every_setting_is_documented() -> None:
    read = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(r'"(ALLERVERS_[A-Z_]+)"', path.read_text(encoding="utf-8"))
    }

    assert in_the_table("ALLERVERS_[A-Z_]+") == read


def test_every_command_is_documented() -> None:
    offered = set(commands(typer.main.get_command(command_line())))

    assert in_the_table("allervers [a-z -]+") == offered
