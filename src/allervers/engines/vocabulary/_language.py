"""One language's file, read and checked: every official value is there, nothing else is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from data_inclusion.schema.v1 import Categorie, Public, Thematique

from ._entries import PICTOGRAMS, Entry, UnknownLanguage, Vocabulary, VocabularyError

SOURCE = "fr"  # the language whose file is whole: the others take pictograms and numbers from it
_SUFFIX = ".yaml"

_OFFICIAL = {
    "thematiques": tuple(item.value for item in Thematique),
    "categories": tuple(item.value for item in Categorie),
    "publics": tuple(item.value for item in Public),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that point to some values; `weight` is 1 when they do surely, less when they may."""

    text: str
    value: str
    weight: float


@dataclass(frozen=True, slots=True)
class Language:
    """A vocabulary with what is needed to understand its sentences."""

    vocabulary: Vocabulary
    need_phrases: tuple[Phrase, ...]
    public_phrases: tuple[Phrase, ...]
    urgent_phrases: tuple[Phrase, ...]  # value: the kind
    urgent_numbers: Mapping[str, tuple[str, ...]]  # by kind, the gravest kind first
    urgent_needs: Mapping[str, str]  # the need that a kind of emergency is as well
    nothing: tuple[str, ...]
    names: tuple[str, ...]
    calm: tuple[str, ...]
    stop_words: frozenset[str]
    negations: frozenset[str]
    spellings: Mapping[str, str]

    def phrase_texts(self) -> list[str]:
        """Every phrase that a sentence may resemble."""
        phrases = (*self.need_phrases, *self.urgent_phrases)
        return [*(phrase.text for phrase in phrases), *self.nothing, *self.names, *self.calm]

    def texts(self) -> list[str]:
        """All that is written in this language, for its words."""
        publics = (phrase.text for phrase in self.public_phrases)
        return [*self.phrase_texts(), *publics, *self.stop_words, *self.negations, *self.spellings.values()]


# What "also" weighs beside "synonyms". Found on the tuning half: from 0.4 to 0.7 the figures stay the same.
_ALSO = 0.5


def read_language(code: str) -> Language:
    """The language's file, checked. Raises UnknownLanguage, VocabularyError."""
    if code not in written_languages():
        raise UnknownLanguage(code)
    text = (files(__package__) / "languages" / f"{code}.yaml").read_text(encoding="utf-8")
    return parse_language(code, text, None if code == SOURCE else read_language(SOURCE))


@cache
def written_languages() -> tuple[str, ...]:
    """The codes of the languages whose file is shipped, in alphabetical order."""
    folder = files(__package__) / "languages"
    return tuple(sorted(one.name[: -len(_SUFFIX)] for one in folder.iterdir() if one.name.endswith(_SUFFIX)))


def parse_language(code: str, text: str, source: Language | None = None) -> Language:
    """The language written in `text` (YAML); what depends on no language is taken from `source`.

    Raises VocabularyError with all that is wrong.
    """
    try:
        raw = yaml.load(text, Loader=_StrictLoader)
    except yaml.YAMLError as error:
        raise VocabularyError(code, (" ".join(str(error).split()),)) from error
    if source is not None and isinstance(raw, dict):
        raw = _completed(_with_words_of(source, raw) if _is_easy_form(code) else raw, source)
    if problems := tuple(_problems(raw)):
        raise VocabularyError(code, problems)
    urgent = raw["urgent"]
    return Language(
        vocabulary=Vocabulary(code, *(_entries(raw, name) for name in _OFFICIAL)),
        need_phrases=tuple(_phrases(raw["thematiques"])),
        public_phrases=tuple(_phrases(raw["publics"])),
        urgent_phrases=tuple(Phrase(p, kind, 1.0) for kind, one in urgent.items() for p in one["phrases"]),
        urgent_numbers={kind: tuple(one["numbers"]) for kind, one in urgent.items()},
        urgent_needs={kind: one["need"] for kind, one in urgent.items() if "need" in one},
        nothing=tuple(raw["nothing"]),
        names=tuple(raw["names"]),
        calm=tuple(raw["calm"]),
        stop_words=frozenset(raw["stop_words"]),
        negations=frozenset(raw["negations"]),
        spellings=raw["spellings"],
    )


def _is_easy_form(code: str) -> bool:
    """Whether `code` is French told more simply (`fr-facile`): the same words are typed."""
    return code.partition("-")[0] == SOURCE


