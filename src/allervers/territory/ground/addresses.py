"""Addresses in the columns of the Base adresse nationale, read as a stream."""

import csv
import gzip
import io
import math
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from allervers.territory.ground.refusal import GroundRefused

NEEDED = ("numero", "nom_voie", "code_insee", "lon", "lat")
GZIP = b"\x1f\x8b"
HEAD = 1 << 16  # bytes looked at to tell an encoding
NOTES_KEPT = 20
CELL_MAX = 1 << 20  # characters

Watch = Callable[[int, int], None]  # done, total: bytes of the file as it is on disk


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One house. Texts are empty when unknown; `number` has no repetition (« bis » is `repetition`)."""

    number: int
    repetition: str
    street: str
    postcode: str
    code_insee: str
    town: str
    longitude: float
    latitude: float


@dataclass(slots=True)
class AddressReport:
    """What was read. `notes`: the first refused rows, as sentences."""

    read: int = 0
    refused: int = 0
    notes: list[str] = field(default_factory=list)

    def refuse(self, row: int, why: str) -> None:
        self.refused += 1
        if len(self.notes) < NOTES_KEPT:
            self.notes.append(_("Adresses, ligne {row} : {why}").format(row=row, why=why))


def read_addresses(path: Path, report: AddressReport, *, watch: Watch | None = None) -> Iterator[AddressRow]:
    """The good rows, in their order; the others go to `report`. Raises GroundRefused."""
    try:
        with path.open("rb") as raw, _text(raw) as text:
            yield from _rows(text, path, report, _watched(raw, path, watch))
    except (OSError, EOFError, zlib.error) as error:
        raise GroundRefused(
            _("« {file} » ne se laisse pas lire jusqu’au bout : il est peut-être coupé. Reprenez-le.").format(
                file=path.name
            )
        ) from error
    except (csv.Error, UnicodeError) as error:
        raise GroundRefused(
            _("« {file} » n’est pas un fichier CSV lisible.").format(file=path.name)
        ) from error
    if report.read == report.refused:
        raise GroundRefused(
            _("« {file} » ne contient aucune adresse. {why}")
            .format(file=path.name, why=" ".join(report.notes[:3]))
            .strip()
        )


def _watched(raw: io.BufferedReader, path: Path, watch: Watch | None) -> Callable[[], None]:
    if watch is None:
        return lambda: None
    total = path.stat().st_size
    return lambda: watch(raw.tell(), total)


def _text(raw: io.BufferedReader) -> TextIO:
    zipped = raw.peek(len(GZIP))[: len(GZIP)] == GZIP
    buffered = io.BufferedReader(gzip.GzipFile(fileobj=raw), HEAD) if zipped else raw
    head = buffered.peek(HEAD)
    try:
        head[: head.rfind(b"\n") + 1].decode()
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        encoding = "cp1252"
    return io.TextIOWrapper(buffered, encoding=encoding, errors="replace", newline="")


def _rows(
    text: TextIO, path: Path, report: AddressReport, watched: Callable[[], None]
) -> Iterator[AddressRow]:
    header = text.readline()
    columns = next(csv.reader([header], delimiter=_delimiter(header)), [])
    places = {name.strip().lower(): place for place, name in enumerate(columns)}
    if missing := [name for name in NEEDED if name not in places]:
        raise GroundRefused(
            _("« {file} » n’a pas les colonnes de la Base adresse nationale : il manque {names}.").format(
                file=path.name, names=", ".join(missing)
            )
        )
    for row, cells in enumerate(csv.reader(text, delimiter=_delimiter(header)), start=1):
        if not cells or cells == columns:  # several files end to end: one header each
            continue
        report.read += 1
        if row % 2048 == 0:
            watched()
        said = {name: cells[place].strip() for name, place in places.items() if place < len(cells)}
        found = _address(said)
        if isinstance(found, str):
            report.refuse(row, found)
        else:
            yield found


def _delimiter(header: str) -> str:
    return ";" if header.count(";") >= header.count(",") else ","


def _address(said: dict[str, str]) -> AddressRow | str:
    """The address, or why it is none."""
    number = said.get("numero", "")
    if not (number.isascii() and number.isdigit() and len(number) <= 6):
        return _("numero « {value} » n’est pas un nombre.").format(value=number[:50])
    if not said.get("nom_voie"):
        return _("nom_voie est vide.")
    if len(said.get("code_insee", "")) != 5:
        return _("code_insee « {value} » n’est pas un code de commune.").format(
            value=said.get("code_insee", "")[:50]
        )
    longitude, latitude = _degrees(said.get("lon", "")), _degrees(said.get("lat", ""))
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):  # refuses nan too
        return _("lon et lat ne sont pas des degrés.")
    return AddressRow(
        number=int(number),
        repetition=said.get("rep", "").lower()[:8],
        street=" ".join(said["nom_voie"].split())[:200],
        postcode=said.get("code_postal", "")[:5],
        code_insee=said["code_insee"].upper(),
        town=said.get("nom_commune", "")[:100],
        longitude=longitude,
        latitude=latitude,
    )


def _degrees(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan
