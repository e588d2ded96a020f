"""The nearest good value: what the writer most likely meant, if the official model takes it."""

import re
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache
from typing import Any, get_args

from pydantic import ValidationError
from rapidfuzz import fuzz, process, utils

from allervers.directory.intake.canonical import LISTS, Values
from allervers.directory.intake.shape import OFFICIAL
from allervers.directory.models import Kind

CLOSE_ENOUGH = 70.0  # rapidfuzz ratio, 0 to 100; below, a proposal misleads more than it helps
LONGEST = 300  # characters: a longer value is no slip of the pen


def nearest(field: str, value: object, values: Values, kind: Kind) -> str | None:
    """A good value for `field` that looks like `value`, or None."""
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    if not text or len(text) > LONGEST:
        return None
    if options := vocabulary(kind, field):
        found = process.extractOne(
            text, options, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=CLOSE_ENOUGH
        )
        return str(found[0]) if found else None
    mended = dict.fromkeys(MENDERS[field](text)) if field in MENDERS else {}
    return next((one for one in mended if one != text and _is_good(field, one, values, kind)), None)


@cache
def vocabulary(kind: Kind, field: str) -> tuple[str, ...]:
    """The vocabulary of a field, empty when it has none."""
    annotation = OFFICIAL[kind].model_fields[field].annotation
    return tuple(str(member.value) for enum in _enums(annotation) for member in enum)


def _enums(annotation: Any) -> Iterator[type[Enum]]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield annotation
    for part in get_args(annotation):
        yield from _enums(part)


def _is_good(field: str, candidate: str, values: Values, kind: Kind) -> bool:
    """Judged by the model itself, in the place of the bad value."""
    one: object = [candidate] if field in LISTS else candidate
    try:
        OFFICIAL[kind].model_validate(values | {field: one})
    except ValidationError as error:
        return all(found["loc"][0] != field for found in error.errors(include_url=False, include_input=False))
    return True


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _postcodes(text: str) -> Iterator[str]:
    """« 34 000 », « 34000.0 », and « 6000 » whose zero a spreadsheet took."""
    whole = re.sub(r"\.0+$", "", text)
    yield _digits(whole).zfill(5)


def _codes(text: str) -> Iterator[str]:
    yield re.sub(r"\s", "", text).zfill(5).upper()


def _sirets(text: str) -> Iterator[str]:
    yield _digits(re.sub(r"\.0+$", "", text))


def _links(text: str) -> Iterator[str]:
    """« www.a.fr », « http//:www.a.fr », « https:/a.fr », « htp://a.fr »."""
    rest = re.sub(r"^\W*(?:h?t{1,3}ps?\W*)?[:/\\]+|^\W+", "", text, flags=re.IGNORECASE)
    scheme = "http" if re.match(r"h?t{1,3}p[^s]", text, flags=re.IGNORECASE) else "https"
    if "." in rest and not re.search(r"\s", rest):
        yield f"{scheme}://{rest}"


def _mails(text: str) -> Iterator[str]:
    bare = re.sub(r"^mailto:|[\s<>]", "", text, flags=re.IGNORECASE)
    yield bare.strip(".,;")
    yield re.sub(r"\(at\)|\[at\]", "@", bare, flags=re.IGNORECASE)
    yield bare.replace(",", ".")


def _dates(text: str) -> Iterator[str]:
    """« 16/11/2026 »: day first, as French people write."""
    if match := re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?:\D.*)?", text, flags=re.DOTALL):
        yield f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}"
    if match := re.fullmatch(r"(\d{4})[/. ]?(\d{2})[/. ]?(\d{2})", text):
        yield f"{match[1]}-{match[2]}-{match[3]}"


def _decimals(text: str) -> Iterator[str]:
    yield re.sub(r"\s", "", text).replace(",", ".")


MENDERS: dict[str, Callable[[str], Iterator[str]]] = {
    "code_postal": _postcodes,
    "code_insee": _codes,
    "siret": _sirets,
    "site_web": _links,
    "lien_source": _links,
    "lien_mobilisation": _links,
    "accessibilite_lieu": _links,
    "courriel": _mails,
    "date_maj": _dates,
    "longitude": _decimals,
    "latitude": _decimals,
    "volume_horaire_hebdomadaire": _decimals,
}
