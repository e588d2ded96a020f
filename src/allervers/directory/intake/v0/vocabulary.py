"""The reviewed table of v0 words in v1: `vocabulaires.yml`."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("vocabulaires.yml")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`means`: v0 value (or a label written in its place) -> v1 values; `dropped`: v0 value -> why."""

    means: Mapping[str, tuple[str, ...]]
    dropped: Mapping[str, str]


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """By the name of the v0 list: « thematiques », « profils »…"""
    table = _table()
    labels = table["etiquettes"]
    return {
        name: Vocabulary(
            {str(value): tuple(codes) for value, codes in section["vaut"].items()}
            | {label: (code,) for label, code in labels.get(name, {}).items()},
            {str(value): str(why) for value, why in section.get("abandonne", {}).items()},
        )
        for name, section in table.items()
        if name not in ("precise", "etiquettes")
    }


def precise_needs(category: str, name: str) -> tuple[str, ...]:
    """The need that the name of a service tells, where v0 only gave the category."""
    words = f" {_plain(name)} "
    rules = _table()["precise"].get(category, {})
    return tuple(need for need, signs in rules.items() if any(f" {_plain(sign)} " in words for sign in signs))


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower())
    return " ".join(re.findall(r"\w+", "".join(sign for sign in bare if not unicodedata.combining(sign))))


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return table
