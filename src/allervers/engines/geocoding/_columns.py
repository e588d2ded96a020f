"""The columns of a set of names: what is mapped from disk."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from allervers.columns import Layout, Lists, Texts
from allervers.engines.geocoding._spelling import Remains

LAYOUT: Final = Layout(file="names.columns", magic=b"ALVGEOC1")


@dataclass(frozen=True, slots=True)
class Towns:
    """Municipalities; `keys`: their names as compared (`_text.tokens`, joined by spaces)."""

    codes: Texts
    names: Texts
    keys: Texts
    postcodes: Texts  # of each, joined by spaces


@dataclass(frozen=True, slots=True)
class Entries:
    """All that bears a name. Shapes: (entries,). `kinds`: place in `NAMED`; `towns`: row, -1 for none."""

    names: Texts
    idents: Texts
    compacts: Texts
    kinds: NDArray[np.uint8]
    towns: NDArray[np.int32]
    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]
    words: Lists  # of each, in their order
    weights: NDArray[np.float32]  # the sum over its words


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary, sorted. Shapes: (words,). `near`: remains of spelling and sounds (`!` before them)."""

    texts: Texts
    weights: NDArray[np.float32]
    entries: Lists
    near: Remains
    compacts: Remains  # rows are entries


@dataclass(frozen=True, slots=True)
class Houses:
    """The houses of each entry (`of`: entry → rows), by number then repetition. Shapes: (houses,)."""

    of: Lists
    numbers: NDArray[np.int32]
    repetitions: NDArray[np.int32]  # row of `repetition_texts`, sorted: 0 is ""
    repetition_texts: Texts
    postcodes: NDArray[np.int32]
    postcode_texts: Texts
    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Middles:
    """Points of the middle of each entry's street, where lines were given (`of`: entry → rows)."""

    of: Lists
    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Columns:
    towns: Towns
    entries: Entries
    words: Words
    houses: Houses
    middles: Middles
