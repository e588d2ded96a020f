"""Finding municipalities by what people type: a name, a postcode, a code, or a name with one of them.

Wrong letters are counted by optimal string alignment, without spaces: two letters swapped are one error.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from allervers.territory.reference import Municipality, municipalities
from allervers.territory.reference.names import compact, keys, without_article, without_links
from allervers.territory.reference.readings import POSTCODE_DIGITS, Reading, readings

# Scores, from 0 to 1. A wrong letter costs its share of the name: one in ten letters, 0.9.
EXACT = 1.0  # the very name, postcode or code
BUT_FOR_SMALL_WORDS = 0.97  # « mureaux », « saint maur fosses »
NUMBER_ALONE = 0.9  # « 34080 Figuerolles »: the postcode is good, the name is not a municipality's
BEGINS = 0.74  # « montp »
HOLDS = 0.65  # « ascq »: a later word begins so
NEAR_NUMBER = 0.6  # no such postcode; this one differs by a digit

SURE = 0.85  # below, an answer is proposed rather than taken
CLOSE = 0.04  # two answers nearer than this are a choice for the person
BEGINNING_LETTERS = 3  # fewer would list a tenth of the country
DWARFING = 20  # times the inhabitants: people mean the city
SAME_NAME = 0.6  # likeness that is enough once the postcode is right

Scores = dict[int, float]


@dataclass(frozen=True, slots=True)
class MunicipalityMatch:
    """`is_sure`: the first answer stands out, there is nothing to choose."""

    municipality: Municipality
    score: float
    is_sure: bool = False


class Names:
    """The names and numbers of some municipalities, ready to be searched."""

    def __init__(self, towns: Iterable[Municipality]) -> None:
        self.towns = list(towns)
        self._keys = keys(town.nom for town in self.towns)
        self._by_code = {town.code_insee: at for at, town in enumerate(self.towns)}
        self._by_postcode: dict[str, list[int]] = defaultdict(list)
        for at, town in enumerate(self.towns):
            for postcode in town.codes_postaux:
                self._by_postcode[postcode].append(at)
        self._index_names()

    def _index_names(self) -> None:
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._small: dict[str, list[int]] = defaultdict(list)
        for at, name in enumerate(self._keys):
            self._exact[compact(name)].append(at)
            for shorter in {without_article(name), without_links(name)} - {name}:
                self._small[compact(shorter)].append(at)
        lengths: dict[int, list[str]] = defaultdict(list)
        for name in self._exact.keys() | self._small.keys():
            lengths[len(name)].append(name)
        self._by_length = dict(lengths)
        self._lines = "".join(f"\n {name}" for name in self._keys)
        self._starts = list(_starts(self._keys))

    def with_code(self, code: str) -> Municipality | None:
        at = self._by_code.get(code)
        return None if at is None else self.towns[at]

    def scored(self, text: str) -> list[tuple[Municipality, float]]:
        """All that may be meant, in no order."""
        best: Scores = {}
        for reading in readings(text):
            for at, score in self._read(reading).items():
                best[at] = max(score, best.get(at, 0.0))
        return [(self.towns[at], score) for at, score in best.items()]

    def _read(self, reading: Reading) -> Scores:
        if reading.number:
            return self._numbered(reading)
        named = self._named(reading.name)
        if not reading.departement:
            return named
        return {at: score for at, score in named.items() if self.towns[at].departement == reading.departement}

    def _numbered(self, reading: Reading) -> Scores:
        """By postcode or code. A name beside it picks among those; a number of nobody's leaves the name."""
        there = self._at_number(reading.number)
        if not reading.name:
            return there or self._near_number(reading.number)
        if not there:
            named = self._named(reading.name)
            around = {at: score for at, score in named.items() if self._around(at, reading.number)}
            return around or self._near_number(reading.number)
        coded = self._by_code.get(reading.number)  # « Colombières 34080 »: a code that is also a postcode
        might = there if coded is None else {*there, coded}
        called = {at: likeness for at in might if (likeness := _likeness(reading.name, self._keys[at]))}
        exact = {at: likeness for at, likeness in called.items() if likeness == EXACT}
        return exact or called or dict.fromkeys(there, NUMBER_ALONE)

    def _at_number(self, number: str) -> Scores:
        """By postcode, which wins, else by code. A postcode of Paris answers its ward, not the whole city."""
        there = self._by_postcode.get(number) or [at for at in (self._by_code.get(number),) if at is not None]
        cities = {self.towns[at].part_of for at in there}
        return {at: EXACT for at in there if self.towns[at].code_insee not in cities}

    def _near_number(self, number: str) -> Scores:
        same = [code for code in self._by_postcode if code[:2] == number[:2]]
        near = process.extract(number, same, scorer=OSA.distance, score_cutoff=1, limit=None)
        return {at: NEAR_NUMBER for postcode, _, _ in near for at in self._by_postcode[postcode]}

    def _around(self, at: int, number: str) -> bool:
        """Same department, as far as a number tells: the reference lacks firms' postcodes (« cedex »)."""
        return number.startswith(self.towns[at].departement[:2].replace("2A", "20").replace("2B", "20"))

    def _named(self, name: str) -> Scores:
        """The better of what is found comes later and overwrites."""
        letters = compact(name)
        scores = self._beginning(name) if len(letters) >= BEGINNING_LETTERS else {}
        scores |= {at: max(score, scores.get(at, 0.0)) for at, score in self._misspelt(letters)}
        for shorter in {letters, compact(without_links(name))}:
            scores |= dict.fromkeys(self._small.get(shorter, ()), BUT_FOR_SMALL_WORDS)
        return scores | dict.fromkeys(self._exact.get(letters, ()), EXACT)

    def _beginning(self, name: str) -> Scores:
        scores: Scores = {}
        found = self._lines.find(f" {name}")
        while found >= 0:
            at = bisect_right(self._starts, found) - 1
            scores[at] = BEGINS if found == self._starts[at] else max(HOLDS, scores.get(at, 0.0))
            found = self._lines.find(f" {name}", found + 1)
        return scores

    def _misspelt(self, letters: str) -> Iterator[tuple[int, float]]:
        allowed = _errors_allowed(len(letters))
        if not allowed:
            return
        for length in range(len(letters) - allowed, len(letters) + allowed + 1):
            names = self._by_length.get(length, [])
            near = process.extract(letters, names, scorer=OSA.distance, score_cutoff=allowed, limit=None)
            for name, errors, _ in near:
                score = EXACT - errors / len(letters)
                for at in (*self._exact.get(name, ()), *self._small.get(name, ())):
                    yield at, score

    def nearest_codes(self, code: str, *, limit: int = 3) -> list[Municipality]:
        """Those whose code is almost this one, biggest first; of the same department when there are some."""
        codes = list(self._by_code)
        near = process.extract(code.upper(), codes, scorer=OSA.distance, score_cutoff=1, limit=None)
        towns = [self.towns[self._by_code[found]] for found, _, _ in near]
        same = [town for town in towns if town.code_insee[:2] == code[:2].upper()]
        return sorted(same or towns, key=lambda town: -(town.population or 0))[:limit]


