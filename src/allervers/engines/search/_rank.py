"""The order of what stays. The formulas are told in `_weights`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allervers.engines.search import _weights as w
from allervers.engines.search._columns import Columns, Flag
from allervers.engines.search._filter import EVERYONE, FREE, Moment
from allervers.engines.search._hours import UNKNOWN
from allervers.engines.search._query import Place, Query
from allervers.engines.search._space import distances_m
from allervers.engines.search._text import Found

Points = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What stays, best first. Shapes: (results,), `answers` (needs, results)."""

    rows: NDArray[np.int64]
    scores: Points
    metres: Points
    """-1: no distance to tell."""
    answers: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.rows)


def rank(
    columns: Columns, rows: NDArray[np.int64], query: Query, moment: Moment, found: Found | None
) -> Ranking:
    """`rows` ascend, which breaks ties by service id: the sort is stable."""
    needs = _need_points(columns, rows, query)
    metres = _metres(columns, rows, query.place)
    scores = (
        w.ANSWERS * _answers(needs, len(rows))
        + w.NEAR * _near(columns, rows, query.place, metres)
        + w.OPEN_SOON * _open_soon(moment.waits[rows])
        + w.FREE * _free(columns)[rows]
        + w.FRESH * _fresh(columns, moment)[rows]
        + w.PUBLIC * _public(columns, query)[rows]
    )
    if found is not None:
        scores += w.WORDS * found.points[rows]
    order = np.argsort(-scores, kind="stable")
    told = np.where(columns.has(Flag.ONLY_REMOTE)[rows], -1, metres)
    return Ranking(rows[order], scores[order], told[order], needs[:, order] > 0)


def _need_points(columns: Columns, rows: NDArray[np.int64], query: Query) -> Points:
    """How well each row answers each need. Shapes: (needs, rows)."""
    points = np.zeros((len(query.needs), len(rows)), dtype=np.int64)
    everywhere = np.zeros(len(columns), dtype=np.int64)
    for place, need in enumerate(query.needs):
        answering, strengths = columns.needs.answering(need)
        everywhere[answering] = strengths
        points[place] = everywhere[rows]
        everywhere[answering] = 0
    return points


def _answers(needs: Points, rows: int) -> Points:
    if not len(needs):
        return np.zeros(rows, dtype=np.int64)
    later = w.LATER_NEED * np.arange(len(needs))[:, np.newaxis]
    best = np.where(needs > 0, np.maximum(needs - later, 0), 0).max(axis=0)
    more = w.MORE_NEEDS * np.maximum((needs > 0).sum(axis=0) - 1, 0)
    points: Points = np.minimum(best + more, w.SCALE)
    return points


def _metres(columns: Columns, rows: NDArray[np.int64], place: Place | None) -> Points:
    if place is None or place.point is None:
        return np.full(len(rows), -1, dtype=np.int64)
    return distances_m(place.point, columns.latitudes[rows], columns.longitudes[rows])


def _near(columns: Columns, rows: NDArray[np.int64], place: Place | None, metres: Points) -> Points:
    if place is None or place.point is None:
        return np.zeros(len(rows), dtype=np.int64)
    town = columns.towns.mask([place.code_insee] if place.code_insee else [])[rows]
    guessed = np.where(town, w.SAME_TOWN_AS_M, w.UNKNOWN_AS_M)
    counted = np.where(metres < 0, guessed, metres)
    # A service with two doors is as near as the handier; one without an office has only the line.
    counted = np.where(columns.has(Flag.REMOTE)[rows], np.minimum(counted, w.REMOTE_AS_M), counted)
    counted = np.where(columns.has(Flag.ONLY_REMOTE)[rows], w.REMOTE_AS_M, counted)
    points: Points = w.SCALE * w.HALF_WAY_M // (w.HALF_WAY_M + counted)
    return points


def _open_soon(waits: Points) -> Points:
    falling = w.SCALE * (w.OPEN_SOON_MINUTES - waits) // w.OPEN_SOON_MINUTES
    known = np.where(waits < 0, 0, np.maximum(falling, 0))
    return np.where(waits == UNKNOWN, w.HOURS_UNKNOWN, known)


def _free(columns: Columns) -> Points:
    unknown = np.where(columns.frais.none(), w.FEE_UNKNOWN, 0)
    return np.where(columns.frais.mask([FREE]), w.SCALE, unknown)


def _fresh(columns: Columns, moment: Moment) -> Points:
    days = np.maximum(moment.now.date().toordinal() - columns.confirmed.astype(np.int64), 0)
    return np.where(
        columns.confirmed > 0, w.SCALE * w.FRESH_HALF_DAYS // (w.FRESH_HALF_DAYS + days), w.FRESH_UNKNOWN
    )


def _public(columns: Columns, query: Query) -> Points:
    unknown, everyone = columns.publics.none(), columns.publics.mask([EVERYONE])
    asked = [public for public in query.publics if public != EVERYONE]
    if not asked:
        return np.where(everyone, w.SCALE, np.where(unknown, w.FOR_EVERYONE, w.PUBLIC_UNKNOWN))
    meant = columns.publics.mask(asked)
    rest = np.where(everyone, w.FOR_EVERYONE, np.where(unknown, w.PUBLIC_UNKNOWN, 0))
    return np.where(meant, w.SCALE, rest)
