"""French full text as `websearch_to_tsquery` reads it: stems, no accents, `or`, `-word`, `"a phrase"`.

Words next to each other must all be there; `or` parts alternatives; a hyphenated word is itself and its parts
(so `demandeurs-emploi` finds only what was written with the hyphen). Small words ask nothing, but count as
places inside a phrase. A question of small words alone finds nothing.
"""

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import snowballstemmer  # type: ignore[import-untyped]
from numpy.typing import NDArray

from allervers.columns import Lists, Texts, ends

_STOP: Final = """
    au aux avec ce ces dans de des du elle en et eux il je la le leur lui ma mais me meme mes moi mon ne nos
    notre nous on ou par pas pour qu que qui sa se ses son sur ta te tes toi ton tu un une vos votre vous c d
    j l a m n s t y est ete etee etees etes etant suis es sommes sont serai seras sera serons serez seront
    serais serait serions seriez seraient etais etait etions etiez etaient fus fut fumes futes furent sois
    soit soyons soyez soient fusse fusses fussions fussiez fussent ayant eu eue eues eus ai as avons avez ont
    aurai auras aura aurons aurez auront aurais aurait aurions auriez auraient avais avait avions aviez
    avaient eut eumes eutes eurent aie aies ait ayons ayez aient eusse eusses eussions eussiez eussent
"""
STOP_WORDS: Final = frozenset(_STOP.split())
_LIGATURES: Final = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PART: Final = re.compile(r'(?P<not>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_LONGEST: Final = 60
"""Characters of a word kept: the longer are no words."""


def fold(text: str) -> str:
    """Lower case, no accents, no ligatures."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A stemmer of its own each time: they keep state, and threads would mix it."""
    return str(snowballstemmer.stemmer("french").stemWord(word[:_LONGEST]))


def placed(text: str) -> list[tuple[str, int]]:
    """Each stem of `text` with its place. Small words take a place and leave no stem."""
    found: list[tuple[str, int]] = []
    place = 0
    for word in _WORD.findall(fold(text)):
        parts = word.split("-")
        if len(parts) > 1:
            found.append((stem(word), place))
            place += 1
        for part in parts:
            if part not in STOP_WORDS:
                found.append((stem(part), place))
            place += 1
    return found


@dataclass(frozen=True, slots=True)
class Phrase:
    """Stems in a row, each with its place from the first; one alone is a word."""

    stems: tuple[str, ...]
    places: tuple[int, ...]
    refused: bool = False


def alternatives(text: str) -> list[list[Phrase]]:
    """What any one of must hold, whole. Empty: the question asks nothing, and finds nothing."""
    choices: list[list[Phrase]] = [[]]
    for part in _PART.finditer(text):
        if part["word"] and not part["not"] and part["word"].casefold() == "or":
            choices.append([])
            continue
        phrase = _phrase(part["phrase"] or part["word"] or "", refused=bool(part["not"]))
        if phrase.stems:
            choices[-1].append(phrase)
    return [choice for choice in choices if choice]


def _phrase(text: str, *, refused: bool) -> Phrase:
    """Words typed as one (`d'accueil`, `demandeurs-emploi`) are a phrase too."""
    words = placed(text)
    first = words[0][1] if words else 0
    return Phrase(tuple(word for word, _ in words), tuple(place - first for _, place in words), refused)


@dataclass(frozen=True, slots=True)
class FullText:
    """The words of one text field: the rows of each stem, and the stems of each row with their places."""

    stems: Texts
    rows: Lists
    of_row: Lists
    places: NDArray[np.int32]
    """Beside `of_row.items`."""
    known: NDArray[np.bool_]
    """The rows whose text is not null. Shapes: (rows,)."""

    def matching(self, text: str) -> NDArray[np.bool_]:
        """The rows that `text` finds. Shapes: (rows,)."""
        found = np.zeros(len(self.known), dtype=np.bool_)
        for choice in alternatives(text):
            kept = self.known.copy()
            for phrase in choice:
                holds = self._holding(phrase)
                kept &= ~holds if phrase.refused else holds
            found |= kept
        return found

    def shares(self, text: str, rows: NDArray[np.int32]) -> NDArray[np.int64]:
        """How many hundredths of the words that `text` wants stand in each of `rows`. Shapes: (rows,)."""
        wanted = {
            word
            for choice in alternatives(text)
            for part in choice
            if not part.refused
            for word in part.stems
        }
        held = np.zeros(len(self.known), dtype=np.int64)
        for word in wanted:
            code = self.stems.find(word)
            if code is not None:
                held[self.rows[code]] += 1
        shares: NDArray[np.int64] = 100 * held[rows] // max(1, len(wanted))
        return shares

    def _holding(self, phrase: Phrase) -> NDArray[np.bool_]:
        found = np.zeros(len(self.known), dtype=np.bool_)
        codes = [self.stems.find(word) for word in phrase.stems]
        if None in codes:
            return found
        rows = self.rows[codes[0]]  # type: ignore[index]  # None is ruled out above
        for code in codes[1:]:
            rows = np.intersect1d(rows, self.rows[code], assume_unique=True)  # type: ignore[index]
        if len(codes) > 1:
            rows = rows[[self._in_a_row(int(row), codes, phrase.places) for row in rows]]  # type: ignore[arg-type]
        found[rows] = True
        return found

    def _in_a_row(self, row: int, codes: list[int], places: tuple[int, ...]) -> bool:
        span = self.of_row.span(row)
        stems, at = self.of_row.items[span], self.places[span]
        starts = set(at[stems == codes[0]].tolist())
        for code, place in zip(codes[1:], places[1:], strict=True):
            starts &= set((at[stems == code] - place).tolist())
        return bool(starts)

    @classmethod
    def of(cls, texts: Sequence[str | None]) -> "FullText":
        """Flat arrays from the start: a country's texts hold six million words."""
        codes: dict[str, int] = {}
        items, places, lengths = array("i"), array("i"), array("q")
        for text in texts:
            found = placed(text) if text is not None else []
            lengths.append(len(found))
            items.extend(codes.setdefault(word, len(codes)) for word, _ in found)
            places.extend(place for _, place in found)
        stems = sorted(codes)
        rank = np.empty(len(codes), dtype=np.int32)
        rank[[codes[word] for word in stems]] = np.arange(len(codes), dtype=np.int32)
        of_row = Lists(ends(np.array(lengths, dtype=np.int64)), rank[np.array(items, dtype=np.int64)])
        return cls(
            stems=Texts.of(stems),
            rows=_rows_of(of_row, len(stems)),
            of_row=of_row,
            places=np.array(places, dtype=np.int32),
            known=np.array([text is not None for text in texts], dtype=np.bool_),
        )


def _rows_of(of_row: Lists, stems: int) -> Lists:
    """The rows of each stem, each once however often it is said there."""
    rows = np.repeat(np.arange(len(of_row), dtype=np.int64), np.diff(of_row.offsets))
    pairs = np.sort(of_row.items.astype(np.int64) * max(1, len(of_row)) + rows)
    once = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))] if len(pairs) else pairs
    stem, row = np.divmod(once, max(1, len(of_row)))
    return Lists(ends(np.bincount(stem, minlength=stems).astype(np.int64)), row.astype(np.int32))
