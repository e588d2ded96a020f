"""What a row says, whatever file wrote it: the same record in CSV and in JSON gives the same values.

Nothing is judged here: a value that cannot be read is passed on as it came, and validation says so.
"""

import ast
import hashlib
import re
import warnings
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import orjson

from allervers.directory.intake.shape import FIELDS
from allervers.directory.models import Kind

LISTS = frozenset(
    {
        "reseaux_porteurs",
        "thematiques",
        "publics",
        "modes_accueil",
        "zone_eligibilite",
        "modes_mobilisation",
        "mobilisable_par",
    }
)
DATES = frozenset({"date_maj"})
DECIMALS = frozenset({"longitude", "latitude", "volume_horaire_hebdomadaire"})
INTEGERS = frozenset({"nombre_semaines"})

# Changes whenever `normalise` gives other columns for the same row: unchanged rows are then written again.
NORMALISATION = "2"

DECIMALS_KEPT = 10
LONGEST_LIST = 20_000  # characters of Python text: beyond, no list of codes
OFTEN = 500  # characters: the longer are seldom the same, and would fill the memory
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECONDS = range(10**10, 10**14)  # from 1970-04 to 5138: a shorter number is no date in milliseconds
DECIMAL = re.compile(r"[+-]?\d{1,40}(\.\d{0,40})?([eE][+-]?\d{1,3})?")
WHOLE = re.compile(r"([+-]?\d{1,18})(\.0*)?")
ISO_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*", re.DOTALL)

Values = dict[str, object]


def canonical(received: Mapping[str, object], kind: Kind) -> Values:
    """The fields of the schéma that `received` fills, read as what they are."""
    return {name: _read(name, value) for name in FIELDS[kind] if not _is_blank(value := received.get(name))}


def content_hash(values: Values, kind: Kind) -> str:
    """sha256 of what the values say. Lists of codes are sets: their order says nothing."""
    said = {name: _unordered(value) for name, value in values.items()}
    text = orjson.dumps([NORMALISATION, kind.value, said], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _unordered(value: object) -> object:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return sorted(set(value))
    return value


def _read(name: str, value: object) -> object:
    if (reader := READERS.get(name)) is not None:
        return reader(value)
    return value


def _list(value: object) -> object:
    """Lists are Python text in CSV and XLSX: "['a', 'b']"."""
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "(", "{") and len(value) <= LONGEST_LIST:
        text = value.strip()
        parsed = _often_parsed(text) if len(text) <= OFTEN else _parsed(text)
        return list(parsed) if isinstance(parsed, tuple) else value
    return value


def _parsed(text: str) -> tuple[str, ...] | None:
    """Texts only: a list of anything else is no list of codes, and some of it no JSON could write."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # « invalid escape sequence »: of the file, not of our code
            value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None
    if not isinstance(value, list | tuple | set):
        return None
    if not all(isinstance(item, str) and item.isprintable() for item in value):
        return None
    return tuple(sorted(value)) if isinstance(value, set) else tuple(value)


_often_parsed = lru_cache(maxsize=4096)(_parsed)  # a file repeats the same few hundred lists


def _date(value: object) -> object:
    """Dates are milliseconds since 1970 in the JSON files, and may carry a time."""
    if isinstance(value, str):
        text = value.strip()
        if moment := ISO_MOMENT.fullmatch(text):
            return moment[1]
        if not (text.isascii() and text.isdigit() and int(text[:15]) in MILLISECONDS):
            return text
        value = int(text[:15])
    if isinstance(value, int | float) and not isinstance(value, bool) and _is_milliseconds(value):
        return (EPOCH + timedelta(milliseconds=value)).date().isoformat()
    return value


def _is_milliseconds(value: float) -> bool:
    return value == value and MILLISECONDS.start <= value < MILLISECONDS.stop


def _decimal(value: object) -> object:
    """The JSON files keep 10 decimals (pandas), the CSV files all of them: 43.60376400000001 is 43.603764."""
    if isinstance(value, str) and DECIMAL.fullmatch(value.strip()):
        return round(float(value), DECIMALS_KEPT)
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 2**53:
        return round(float(value), DECIMALS_KEPT)
    return value


def _integer(value: object) -> object:
    """A whole number that a column with blanks has turned into « 3.0 »."""
    if isinstance(value, str) and (whole := WHOLE.fullmatch(value.strip())):
        return int(whole[1])
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


READERS: dict[str, Callable[[object], object]] = {
    **dict.fromkeys(LISTS, _list),
    **dict.fromkeys(DATES, _date),
    **dict.fromkeys(DECIMALS, _decimal),
    **dict.fromkeys(INTEGERS, _integer),
}
