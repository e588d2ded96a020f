"""Every public action that changes something writes the journal, itself or through the actions it calls."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import allervers

PACKAGE = Path(allervers.__file__).parent
WRITES = frozenset(
    {"create", "save", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
)
SQL = frozenset({"execute", "executemany"})


@dataclass(frozen=True)
class Function:
    """What a function calls, by last name; `journals` when it calls `journal.record`."""

    module: str
    name: str
    calls: frozenset[str]
    journals: bool

    @property
    def writes(self) -> bool:
        return bool(self.calls & (WRITES | SQL))


def functions(source: str, module: str) -> Iterator[Function]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            called = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
            names = {getattr(part, "attr", "") or getattr(part, "id", "") for part in called}
            journals = any(ast.unparse(part) == "journal.record" for part in called)
            yield Function(module, node.name, frozenset(names), journals)


def reached(start: Function, known: dict[str, list[Function]]) -> set[Function]:
    """`start` and all that it calls, from one action to the next."""
    seen, waiting = set(), [start]
    while waiting:
        function = waiting.pop()
        if function not in seen:
            seen.add(function)
            waiting += [called for name in function.calls for called in known.get(name, [])]
    return seen


def silent(found: list[Function]) -> list[str]:
    """Public functions that write and never journal."""
    known: dict[str, list[Function]] = {}
    for function in found:
        known.setdefault(function.name, []).append(function)
    said = []
    for function in found:
        all_of_it = reached(function, known)
        writes = any(part.writes for part in all_of_it)
        if not function.name.startswith("_") and writes and not any(part.journals for part in all_of_it):
            said.append(f"{function.module}.{function.name}")
    return said


def all_actions() -> list[Function]:
    paths = [*PACKAGE.glob("*/actions.py"), *PACKAGE.glob("*/actions/*.py")]
    own = PACKAGE / "journal"  # the journal does not journal itself
    return [
        function
        for path in paths
        if own not in path.parents
        for function in functions(path.read_text(encoding="utf-8"), path.relative_to(PACKAGE).as_posix())
    ]


def test_every_action_is_journalled() -> None:
    assert silent(all_actions()) == []


def test_the_actions_are_found() -> None:
    names = {function.name for function in all_actions()}

    assert {"create_operator", "count_attempt", "report_error", "build_index"} <= names


def test_a_silent_action_is_seen() -> None:
    planted = "def forget(thing):\n    _write(thing)\n\ndef _write(thing):\n    thing.save()\n"

    assert silent([*all_actions(), *functions(planted, "planted")]) == ["planted.forget"]