@cache
def french_names() -> Names:
    """Of the whole country, made once a process."""
    return Names(municipalities().values())


def ranked(
    scored: Iterable[tuple[Municipality, float]], *, home: Collection[str], limit: int
) -> list[MunicipalityMatch]:
    """Best first. Very names, then others; among each: those of `home` (codes), then likeness, then size."""
    order = sorted(
        scored,
        key=lambda one: (
            one[1] < BUT_FOR_SMALL_WORDS,
            one[0].commune not in home,
            -round(one[1], 2),
            -(one[0].population or 0),
            one[0].code_insee,
        ),
    )
    sure = _stands_out(order, home)
    return [
        MunicipalityMatch(town, score, is_sure=sure and place == 0)
        for place, (town, score) in enumerate(order[:limit])
    ]


def _stands_out(order: Sequence[tuple[Municipality, float]], home: Collection[str]) -> bool:
    """The first is good and has no rival. At home, towns elsewhere are none."""
    if not order or order[0][1] < SURE:
        return False
    first, score = order[0]
    others = [one for one in order[1:] if first.commune not in home or one[0].commune in home]
    return not any(_rivals(first, score, *other) for other in others)


def _rivals(first: Municipality, score: float, other: Municipality, other_score: float) -> bool:
    """A namesake; as good an answer, if not a hamlet beside it; or a city whose name begins so (« Aix »)."""
    if other_score > score - CLOSE:
        return score == EXACT or not _dwarfs(first, other)
    return other_score == BEGINS and _dwarfs(other, first)


def _dwarfs(big: Municipality, small: Municipality) -> bool:
    return (big.population or 0) > DWARFING * (small.population or 0)


def _errors_allowed(letters: int) -> int:
    """Short names have too many neighbours: « Nice » and « Vic » are not one another's misspelling."""
    if letters < POSTCODE_DIGITS - 1:
        return 0
    return 1 if letters < 9 else 2 if letters < 14 else 3


def _likeness(typed: str, name: str) -> float:
    """Of the name typed beside a right postcode: from EXACT to NUMBER_ALONE; 0 when it is another name."""
    letters, those = compact(typed), compact(name)
    if letters in {those, compact(without_article(name))}:
        return EXACT
    begins = len(letters) >= BEGINNING_LETTERS and those.startswith(letters)
    same = OSA.normalized_similarity(letters, those)
    return NUMBER_ALONE + (EXACT - NUMBER_ALONE) * same if begins or same >= SAME_NAME else 0.0


def _starts(keys: Sequence[str]) -> Iterator[int]:
    """Where each line's first space stands in the joined text."""
    at = 1
    for name in keys:
        yield at
        at += len(name) + len("\n ")
