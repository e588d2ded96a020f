"""The runs of feeds and their reports, as people read them: errors grouped, ranges of rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from allervers.directory.models import ImportRun

MOST_LISTED = 200
REPORT_COLUMNS = ("fichier", "ligne", "identifiant", "champ", "valeur", "raison", "en attente")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a spreadsheet knows a formula


@dataclass(frozen=True, slots=True)
class ErrorGroup:
    """The same value of the same field refused for the same reason, in one file."""

    file: str
    field: str | None
    value: str | None
    reason: str
    rows: tuple[tuple[int, int], ...]  # (first, last) of each range, ascending
    count: int
    quarantined: bool = False

    @property
    def sentence(self) -> str:
        """« a.csv, lignes 12 à 48 : frais « gratis » : Cette valeur… »"""
        what = " ".join(filter(None, (self.field or "", f"« {self.value} »" if self.value else "")))
        return " : ".join(filter(None, (f"{self.file}, {rows_in_words(self.rows)}", what, self.reason)))


@dataclass(frozen=True)
class Run:
    """One reading of a feed. `report` is the object that `allervers import --json` prints."""

    uid: UUID
    feed: str
    state: str  # of ImportRun.State
    state_words: str
    partial: bool
    started_at: datetime
    finished_at: datetime
    decided_at: datetime | None
    files: Sequence[Mapping[str, Any]]
    report: Mapping[str, Any]

    @cached_property
    def errors(self) -> tuple[ErrorGroup, ...]:
        """Grouped, the most frequent first."""
        return grouped(self.report["rejected"])

    @property
    def is_held(self) -> bool:
        return self.state == ImportRun.State.HELD

    def as_json(self) -> dict[str, Any]:
        names = (
            "uid",
            "feed",
            "state",
            "partial",
            "started_at",
            "finished_at",
            "decided_at",
            "files",
            "report",
        )
        return {name: getattr(self, name) for name in names}


def import_runs(*, feed: str = "", held_only: bool = False, limit: int = MOST_LISTED) -> list[Run]:
    """The last runs, most recent first, in one statement."""
    rows = ImportRun.objects.select_related("feed").order_by("-pk")
    if feed:
        rows = rows.filter(feed__slug=feed)
    if held_only:
        rows = rows.filter(state=ImportRun.State.HELD)
    return [_run(row) for row in rows[:limit]]


def run_named(uid: UUID) -> Run | None:
    row = ImportRun.objects.select_related("feed").filter(uid=uid).first()
    return _run(row) if row else None


def report_rows(run: Run) -> Iterator[tuple[object, ...]]:
    """The refusals, one a line (`REPORT_COLUMNS`), for a spreadsheet: formulas are defused."""
    for one in run.report["rejected"]:
        values = (one["id"], one["field"], one["value"], one["reason"])
        waits = _("oui") if one.get("quarantined") else ""
        yield (_text(one["file"]), one["row"], *(_text(value) for value in values), waits)


def grouped(rejected: Sequence[Mapping[str, Any]]) -> tuple[ErrorGroup, ...]:
    """Same file, field, value and reason together; the most frequent first, then in the order of arrival."""
    rows: dict[tuple[Any, ...], list[int]] = {}
    for one in rejected:
        quarantined = bool(one.get("quarantined"))
        value = None if quarantined else one["value"]  # each waits for a structure of its own
        key = (one["file"], one["field"], value, one["reason"], quarantined)
        rows.setdefault(key, []).append(int(one["row"]))
    groups = [
        ErrorGroup(file, field, value, reason, ranges(numbers), len(numbers), quarantined)
        for (file, field, value, reason, quarantined), numbers in rows.items()
    ]
    return tuple(sorted(groups, key=lambda group: -group.count))


def ranges(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """[12, 13, 14, 20] → ((12, 14), (20, 20))."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def rows_in_words(rows: Sequence[tuple[int, int]], *, at_most: int = 6) -> str:
    """« ligne 7 », « lignes 12 à 48, 60 et 3 autres passages »."""
    said = [
        str(first) if first == last else _("{first} à {last}").format(first=first, last=last)
        for first, last in rows[:at_most]
    ]
    more = len(rows) - at_most
    if more > 0:
        said.append(_("et {count} autres passages").format(count=more))
    is_one = len(rows) == 1 and rows[0][0] == rows[0][1]
    return f"{_('ligne') if is_one else _('lignes')} {', '.join(said)}"


def _text(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _run(row: ImportRun) -> Run:
    return Run(
        uid=row.uid,
        feed=row.feed.slug,
        state=row.state,
        state_words=str(row.get_state_display()),
        partial=row.partial,
        started_at=row.started_at,
        finished_at=row.finished_at,
        decided_at=row.decided_at,
        files=row.files,
        report=row.report,
    )
