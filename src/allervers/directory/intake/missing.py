"""What a complete run does not hold: counted, guarded, marked, and retired in the end. Never deleted.

A run says nothing of the kinds and the sources that it does not hold, and an extract says nothing at all.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from allervers.directory.intake.merge import moment
from allervers.directory.intake.staged import RECORD, SHEETS, Staged
from allervers.directory.models import Feed, Kind

RUNS_BEFORE_RETIRED = 2  # complete runs without a record, one after the other
HELD_SHARE = 0.10  # of a source that goes missing at once: beyond, a person decides
HELD_RECORDS = 20  # below, one closed centre is not an accident

# The live records of one feed and kind, among the sources that the run holds; `%s`: the feed.
LIVE = """
    FROM {record} AS r JOIN {sheet} AS t ON t.record_id = r.id
    WHERE r.feed_id = %s AND r.kind = '{kind}' AND NOT r.quarantined AND t.retired_at IS NULL
      AND EXISTS (SELECT 1 FROM {pair} AS p WHERE p.kind = r.kind AND p.source = r.source)
"""
ABSENT = "NOT EXISTS (SELECT 1 FROM {seen} AS s WHERE s.kind = r.kind AND s.ident = r.ident)"


@dataclass(frozen=True, slots=True)
class Absence:
    """Of one kind and one source: how many are shown, how many of them the run does not hold."""

    kind: Kind
    source: str
    live: int
    missing: int
    newly: int  # of the missing: held by the run before
    due: int  # of the missing: to be retired by this run


def absences(staged: Staged, feed: Feed | None, *, now: datetime) -> list[Absence]:
    """What a complete run would do. Reads only."""
    if feed is None:
        return []
    return [absence for kind in Kind for absence in _of_kind(staged, feed, kind, now)]


def _of_kind(staged: Staged, feed: Feed, kind: Kind, now: datetime) -> Iterator[Absence]:
    absent = ABSENT.format(seen=staged["seen"])
    counted = ", ".join(
        f"coalesce(sum(CASE WHEN {absent} {condition} THEN 1 ELSE 0 END), 0)"
        for condition in (
            "",
            "AND r.missing_since IS NULL",
            "AND r.missing_runs >= %s AND r.missing_since <= %s",
        )
    )
    rows = staged.rows(
        f"SELECT r.source, count(*), {counted} {_live(staged, kind)} GROUP BY r.source ORDER BY r.source",
        [RUNS_BEFORE_RETIRED - 1, _retired_if_missing_since(now), feed.pk],
    )
    for source, *counts in rows:
        live, missing, newly, due = (int(str(count)) for count in counts)
        yield Absence(kind, str(source), live, missing, newly, due)


def _live(staged: Staged, kind: Kind) -> str:
    return LIVE.format(record=RECORD, sheet=SHEETS[kind], kind=kind.value, pair=staged["pair"])


def _retired_if_missing_since(now: datetime) -> object:
    return moment(now - timedelta(days=settings.RETIRE_AFTER_DAYS))


def absent_records(
    staged: Staged, feed: Feed, *, now: datetime, limit: int
) -> list[tuple[dict[str, object], bool]]:
    """The first that go missing and the first to be retired: ({"kind", "id", "nom"}, to be retired)."""
    absent = ABSENT.format(seen=staged["seen"])
    since = _retired_if_missing_since(now)
    due = "CASE WHEN r.missing_runs >= %s AND r.missing_since <= %s THEN 1 ELSE 0 END"
    found: list[tuple[dict[str, object], bool]] = []
    for kind in Kind:
        for wanted in (0, 1):
            rows = staged.rows(
                f"SELECT r.ident, t.nom {_live(staged, kind)} AND {absent} AND {due} = %s"
                f" ORDER BY r.ident LIMIT {limit}",
                [feed.pk, RUNS_BEFORE_RETIRED - 1, since, wanted],
            )
            found += [({"kind": kind.value, "id": ident, "nom": nom}, bool(wanted)) for ident, nom in rows]
    return found


def too_many(found: Collection[Absence]) -> list[dict[str, object]]:
    """The sources of which more goes missing at once than may go without a yes."""
    live: Counter[str] = Counter()
    newly: Counter[str] = Counter()
    for absence in found:
        live[absence.source] += absence.live
        newly[absence.source] += absence.newly
    return [
        {"source": source, "live": live[source], "missing": count}
        for source, count in sorted(newly.items())
        if count >= HELD_RECORDS and count > HELD_SHARE * live[source]
    ]


def mark_seen(staged: Staged, feed: Feed, *, partial: bool) -> None:
    """What the run holds is missing no more; the last complete run to hold a record is its feed's."""
    held = (
        f"EXISTS (SELECT 1 FROM {staged['seen']} AS s"
        f" WHERE s.kind = {RECORD}.kind AND s.ident = {RECORD}.ident)"
    )
    staged.execute(
        f"UPDATE {RECORD} SET missing_since = NULL, missing_runs = 0"
        f" WHERE missing_since IS NOT NULL AND {held}"
    )
    if not partial:
        staged.execute(
            f"UPDATE {RECORD} SET feed_id = %s WHERE feed_id <> %s AND NOT quarantined AND {held}",
            [feed.pk, feed.pk],
        )


def mark_missing(staged: Staged, feed: Feed, *, now: datetime) -> None:
    """One more complete run without them; those that were away long enough are shown as gone."""
    absent = ABSENT.format(seen=staged["seen"])
    for kind, sheet in SHEETS.items():
        away = f"{_live(staged, kind)} AND {absent}"
        staged.execute(
            f"UPDATE {RECORD} SET missing_runs = missing_runs + 1,"
            f" missing_since = coalesce(missing_since, %s) WHERE id IN (SELECT r.id {away})",
            [moment(now), feed.pk],
        )
        staged.execute(
            f"UPDATE {sheet} SET retired_at = %s WHERE record_id IN"
            f" (SELECT r.id {away} AND r.missing_runs >= %s AND r.missing_since <= %s)",
            [moment(now), feed.pk, RUNS_BEFORE_RETIRED, _retired_if_missing_since(now)],
        )
