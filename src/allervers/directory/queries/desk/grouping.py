"""A report of ten thousand refusals, read in a minute: the same fault once, with its rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """Rows of one file that were refused for the same reason. `rows`: ranges, both ends in."""

    file: str
    field: str  # "": the row itself
    value: str
    reason: str
    quarantined: bool
    rows: tuple[tuple[int, int], ...]
    count: int


def faults(rejected: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """The entries of `report["rejected"]`, grouped by what is wrong; the most frequent first."""
    groups: dict[tuple[str, str, str, str, bool], list[int]] = {}
    for entry in rejected:
        key = (
            str(entry["file"]),
            entry["field"] or "",
            entry["value"] or "",
            str(entry["reason"]),
            bool(entry.get("quarantined")),
        )
        groups.setdefault(key, []).append(int(entry["row"]))
    found = [Fault(*key, rows=ranges(rows), count=len(rows)) for key, rows in groups.items()]
    return sorted(found, key=lambda fault: (-fault.count, fault.file, fault.rows))


def ranges(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """`[12, 13, 14, 20]` → `((12, 14), (20, 20))`."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)
