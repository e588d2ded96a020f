"""What an import did, row by row: the object that `allervers import --json` prints."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from allervers.directory.intake.words import shown

MOST_REJECTED = 10_000  # entries kept; `rejected_total` counts them all


@dataclass(frozen=True, slots=True)
class Rejection:
    """One bad field of one row (`field` is None when the row itself cannot be read)."""

    file: str
    row: int  # 1-based data row
    id: str | None
    field: str | None
    value: str | None
    reason: str
    quarantined: bool = False
    set_aside: bool = False  # the value is left out, the row is kept

    def as_json(self) -> dict[str, Any]:
        entry: dict[str, Any] = {
            "file": self.file,
            "row": self.row,
            "id": None if self.id is None else shown(self.id),
            "field": None if self.field is None else shown(self.field),
            "value": None if self.value is None else shown(self.value),
            "reason": self.reason,
        }
        marks = {"quarantined": self.quarantined, "set_aside": self.set_aside}
        return entry | {mark: True for mark, is_set in marks.items() if is_set}


@dataclass(slots=True)
class Report:
    """Counts of structures and services together, once each."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0
    retired: int = 0
    quarantined: int = 0
    rejected_total: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    held: list[dict[str, object]] = field(
        default_factory=list
    )  # [{"source", "live", "missing"}]: why it waits
    preview: dict[str, Any] | None = None  # of a dry run: what would change, field by field
    run: UUID | None = None  # the run that keeps this report

    def reject(self, rejection: Rejection) -> None:
        self.rejected_total += 1
        if len(self.rejected) < MOST_REJECTED:
            self.rejected.append(rejection)

    def as_json(self) -> dict[str, Any]:
        """`held` and `preview` are there only when they say something."""
        counts = {
            "read": self.read,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "missing": self.missing,
            "retired": self.retired,
            "quarantined": self.quarantined,
            "rejected_total": self.rejected_total,
            "rejected": [rejection.as_json() for rejection in self.rejected],
        }
        more = {"held": self.held, "preview": self.preview}
        return counts | {name: value for name, value in more.items() if value}
