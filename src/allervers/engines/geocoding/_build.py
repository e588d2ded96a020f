"""From houses, lines and named places to columns."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from allervers.columns import Lists, Texts, arrays_of, ends, turned
from allervers.engines.geocoding._columns import LAYOUT, Columns, Entries, Houses, Middles, Towns, Words
from allervers.engines.geocoding._naming import accents_of, shown_name
from allervers.engines.geocoding._said import NAMED, House, Kind, Line, Named, Town
from allervers.engines.geocoding._spelling import Remains, errors_allowed, remains
from allervers.engines.geocoding._text import compact, sound, tokens
from allervers.engines.geocoding._words import LINKS, STREET_TYPES

LINK_WEIGHT: Final = 0.05
TYPE_WEIGHT: Final = 0.3
"""Of a kind of street, beside 1 for a rare word: « rue » is said of an avenue."""
COMMON_WEIGHT: Final = 0.6
"""Of the most common of the other words, such as « saint »."""
SOUND: Final = "!"
"""Before a sound, so that it is never taken for a spelling."""


def build(
    folder: Path,
    houses: Iterable[House] = (),
    *,
    towns: Sequence[Town] = (),
    named: Iterable[Named] = (),
    lines: Iterable[Line] = (),
) -> "Built":
    """Write the names as the new folder `folder`, whole or not at all. Houses are read as a stream.

    Raises: FolderTaken.
    """
    columns = columns_of(houses, towns=towns, named=named, lines=lines)
    LAYOUT.write(folder, arrays_of(columns))
    streets = int(np.count_nonzero(columns.entries.kinds == NAMED.index(Kind.STREET)))
    return Built(len(columns.houses.numbers), streets, len(columns.entries.kinds) - streets)


@dataclass(frozen=True, slots=True)
class Built:
    """How many of each can be found."""

    houses: int
    streets: int
    places: int


@dataclass(slots=True)
class _Street:
    """`row`: its place, by first house. `names`: how it is written, and how often."""

    row: int
    code_insee: str
    words: tuple[str, ...]
    names: Counter[str] = field(default_factory=Counter)


class _Streets:
    """Streets of one name in one town are one."""

    def __init__(self) -> None:
        self._tokens: dict[str, tuple[str, ...]] = {}
        self._by_key: dict[tuple[str, tuple[str, ...]], _Street] = {}

    def met(self, name: str, code_insee: str) -> _Street:
        words = self._tokens.get(name)
        if words is None:
            words = self._tokens[name] = tuple(tokens(name)) or (name,)
        street = self._by_key.setdefault((code_insee, words), _Street(len(self._by_key), code_insee, words))
        street.names[name] += 1
        return street

    def listed(self) -> list[_Street]:
        return list(self._by_key.values())


def columns_of(
    houses: Iterable[House],
    *,
    towns: Sequence[Town] = (),
    named: Iterable[Named] = (),
    lines: Iterable[Line] = (),
) -> Columns:
    """The columns in memory."""
    streets, rows = _Streets(), _HouseRows()
    for house in houses:
        rows.add(streets.met(house.street, house.code_insee).row, house)
    middles = _MiddleRows()
    for line in lines:
        middles.add(streets.met(line.street, line.code_insee).row, line)
    codes = {town.code_insee: row for row, town in enumerate(towns)}
    listed, others = streets.listed(), [one for one in named if tokens(one.name)]
    town_codes = [*(street.code_insee for street in listed), *(one.code_insee for one in others)]
    words = [*(street.words for street in listed), *(tuple(tokens(one.name)) for one in others)]
    house_columns, middle_columns = rows.columns(len(words)), middles.columns(len(words))
    vocabulary, weights, by_entry = _vocabulary(words)
    compacts = [compact(one) for one in words]
    latitudes, longitudes = _centres(listed, others, house_columns, middle_columns)
    return Columns(
        towns=Towns(
            Texts.of(town.code_insee for town in towns),
            Texts.of(town.name for town in towns),
            Texts.of(" ".join(tokens(town.name)) for town in towns),
            Texts.of(" ".join(town.postcodes) for town in towns),
        ),
        entries=Entries(
            names=Texts.of([*_shown(listed, others), *(one.name for one in others)]),
            idents=Texts.of([*("" for _ in listed), *(one.ident for one in others)]),
            compacts=Texts.of(compacts),
            kinds=np.array(
                [*([0] * len(listed)), *(NAMED.index(one.kind) for one in others)], dtype=np.uint8
            ),
            towns=np.array([codes.get(code, -1) for code in town_codes], dtype=np.int32),
            latitudes=latitudes,
            longitudes=longitudes,
            words=by_entry,
            weights=np.add.reduceat(
                np.append(weights[by_entry.items], np.float32(0)), by_entry.offsets[:-1]
            ).astype(np.float32)
            if words
            else np.zeros(0, dtype=np.float32),
        ),
        words=Words(
            texts=Texts.of(vocabulary),
            weights=weights,
            entries=turned(by_entry, len(vocabulary)),
            near=Remains.made([_remains(word) for word in vocabulary]),
            compacts=Remains.made([remains(one, 1) for one in compacts]),
        ),
        houses=house_columns,
        middles=middle_columns,
    )


def _vocabulary(words: Sequence[Sequence[str]]) -> tuple[list[str], NDArray[np.float32], Lists]:
    """Sorted words, their weights, and the words of each entry."""
    counts = Counter(word for entry in words for word in set(entry))
    vocabulary = sorted(counts)
    codes = {word: code for code, word in enumerate(vocabulary)}
    most = np.log1p(max(counts.values(), default=1))
    weights = np.array([_weight(word, counts[word], float(most)) for word in vocabulary], dtype=np.float32)
    return vocabulary, weights, Lists.of([codes[word] for word in entry] for entry in words)


def _weight(word: str, count: int, most: float) -> float:
    if word in LINKS:
        return LINK_WEIGHT
    if word in STREET_TYPES:
        return TYPE_WEIGHT
    return 1 - (1 - COMMON_WEIGHT) * float(np.log1p(count) - np.log1p(1)) / max(most, 1.0)


def _remains(word: str) -> set[str]:
    found = set(remains(word, errors_allowed(word)))
    if not word.isdigit():
        found.add(SOUND + sound(word))
    return found


def _shown(streets: Sequence[_Street], others: Sequence[Named]) -> list[str]:
    """Each by its most usual writing, small letters first, in a decent form."""
    written = [name for street in streets for name in street.names]
    accents = accents_of([*written, *(one.name for one in others)])
    return [
        shown_name(
            max(street.names, key=lambda name: (not name.isupper(), street.names[name], name)), accents
        )
        for street in streets
    ]


class _HouseRows:
    """Houses as they come, in compact arrays: half a million take 20 MB."""

    def __init__(self) -> None:
        self._streets, self._numbers = array("i"), array("i")
        self._repetitions, self._postcodes = array("i"), array("i")
        self._latitudes, self._longitudes = array("d"), array("d")
        self._texts: dict[str, int] = {"": 0}
        self._codes: dict[str, int] = {"": 0}

    def add(self, street: int, house: House) -> None:
        self._streets.append(street)
        self._numbers.append(house.number)
        self._repetitions.append(self._texts.setdefault(house.repetition, len(self._texts)))
        self._postcodes.append(self._codes.setdefault(house.postcode, len(self._codes)))
        self._latitudes.append(house.latitude)
        self._longitudes.append(house.longitude)

    def columns(self, entries: int) -> Houses:
        streets = np.array(self._streets, dtype=np.int32)
        numbers = np.array(self._numbers, dtype=np.int32)
        texts = sorted(self._texts)
        places = np.array([texts.index(text) for text in self._texts], dtype=np.int32)
        repetitions = places[np.array(self._repetitions, dtype=np.int32)]
        order = np.lexsort((repetitions, numbers, streets))
        counts = np.bincount(streets, minlength=entries).astype(np.int64)
        return Houses(
            of=Lists(ends(counts), np.arange(len(order), dtype=np.int32)),
            numbers=numbers[order],
            repetitions=repetitions[order],
            repetition_texts=Texts.of(texts),
            postcodes=np.array(self._postcodes, dtype=np.int32)[order],
            postcode_texts=Texts.of(self._codes),
            latitudes=np.array(self._latitudes, dtype=np.float64)[order],
            longitudes=np.array(self._longitudes, dtype=np.float64)[order],
        )


class _MiddleRows:
    def __init__(self) -> None:
        self._points: dict[int, list[tuple[float, float]]] = defaultdict(list)

    def add(self, street: int, line: Line) -> None:
        self._points[street].extend(line.points)

    def columns(self, entries: int) -> Middles:
        points = [point for entry in range(entries) for point in self._points.get(entry, ())]
        counts = np.array([len(self._points.get(entry, ())) for entry in range(entries)], dtype=np.int64)
        table = np.array(points, dtype=np.float64).reshape(len(points), 2)
        return Middles(
            Lists(ends(counts), np.arange(len(points), dtype=np.int32)),
            table[:, 0].copy(),
            table[:, 1].copy(),
        )


def _centres(
    streets: Sequence[_Street], others: Sequence[Named], houses: Houses, middles: Middles
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of a street: its house, else its point, that is the most central. Shapes: (entries,) twice."""
    points = [_centre(row, houses, middles) for row in range(len(streets))]
    points += [(one.latitude, one.longitude) for one in others]
    table = np.array(points, dtype=np.float64).reshape(len(points), 2)
    return table[:, 0].copy(), table[:, 1].copy()


def _centre(row: int, houses: Houses, middles: Middles) -> tuple[float, float]:
    table: Houses | Middles = houses if len(houses.of[row]) else middles
    span = table.of.span(row)
    latitudes, longitudes = table.latitudes[span], table.longitudes[span]
    off = (latitudes - np.median(latitudes)) ** 2 + (longitudes - np.median(longitudes)) ** 2
    nearest = int(np.argmin(off))
    return float(latitudes[nearest]), float(longitudes[nearest])
