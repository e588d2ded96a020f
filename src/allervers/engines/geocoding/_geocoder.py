"""From a typed text to matches, best first."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Self

import numpy as np

from allervers.columns import FolderUnreadable, group_from
from allervers.engines.geocoding._build import columns_of
from allervers.engines.geocoding._columns import LAYOUT, Columns
from allervers.engines.geocoding._crossing import meeting, parts
from allervers.engines.geocoding._gluing import unglued
from allervers.engines.geocoding._houses import NO_SUCH_NUMBER, Door, doors
from allervers.engines.geocoding._matching import Known, Matcher
from allervers.engines.geocoding._reading import TYPED_MAX, Reading, Readings, TownNames, read
from allervers.engines.geocoding._said import NAMED, Kind, Match, Named
from allervers.engines.geocoding._text import tokens

AND: Final = re.compile(r"\s[/&+]\s")
"""« rue A / rue B »."""
LEAST: Final = 0.4
"""Scores below say nothing."""
BESIDE_BEST: Final = 0.72
"""Share of the best score below which an answer only adds noise to the choice."""
UNGLUED_BELOW: Final = 0.9
"""Best score under which lost spaces are looked for."""
CROSSING: Final = 0.98
STREETS_TRIED: Final = 3
"""Of each side of a crossing."""
STREET_LEAST: Final = 0.6
PLACE_NUMBERED: Final = 0.9
"""Of the score of a place (no street) that was given a house number."""


class Names:
    """Names mapped from a folder, or held in memory, ready to be asked. Nothing changes: threads may."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.matcher = Matcher(columns)
        self.towns = TownNames(columns.towns.keys[:])

    @classmethod
    def open(cls, folder: Path) -> Self:
        """What `build` wrote. Raises: FolderUnreadable."""
        try:
            return cls(group_from(Columns, LAYOUT.read(folder)))
        except KeyError as error:
            raise FolderUnreadable(folder, f"no column {error}") from error

    @classmethod
    def of(cls, named: Sequence[Named]) -> Self:
        """A few named places, in memory."""
        return cls(columns_of((), named=named))


def geocode(text: str, *layers: Names, limit: int = 8) -> list[Match]:
    """The places that `text` may mean, best first, by the names of all layers.

    A word that one layer knows is less readily taken for another by the others.
    """
    typed = tokens(AND.sub(" et ", text[:TYPED_MAX]))
    found = _found(typed, layers)
    if not found or found[0].score < UNGLUED_BELOW:
        cut = unglued(typed, lambda word: any(layer.matcher.knows(word) for layer in layers))
        if cut != typed:
            found = _chosen([*found, *_found(cut, layers)])
    return found[:limit]


def _found(typed: Sequence[str], layers: Sequence[Names]) -> list[Match]:
    known = Known.among(typed, [layer.matcher for layer in layers])
    return _chosen([match for layer in layers for match in _in_layer(layer, typed, known)])


def _in_layer(layer: Names, typed: Sequence[str], known: Known) -> Iterator[Match]:
    readings = read(typed, layer.towns)
    yield from _matches(layer, readings, known)
    yield from _crossings(layer, typed, known)


def _matches(layer: Names, readings: Readings, known: Known) -> Iterator[Match]:
    """Each name once, by its best reading."""
    if not readings.readings:
        return
    scores = layer.matcher.scores(readings, known=known)
    if not scores.table.size:
        return
    total = scores.table.copy()
    worth = scores.table >= scores.table.max() * BESIDE_BEST * NO_SUCH_NUMBER  # the others cannot be kept
    for row, at in np.argwhere(worth):
        total[row, at] *= _share(layer, int(scores.entries[at]), readings.readings[row])
    total[~worth] = 0.0
    floor = max(LEAST, float(total.max()) * BESIDE_BEST)
    for at, entry in enumerate(scores.entries):
        row = int(np.argmax(total[:, at]))
        if total[row, at] >= floor:
            yield from _answers(layer, int(entry), readings.readings[row], float(scores.table[row, at]))


def _share(layer: Names, entry: int, reading: Reading) -> float:
    """What is left of a score once the number was looked for."""
    if reading.number is None:
        return 1.0
    if layer.columns.entries.kinds[entry] != NAMED.index(Kind.STREET):
        return PLACE_NUMBERED
    found = next(doors(layer.columns.houses, entry, reading.number, reading.repetition), None)
    return found.share if found else NO_SUCH_NUMBER