def _with_words_of(source: Language, raw: dict[str, Any]) -> dict[str, Any]:
    """`raw` with what people type in `source`, where it says nothing itself."""
    words = source.vocabulary
    completed: dict[str, Any] = {name: sorted(getattr(source, name)) for name in _LISTS} | {
        "spellings": source.spellings
    }
    completed |= {name: its for name, its in raw.items() if its or name not in _LISTS}
    for name, its in (("thematiques", words.thematiques), ("publics", words.publics)):
        completed[name] = {
            value: {"synonyms": list(its[value].synonyms), **entry} if value in its else entry
            for value, entry in (raw.get(name) or {}).items()
        }
    said: dict[str, list[str]] = {}
    for phrase in source.urgent_phrases:
        said.setdefault(phrase.value, []).append(phrase.text)
    own = raw.get("urgent") or {}
    completed["urgent"] = {kind: {"phrases": its, **(own.get(kind) or {})} for kind, its in said.items()}
    return completed


def _completed(raw: dict[str, Any], source: Language) -> dict[str, Any]:
    """`raw` with the pictograms, numbers and needs of emergency of `source`, where it has none of its own."""
    known = source.vocabulary
    official = {"thematiques": known.thematiques, "categories": known.categories, "publics": known.publics}
    completed = dict(raw)
    for name, its in official.items():
        completed[name] = {
            value: {"pictogram": its[value].pictogram, **entry} if value in its else entry
            for value, entry in (raw.get(name) or {}).items()
        }
    completed["urgent"] = {
        kind: {
            "numbers": list(numbers),
            **({"need": source.urgent_needs[kind]} if kind in source.urgent_needs else {}),
            **((raw.get("urgent") or {}).get(kind) or {}),
        }
        for kind, numbers in source.urgent_numbers.items()
    }
    completed["spellings"] = raw.get("spellings") or {}
    return completed


def _entries(raw: Mapping[str, Any], name: str) -> dict[str, Entry]:
    reviewer = raw.get("reviewed_by")
    return {value: _entry(value, raw[name][value], reviewer) for value in _OFFICIAL[name]}


def _entry(value: str, raw: Mapping[str, Any], reviewer: str | None) -> Entry:
    synonyms = (*raw.get("synonyms", ()), *raw.get("also", ()))
    return Entry(
        value, raw["label"], raw["explanation"], synonyms, raw["pictogram"], raw.get("reviewed_by", reviewer)
    )


def _phrases(entries: Mapping[str, Any]) -> Iterator[Phrase]:
    for value, raw in entries.items():
        yield Phrase(raw["label"], value, 1.0)
        yield from (Phrase(text, value, 1.0) for text in raw["synonyms"])
        yield from (Phrase(text, value, _ALSO) for text in raw.get("also", ()))


_LISTS = ("nothing", "names", "calm", "stop_words", "negations")


def _problems(raw: Any) -> Iterator[str]:
    if not isinstance(raw, dict):
        yield "not a mapping"
        return
    for name, official in _OFFICIAL.items():
        entries = raw.get(name) or {}
        yield from (f"{name}: {value} is missing" for value in official if value not in entries)
        yield from (f"{name}: {value} is unknown" for value in entries if value not in official)
        for value, entry in entries.items():
            yield from (f"{name}: {value}: {problem}" for problem in _entry_problems(name, entry))
    for kind, one in (raw.get("urgent") or {"urgent": {}}).items():
        yield from (f"urgent: {kind}: no {key}" for key in ("numbers", "phrases") if not _words(one.get(key)))
        if one.get("need", _OFFICIAL["thematiques"][0]) not in _OFFICIAL["thematiques"]:
            yield f"urgent: {kind}: {one['need']} is unknown"
    yield from (f"{name}: not a list of words" for name in _LISTS if not _words(raw.get(name)))
    if not isinstance(raw.get("spellings"), dict) or not all(
        isinstance(word, str) for pair in raw["spellings"].items() for word in pair
    ):
        yield "spellings: not words to words"


def _entry_problems(name: str, entry: Mapping[str, Any]) -> Iterator[str]:
    for key in ("label", "explanation", "pictogram"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            yield f"no {key}"
    if entry.get("pictogram") not in PICTOGRAMS:
        yield f"no icon named {entry.get('pictogram')}"
    if name != "categories" and not _words(entry.get("synonyms")):
        yield "no synonyms, or one that is not a text (quote it)"
    if "also" in entry and not _words(entry["also"]):
        yield "also: not a list of words"


def _words(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, str) and item.strip() for item in value)
    )


class _StrictLoader(yaml.CSafeLoader):
    """A loader that refuses a key written twice: the first would vanish without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise yaml.constructor.ConstructorError(
                None, None, f"written twice: {', '.join(map(str, sorted(twice, key=str)))}", node.start_mark
            )
        return super().construct_mapping(node, deep=deep)
