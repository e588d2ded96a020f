"""From documents to columns. Rows are in the order of service ids (code points), so that a tie is broken by
the row."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from allervers.columns import Attribute, Lists, Texts, ends, turned
from allervers.engines.search._columns import (
    LAYOUT,
    Columns,
    Flag,
    Grid,
    Lexicon,
    Needs,
    Organisations,
    category_of,
)
from allervers.engines.search._document import ServiceDocument
from allervers.engines.search._errors import DuplicateService
from allervers.engines.search._hours import Weeks, weekly
from allervers.engines.search._space import on_earth
from allervers.engines.search._weights import ANSWER_BASE, ANSWER_FIRST, ANSWER_SHARE
from allervers.engines.search._words import acronyms, is_significant, stem, words


def build(documents: Iterable[ServiceDocument], folder: Path) -> None:
    """Write an index of `documents` as the new folder `folder`: whole and synced, or not there at all.

    Raises: FolderTaken, DuplicateService.
    """
    LAYOUT.write(folder, columns_of(documents).arrays())


def columns_of(documents: Iterable[ServiceDocument]) -> Columns:
    """The columns in memory. Raises: DuplicateService."""
    rows = sorted(documents, key=lambda document: document.id)
    for before, after in pairwise(rows):
        if before.id == after.id:
            raise DuplicateService(after.id)
    places = np.array([_place(row) for row in rows], dtype=np.float64).reshape(len(rows), 2)
    hours = sorted({row.horaires for row in rows if row.horaires})
    return Columns(
        ids=Texts.of(row.id for row in rows),
        latitudes=places[:, 0].copy(),
        longitudes=places[:, 1].copy(),
        flags=np.array([_flags(row) for row in rows], dtype=np.uint8),
        confirmed=np.array([_ordinal(row) for row in rows], dtype=np.int32),
        hours=_codes([row.horaires for row in rows], hours),
        hours_texts=Texts.of(hours),
        weeks=_weeks(hours),
        grid=Grid.of(places),
        needs=_needs([row.thematiques for row in rows]),
        publics=Attribute.of_rows([row.publics for row in rows]),
        frais=Attribute.of_rows([_one(row.frais) for row in rows]),
        modes_accueil=Attribute.of_rows([row.modes_accueil for row in rows]),
        zones=Attribute.of_rows([row.zone_eligibilite for row in rows]),
        towns=Attribute.of_rows([_one(row.code_insee) for row in rows]),
        sources=Attribute.of_rows([_one(row.source) for row in rows]),
        lexicon=_lexicon([_words_of(row) for row in rows]),
        organisations=_organisations(rows),
    )


def _place(row: ServiceDocument) -> tuple[float, float]:
    """Coordinates off the Earth are no coordinates: unknown."""
    if row.latitude is None or row.longitude is None or not on_earth(row.latitude, row.longitude):
        return np.nan, np.nan
    return row.latitude, row.longitude


def _flags(row: ServiceDocument) -> int:
    remote = "a-distance" in row.modes_accueil
    for_users = "usagers" in row.mobilisable_par
    chosen = {
        Flag.REMOTE: remote,
        Flag.ONLY_REMOTE: remote and set(row.modes_accueil) == {"a-distance"},
        Flag.WALK_IN: "se-presenter" in row.modes_mobilisation and (for_users or not row.mobilisable_par),
        Flag.BY_PROFESSIONAL: bool(row.mobilisable_par) and not for_users,
        Flag.PHONE: row.has_phone,
    }
    return sum(flag for flag, holds in chosen.items() if holds)


def _ordinal(row: ServiceDocument) -> int:
    return row.confirmed_on.toordinal() if row.confirmed_on else 0


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _codes(values: Sequence[str | None], vocabulary: Sequence[str]) -> NDArray[np.int32]:
    """Where each value is in `vocabulary`, -1 for none. Shapes: (values,)."""
    codes = {value: code for code, value in enumerate(vocabulary)}
    return np.array([codes[value] if value else -1 for value in values], dtype=np.int32)


def _weeks(texts: Sequence[str]) -> Weeks:
    read = [weekly(text) for text in texts]
    plain = [(place, spans) for place, spans in enumerate(read) if spans is not None]
    lengths = np.array([len(spans) for _, spans in plain], dtype=np.int64)
    return Weeks(
        ids=np.array([place for place, _ in plain], dtype=np.int32),
        offsets=ends(lengths),
        starts=np.array([start for _, spans in plain for start, _ in spans], dtype=np.int32),
        ends=np.array([end for _, spans in plain for _, end in spans], dtype=np.int32),
        others=np.array([place for place, spans in enumerate(read) if spans is None], dtype=np.int32),
    )


def _needs(rows: Sequence[Sequence[str]]) -> Needs:
    """Both the needs and their categories, each with how well its rows answer it (see `_weights`)."""
    thematiques = Attribute.of_rows(rows)
    categories = Attribute.of_rows([[category_of(value) for value in values] for values in rows])
    return Needs(thematiques, categories, _strengths(thematiques, rows), _strengths(categories, rows))


def _strengths(attribute: Attribute, rows: Sequence[Sequence[str]]) -> NDArray[np.int32]:
    """Points beside `attribute.rows.items`."""
    strengths = []
    for place, value in enumerate(attribute.values):
        for row in attribute.rows[place]:
            listed = list(dict.fromkeys(rows[row]))
            strengths.append(_strength(value, listed))
    return np.array(strengths, dtype=np.int32)


def _strength(need: str, listed: Sequence[str]) -> int:
    answering = [value for value in listed if need in (value, category_of(value))]
    first = ANSWER_FIRST if answering[0] == listed[0] else 0
    return ANSWER_BASE + ANSWER_SHARE * len(answering) // len(listed) + first


def _words_of(row: ServiceDocument) -> dict[str, int]:
    """The bits of the fields (`FIELDS`) in which each word of a service is found."""
    fields = {
        "name": words(row.nom),
        "acronym": [*acronyms(row.structure_nom), *_short_names(row)],
        "organisation": words(row.structure_nom),
        "description": words(row.description),
    }
    found: dict[str, int] = {}
    for bit, field in enumerate(Lexicon.FIELDS):
        for word in fields[field]:
            found[word] = found.get(word, 0) | 1 << bit
    return {word: bits for word, bits in found.items() if is_significant(word)}


def _short_names(row: ServiceDocument) -> list[str]:
    return [word for acronym in row.acronyms for word in words(acronym)]


def _lexicon(rows: Sequence[dict[str, int]]) -> Lexicon:
    vocabulary = sorted({word for row in rows for word in row})
    codes = {word: code for code, word in enumerate(vocabulary)}
    by_row = Lists.of([codes[word] for word in row] for row in rows)
    bits = np.fromiter(
        (bits for row in rows for bits in row.values()), dtype=np.uint8, count=len(by_row.items)
    )
    order = np.argsort(by_row.items, kind="stable")
    stems = sorted({stem(word) for word in vocabulary})
    places = {text: place for place, text in enumerate(stems)}
    of_word = Lists.of([places[stem(word)]] for word in vocabulary)
    return Lexicon(
        Texts.of(vocabulary),
        turned(by_row, len(vocabulary)),
        bits[order],
        Texts.of(stems),
        turned(of_word, len(stems)),
    )


def _organisations(rows: Sequence[ServiceDocument]) -> Organisations:
    """One entry for each `structure_id`, named as by its first service."""
    first: dict[str, ServiceDocument] = {}
    short: dict[str, list[str]] = {}
    for row in rows:
        first.setdefault(row.structure_id, row)
        short.setdefault(row.structure_id, []).extend(_short_names(row))
    ids = sorted(first)
    of_row = _codes([row.structure_id for row in rows], ids)
    return Organisations(
        ids=Texts.of(ids),
        names=Texts.of(first[key].structure_nom for key in ids),
        of_row=of_row,
        services=np.bincount(of_row, minlength=len(ids)).astype(np.int32),
        words=Attribute.of_rows([_named(first[key].structure_nom) for key in ids]),
        acronyms=Attribute.of_rows([[*acronyms(first[key].structure_nom), *short[key]] for key in ids]),
    )


def _named(name: str) -> list[str]:
    return [word for word in words(name) if is_significant(word)]