def _answers(layer: Names, entry: int, reading: Reading, score: float) -> Iterator[Match]:
    entries = layer.columns.entries
    kind = NAMED[int(entries.kinds[entry])]
    if kind is Kind.STREET and reading.number is not None:
        found = list(doors(layer.columns.houses, entry, reading.number, reading.repetition))
        for door in found:
            yield _at_door(layer, entry, door, score)
        if found:
            return
    yield _whole(layer, entry, score * _share(layer, entry, reading))


def _whole(layer: Names, entry: int, score: float, kind: Kind | None = None) -> Match:
    entries, (code, town) = layer.columns.entries, _town(layer, entry)
    return Match(
        kind=kind or NAMED[int(entries.kinds[entry])],
        score=score,
        name=entries.names[entry],
        latitude=float(entries.latitudes[entry]),
        longitude=float(entries.longitudes[entry]),
        code_insee=code,
        town=town,
        ident=entries.idents[entry],
    )


def _at_door(layer: Names, entry: int, door: Door, score: float) -> Match:
    houses, (code, town) = layer.columns.houses, _town(layer, entry)
    postcode = houses.postcode_texts[int(houses.postcodes[door.row])] if door.row is not None else ""
    return Match(
        kind=door.kind,
        score=score * door.share,
        name=layer.columns.entries.names[entry],
        latitude=door.latitude,
        longitude=door.longitude,
        code_insee=code,
        town=town,
        postcode=postcode,
        number=door.number,
        between=door.between,
    )


def _town(layer: Names, entry: int) -> tuple[str, str]:
    row = int(layer.columns.entries.towns[entry])
    return (layer.columns.towns.codes[row], layer.columns.towns.names[row]) if row >= 0 else ("", "")


def _crossings(layer: Names, typed: Sequence[str], known: Known) -> Iterator[Match]:
    sides = parts(typed)
    if sides is None:
        return
    firsts, seconds = (_streets(layer, side, known) for side in sides)
    for one, first in firsts:
        for other, second in seconds:
            same_town = layer.columns.entries.towns[one] == layer.columns.entries.towns[other]
            if one == other or not same_town:
                continue
            if point := meeting(layer.columns, one, other):
                whole = _whole(layer, one, CROSSING * min(first, second), Kind.CROSSING)
                yield Match(
                    kind=Kind.CROSSING,
                    score=whole.score,
                    name=f"{whole.name} / {layer.columns.entries.names[other]}",
                    latitude=point[0],
                    longitude=point[1],
                    code_insee=whole.code_insee,
                    town=whole.town,
                )


def _streets(layer: Names, typed: Sequence[str], known: Known) -> list[tuple[int, float]]:
    """The streets that one side of a crossing may be, with their scores."""
    readings = read(typed, layer.towns)
    if not readings.readings:
        return []
    scores = layer.matcher.scores(readings, known=known)
    if not scores.table.size:
        return []
    plain = [row for row, reading in enumerate(readings.readings) if reading.number is None]
    best = scores.table[plain].max(axis=0)
    order = np.argsort(-best, kind="stable")
    streets = [
        (int(scores.entries[at]), float(best[at]))
        for at in order
        if best[at] >= STREET_LEAST
        and layer.columns.entries.kinds[scores.entries[at]] == NAMED.index(Kind.STREET)
    ]
    return streets[:STREETS_TRIED]


def _chosen(found: Sequence[Match]) -> list[Match]:
    """Best first; of equal ones, those nearer to a house first."""
    ranks = {kind: rank for rank, kind in enumerate(Kind)}
    order = sorted(
        found, key=lambda match: (-round(match.score, 6), ranks[match.kind], match.name, match.code_insee)
    )
    best = order[0].score if order else 0.0
    kept: dict[tuple[str, str, str], Match] = {}  # the same answer read two ways is one
    for match in order:
        if match.score >= max(LEAST, best * BESIDE_BEST):
            place = f"{match.latitude:.6f},{match.longitude:.6f}"
            kept.setdefault((match.kind, f"{match.number} {match.name}", place), match)
    return list(kept.values())
