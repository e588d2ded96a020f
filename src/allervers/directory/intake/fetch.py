"""Fetch: what a file is (format, encoding, fingerprint), read once from one end to the other."""

import codecs
import hashlib
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from django.utils.translation import gettext as _

from allervers.directory.intake.hsds import is_hsds
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.words import NAME_LENGTH, shown

CHUNK = 1 << 20  # bytes
HEAD = 1 << 12  # bytes looked at to recognise a format
Format = Literal["csv", "json", "hsds", "xlsx", "parquet"]

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# First bytes of the tables that are no text.
BINARY_TABLES: tuple[tuple[bytes, Format], ...] = ((b"PK\x03\x04", "xlsx"), (b"PAR1", "parquet"))
# First bytes of what is often sent in the place of a table, and how its reader calls it.
OTHER_FORMATS = (
    (b"PK\x05\x06", "une archive ZIP vide"),
    (
        b"\xd0\xcf\x11\xe0",
        "un ancien document Office (.xls, .doc), ou un classeur protégé par un mot de passe",
    ),
    (b"\x1f\x8b", "une archive gzip"),
    (b"BZh", "une archive bzip2"),
    (b"\xfd7zXZ", "une archive xz"),
    (b"7z\xbc\xaf", "une archive 7z"),
    (b"Rar!", "une archive RAR"),
    (b"{\\rtf", "un document RTF"),
    (b"%PDF", "un document PDF"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"SQLite format 3\x00", "une base SQLite"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that may be a table. `size` in bytes; `label`: its name in reports; `encoding`: of texts."""

    path: Path
    label: str
    size: int
    sha256: str
    encoding: str
    format: Format

    def opened(self) -> TextIO:
        """The text, line ends untouched. Bytes foreign to the encoding become lone surrogates: the row that
        holds them is refused, the others are read. UTF-16 has no such way out and refuses the file."""
        errors = "strict" if self.encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
        return self.path.open(encoding=self.encoding, errors=errors, newline="")


def labels(paths: list[Path]) -> list[str]:
    """File names for reports; whole paths where two files bear the same name."""
    names = [path.name for path in paths]
    return [
        shown(path.name if names.count(path.name) == 1 else str(path), length=NAME_LENGTH * 4)
        for path in paths
    ]


def fetch(path: Path, *, label: str) -> Source:
    """Look at a file from one end to the other. Raises Refused when it is no readable table."""
    try:
        return _look(path, label)
    except FileNotFoundError:
        raise Refused(
            _("« {file} » n’existe pas. L’annuaire n’a pas changé. Vérifiez le nom du fichier.").format(
                file=label
            )
        ) from None
    except OSError as error:
        raise Refused(
            _(
                "« {file} » ne se laisse pas lire ({reason}). L’annuaire n’a pas changé. "
                "Vérifiez que le fichier est là et que vous avez le droit de l’ouvrir."
            ).format(file=label, reason=error.strerror or type(error).__name__)
        ) from None


def _look(path: Path, label: str) -> Source:
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe can be read once only, a folder never
        raise Refused(
            _(
                "« {file} » n’est pas un fichier. L’annuaire n’a pas changé. Donnez un fichier CSV, "
                "JSON, GeoJSON, Parquet ou XLSX."
            ).format(file=label)
        )
    with path.open("rb") as file:
        head = file.read(HEAD)
    _refuse_other_formats(head, label)
    binary = next((form for start, form in BINARY_TABLES if head.startswith(start)), None)
    encoding, size, digest = _fingerprint(path, head)
    if binary:
        return Source(path, label, size, digest, "", binary)
    _refuse_markup(head.decode(encoding, errors="replace"), label)
    text = head.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    if not text and size <= HEAD:
        raise Refused(
            _("« {file} » est vide. L’annuaire n’a pas changé. Envoyez le fichier complet.").format(
                file=label
            )
        )
    found: Format = "csv" if text[:1] not in ("[", "{") else "hsds" if is_hsds(text) else "json"
    return Source(path, label, size, digest, encoding, found)


def _refuse_markup(text: str, label: str) -> None:
    """A page of a web site, sent in the place of the file it was to give; an XML file."""
    if re.match(r"\s*\ufeff?\s*<(?:!doctype|html|\?xml|svg|rss|feed)\b", text, re.IGNORECASE):
        raise _other_format(label, _("une page web ou un fichier XML"))


def _other_format(label: str, name: str) -> Refused:
    return Refused(
        _(
            "« {file} » est {format} ; on attend ici un fichier CSV, JSON, GeoJSON, Parquet ou XLSX. "
            "L’annuaire n’a pas changé. Enregistrez-le en CSV (UTF-8) ou en XLSX, puis renvoyez-le."
        ).format(file=label, format=name)
    )


def _refuse_other_formats(head: bytes, label: str) -> None:
    for start, name in OTHER_FORMATS:
        if head.startswith(start):
            raise _other_format(label, name)


def _fingerprint(path: Path, head: bytes) -> tuple[str, int, str]:
    """Encoding, size in bytes, sha256. UTF-8, unless all that is not ASCII is foreign to it."""
    digest, size = hashlib.sha256(), 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    accented = foreign = False
    for chunk in _chunks(path):
        digest.update(chunk)
        size += len(chunk)
        text = decoder.decode(chunk)
        if not text.isascii():
            foreign = foreign or FOREIGN.search(text) is not None
            accented = accented or ACCENTED.search(text) is not None
    encoding = _marked(head) or ("cp1252" if foreign and not accented else "utf-8")
    return encoding, size, digest.hexdigest()


FOREIGN = re.compile("[\udc80-\udcff]")
ACCENTED = re.compile("[^\x00-\x7f\udc80-\udcff]")


def _marked(head: bytes) -> str | None:
    for mark, encoding in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding
    if head[1:2] == b"\x00" and head[:1] != b"\x00":
        return "utf-16-le"
    if head[:1] == b"\x00" and head[1:2] != b"\x00":
        return "utf-16-be"
    return None


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
