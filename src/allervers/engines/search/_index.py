"""An open index: questions in, answers out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

import numpy as np

from allervers.columns import FolderUnreadable
from allervers.engines.search._answer import Answer, Hit, NameMatch, Relaxation
from allervers.engines.search._build import columns_of
from allervers.engines.search._columns import LAYOUT, Columns
from allervers.engines.search._document import ServiceDocument
from allervers.engines.search._errors import IndexClosed, IndexUnreadable, InvalidQuery
from allervers.engines.search._facets import Kept, facets, relaxations
from allervers.engines.search._filter import Moment, masks
from allervers.engines.search._hours import Waits
from allervers.engines.search._names import Names
from allervers.engines.search._page import PAGE_SIZE, PER_ORGANISATION, arranged
from allervers.engines.search._query import Query
from allervers.engines.search._rank import Ranking, rank
from allervers.engines.search._reasons import reasons
from allervers.engines.search._text import Found, find


class Index:
    """One immutable snapshot of the directory. Threads may ask it at the same time.

    `now` is always an aware datetime in the time zone of the territory: hours are read on its wall clock.
    """

    def __init__(self, columns: Columns) -> None:
        self._open: _Snapshot | None = _Snapshot(columns)

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """Map the index of `folder`; every byte is checked. Raises: IndexUnreadable."""
        try:
            return cls(Columns.read(LAYOUT.read(folder)))
        except FolderUnreadable as error:
            raise IndexUnreadable(folder, error.reason) from error
        except (KeyError, TypeError, ValueError) as error:
            raise IndexUnreadable(folder, "columns are missing") from error

    @classmethod
    def of(cls, documents: Iterable[ServiceDocument]) -> "Index":
        """In memory, without a folder: for what changed since the last build. Raises: DuplicateService."""
        return cls(columns_of(documents))

    def close(self) -> None:
        """Give the memory map back; searches under way end first, later ones raise IndexClosed. May be
        called twice."""
        self._open = None

    def __len__(self) -> int:
        """How many services."""
        return len(self._snapshot.columns)

    def __enter__(self) -> "Index":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def search(self, query: Query, *, now: datetime, limit: int = PAGE_SIZE, offset: int = 0) -> Answer:
        """`limit` results from the `offset`-th on, in the plain order of scores.

        Raises: InvalidQuery, IndexClosed.
        """
        _check_window(limit, offset)
        asked = _Asked(self._snapshot, query, now)
        window = range(len(asked.ranking))[offset : offset + limit]
        return asked.answer(window, remaining=len(range(len(asked.ranking))[offset + limit :]))

    def page(
        self,
        query: Query,
        *,
        now: datetime,
        limit: int = PAGE_SIZE,
        offset: int = 0,
        first: int = PAGE_SIZE,
    ) -> Answer:
        """A window of the order for readers: a first page of `first` places, as `first_page` arranges it,
        then all others in order. Windows side by side hold each result once.

        The caps may leave last places of the first page empty; they count in `offset`, so that a link to the
        next window needs no memory of this one: go on while `remaining` is not 0. Who asked for organisations
        by name sees all of theirs: no cap then.

        Raises: InvalidQuery, IndexClosed.
        """
        _check_window(limit, offset)
        _check_window(first, 0)
        asked = _Asked(self._snapshot, query, now)
        arranged = asked.first(first)
        others = np.delete(np.arange(len(asked.ranking)), arranged).tolist()
        places = [*arranged, *[None] * (first - len(arranged)), *others]
        window, rest = places[offset : offset + limit], places[offset + limit :]
        return asked.answer(_shown(window), remaining=len(_shown(rest)))

    def relaxations(self, query: Query, *, now: datetime) -> tuple[Relaxation, ...]:
        """What to give up to find more, most results first; empty when nothing would help.

        Raises: InvalidQuery, IndexClosed.
        """
        return relaxations(query, _Asked(self._snapshot, query, now).kept)

    def organisations_named(self, text: str, limit: int = 20) -> tuple[NameMatch, ...]:
        """The organisations that `text` names, best first. Raises: InvalidQuery, IndexClosed."""
        _check_window(limit, 0)
        return self._snapshot.names.named(text, limit=limit)

    @property
    def _snapshot(self) -> "_Snapshot":
        if self._open is None:
            raise IndexClosed
        return self._open


class _Snapshot:
    """The columns, and what is worked out of them once. Dropping it unmaps the file."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.waits = Waits(columns.hours_texts, columns.weeks)

    @cached_property
    def names(self) -> Names:
        return Names(self.columns.organisations)


class _Asked:
    """One question put to one snapshot."""

    def __init__(self, snapshot: _Snapshot, query: Query, now: datetime) -> None:
        if now.tzinfo is None:
            raise InvalidQuery("now", now, "a time needs its zone")
        self.columns, self.zone = snapshot.columns, now.tzinfo
        # A need said twice is one need.
        self.query = query = replace(query, needs=tuple(dict.fromkeys(query.needs)))
        self.moment = Moment.of(self.columns, snapshot.waits, query, now=now)
        self.found: Found | None = find(self.columns.lexicon, query.text, rows=len(self.columns))
        self.kept = Kept(masks(self.columns, query, self.moment, self.found), rows=len(self.columns))

    @cached_property
    def ranking(self) -> Ranking:
        return rank(self.columns, self.kept.rows(), self.query, self.moment, self.found)

    def answer(self, places: Sequence[int], *, remaining: int) -> Answer:
        hits = tuple(self._hit(place) for place in places)
        return Answer(len(self.ranking), hits, facets(self.columns, self.kept, self.moment), remaining)

    def first(self, size: int) -> list[int]:
        """The places of the first page."""
        owners = self.columns.organisations.of_row
        present = [bool(answers.any()) for answers in self.ranking.answers]
        return arranged(
            len(self.ranking),
            self._answered(present),
            owner=lambda place: int(owners[self.ranking.rows[place]]),
            answered=self._needs,
            size=size,
            per_organisation=size if self.query.organisations else PER_ORGANISATION,
        )

    def _hit(self, place: int) -> Hit:
        columns, row, metres = self.columns, int(self.ranking.rows[place]), int(self.ranking.metres[place])
        return Hit(
            service_id=columns.ids[row],
            structure_id=columns.organisations.ids[int(columns.organisations.of_row[row])],
            score=int(self.ranking.scores[place]),
            distance_m=None if metres < 0 else metres,
            reasons=reasons(columns, row, self.query, self.moment, self.found, metres, self.zone),
            needs=self._needs(place),
        )

    def _needs(self, place: int) -> tuple[str, ...]:
        return self._answered(self.ranking.answers[:, place].tolist())

    def _answered(self, answers: Sequence[bool]) -> tuple[str, ...]:
        return tuple(need for need, answer in zip(self.query.needs, answers, strict=True) if answer)


def _shown(places: Sequence[int | None]) -> list[int]:
    return [place for place in places if place is not None]


def _check_window(limit: int, offset: int) -> None:
    if limit < 0:
        raise InvalidQuery("limit", limit, "not negative")
    if offset < 0:
        raise InvalidQuery("offset", offset, "not negative")
