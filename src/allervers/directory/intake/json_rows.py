"""JSON: one list of records, read one record at a time, in constant memory.

A record is cut out of the text by the standard library's own scanner, so that a number too big or a lone
surrogate costs its row and no more. (ijson would stop at the first of them, for the whole file.)
"""

import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import TextIO

from django.utils.translation import gettext as _

from allervers.directory.intake.fetch import Source
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.rows import Row, Table, broken, cut, without_rows
from allervers.directory.intake.words import listed

CHUNK = 1 << 18  # characters
LONGEST = 32_000_000  # characters of one record: beyond, a quote was never closed
LIST_KEY = "features"  # of GeoJSON; an API's page is no whole file
LOOKED_AT = 100  # first records whose keys are the columns
NEAR_THE_END = 32  # characters: an error so near to the end of what was read may only be a lack of text
BLANK = " \t\r\n"


def _integer(digits: str) -> int | float:
    """Python refuses integers of more than 4,300 digits; infinity is refused later, with its row."""
    try:
        return int(digits)
    except ValueError:
        return float("inf")


DECODER = json.JSONDecoder(parse_int=_integer, strict=False)  # a raw control character: its row at most


class _Text:
    """A window over the file: what is read and not yet used."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.window = ""
        self.at = 0
        self.finished = False

    def more(self) -> None:
        """Double the window, so that a very long record is scanned a few times only."""
        size = max(CHUNK, len(self.window) - self.at)
        try:
            read = self.stream.read(size)
        except UnicodeDecodeError:  # UTF-16 has no way around a foreign byte
            raise ValueError from None
        self.finished = not read
        self.window = self.window[self.at :] + read
        self.at = 0

    def next_sign(self) -> str:
        """The next character that is not blank, or "" at the end."""
        while True:
            while self.at < len(self.window) and self.window[self.at] in BLANK:
                self.at += 1
            if self.at < len(self.window) or self.finished:
                return self.window[self.at : self.at + 1]
            self.more()

    def value(self) -> object:
        """The value that starts here. Raises ValueError when there is none, EOFError when it is cut."""
        while True:
            try:
                value, end = DECODER.raw_decode(self.window, self.at)
            except json.JSONDecodeError as error:
                self._give_up_or_read_on(error)
                continue
            if end == len(self.window) and not self.finished:  # 12 may be the start of 123
                self.more()
                continue
            self.at = end
            return value

    def _give_up_or_read_on(self, error: json.JSONDecodeError) -> None:
        lacks_text = error.pos >= len(self.window) - NEAR_THE_END or "Unterminated string" in error.msg
        if not lacks_text or len(self.window) - self.at > LONGEST:
            raise error
        if self.finished:
            raise EOFError
        self.more()


def json_table(source: Source, stream: TextIO) -> Table:
    """The keys of the first records as columns, and the rows: of a list, or of the features of a GeoJSON."""
    text = _Text(stream)
    try:
        sign = text.next_sign()
    except ValueError:
        raise broken(source.label, after=0, what=_("ce n’est pas du JSON")) from None
    if sign == "{":
        _go_to_the_list(text, source.label)
    elif sign != "[":
        raise _not_a_list(source.label, text)
    rows = _rows(text, source.label, within_object=sign == "{")
    first = list(islice(rows, LOOKED_AT))
    columns = dict.fromkeys(name for row in first for name in row.values)
    return Table(tuple(columns), chain(first, rows))


def _go_to_the_list(text: _Text, label: str) -> None:
    """Over the keys of the object, to the list of features. Raises Refused."""
    keys: list[str] = []
    try:
        text.at += 1
        while text.next_sign() == '"':
            keys.append(str(text.value()))
            if text.next_sign() != ":":
                raise ValueError
            text.at += 1
            if text.next_sign() == "[" and keys[-1] == LIST_KEY:
                return
            text.value()
            if text.next_sign() == ",":
                text.at += 1
        if text.next_sign() != "}":
            raise EOFError if not text.next_sign() else ValueError
    except EOFError:
        raise cut(label, after=0) from None
    except (ValueError, RecursionError):
        raise broken(label, after=0, what=_("ce n’est pas du JSON")) from None
    raise _an_object(label, keys)


def _not_a_list(label: str, text: _Text) -> Refused:
    try:
        text.value()
    except EOFError:
        return cut(label, after=0)
    except (ValueError, RecursionError):
        return broken(label, after=0, what=_("ce n’est pas du JSON"))
    return _an_object(label, [])


def _an_object(label: str, keys: list[str]) -> Refused:
    return Refused(
        _(
            "« {file} » n’est pas une liste de fiches : on y a reconnu un objet ({keys}), "
            "il manque la liste [ … ] de structures ou de services. L’annuaire n’a pas changé. "
            "Envoyez le fichier JSON de data·inclusion tel qu’il est publié."
        ).format(file=label, keys=listed(keys) or _("sans clé"))
    )


def _rows(text: _Text, label: str, *, within_object: bool) -> Iterator[Row]:
    number = 0
    try:
        text.at += 1  # the opening bracket
        sign = text.next_sign()
        while sign != "]" or number:
            value = text.value()
            number += 1
            yield _row(number, value)
            sign = text.next_sign()
            if sign == "]":
                break
            if sign != ",":
                raise EOFError if not sign else ValueError
            text.at += 1
            text.next_sign()
        text.at += 1
        _end(text, within_object=within_object)
    except EOFError:
        raise cut(label, after=number) from None
    except RecursionError:
        raise broken(label, after=number, what=_("des listes sont emboîtées sans fin")) from None
    except ValueError:
        if text.finished and text.at >= len(text.window):
            raise cut(label, after=number) from None
        raise broken(label, after=number, what=_("ce n’est plus du JSON")) from None
    if not number:
        raise without_rows(label)


def _end(text: _Text, *, within_object: bool) -> None:
    """Nothing but the rest of the object may follow. Raises EOFError or ValueError."""
    while within_object and text.next_sign() == ",":
        text.at += 1
        text.next_sign()
        text.value()
        if text.next_sign() != ":":
            raise EOFError if not text.next_sign() else ValueError
        text.at += 1
        text.next_sign()
        text.value()
    if within_object:
        if text.next_sign() != "}":
            raise EOFError if not text.next_sign() else ValueError
        text.at += 1
    if text.next_sign():
        raise ValueError


def _row(number: int, value: object) -> Row:
    if isinstance(value, dict):
        return Row(number, flat(value))
    return Row(number, {}, _("Cet élément de la liste n’est pas une fiche (un objet entre accolades)."))


def flat(record: dict[str, object]) -> dict[str, object]:
    """A GeoJSON feature as its properties, its point as coordinates; other records as they are."""
    properties = record.get("properties")
    if record.get("type") != "Feature" or not isinstance(properties, dict):
        return record
    if properties.get("longitude") is None and properties.get("latitude") is None:
        return properties | _point(record.get("geometry"))
    return properties


def _point(geometry: object) -> dict[str, object]:
    """[longitude, latitude], in this order in GeoJSON."""
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return {}
    position = geometry.get("coordinates")
    if not isinstance(position, list) or len(position) < 2:
        return {}
    return {"longitude": position[0], "latitude": position[1]}
