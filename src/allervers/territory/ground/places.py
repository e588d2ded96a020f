"""Named places of a town, in the forms towns have them: CSV, GeoJSON, a timetable (GTFS)."""

import csv
import io
import json
import math
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import shape

from allervers.engines.geocoding import Kind, Named, shown_name
from allervers.territory.ground.refusal import GroundRefused

NAME_KEYS = (
    "nom",
    "name",
    "stop_name",
    "libelle",
    "libsquart",
    "libquart",
    "nom_qp",
    "lib_qp",
    "lib",
    "intitule",
)
LATITUDE_KEYS, LONGITUDE_KEYS = (
    ("lat", "latitude", "stop_lat", "y"),
    ("lon", "lng", "longitude", "stop_lon", "x"),
)
NAME_MAX = 200


def read_places(path: Path) -> list[Named]:
    """Each place once by name and rounded position. Raises GroundRefused when the file holds none."""
    try:
        found = list(_once(_read(path)))
    except (
        OSError,
        ValueError,
        KeyError,
        csv.Error,
        zipfile.BadZipFile,
        shapely.errors.ShapelyError,
    ) as error:
        raise GroundRefused(_("« {file} » ne se laisse pas lire.").format(file=path.name)) from error
    if not found:
        raise GroundRefused(
            _(
                "« {file} » ne contient aucun lieu nommé : on attend un CSV (nom, lat, lon), un GeoJSON "
                "en degrés dont les objets ont un nom, ou un horaire GTFS (.zip)."
            ).format(file=path.name)
        )
    return found


def _read(path: Path) -> Iterator[Named]:
    with path.open("rb") as file:
        head = file.read(4)
    if head == b"PK\x03\x04":
        with zipfile.ZipFile(path) as archive, archive.open("stops.txt") as stops:
            yield from _rows(io.TextIOWrapper(stops, encoding="utf-8-sig", newline=""))
    elif path.read_text(encoding="utf-8-sig", errors="replace").lstrip()[:1] == "{":
        yield from _features(path)
    else:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
            yield from _rows(text)


def _rows(text: Iterable[str]) -> Iterator[Named]:
    lines = iter(text)
    header = next(lines, "")
    delimiter = ";" if header.count(";") > header.count(",") else ","
    names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
    for cells in csv.reader(lines, delimiter=delimiter):
        said = dict(zip(names, cells, strict=False))
        latitude, longitude = _number(said, LATITUDE_KEYS), _number(said, LONGITUDE_KEYS)
        if (name := _name(said)) and abs(latitude) <= 90 and abs(longitude) <= 180:
            yield Named(name, Kind.PLACE, latitude, longitude)


def _features(path: Path) -> Iterator[Named]:
    content = json.loads(path.read_text(encoding="utf-8-sig"))
    for feature in content.get("features") or []:
        said = {str(key).lower(): value for key, value in (feature.get("properties") or {}).items()}
        if not (name := _name(said)) or not feature.get("geometry"):
            continue
        point = shapely.point_on_surface(shapely.make_valid(shape(feature["geometry"])))
        if not point.is_empty and abs(point.y) <= 90 and abs(point.x) <= 180:
            yield Named(name, Kind.PLACE, point.y, point.x)


def _name(said: Mapping[str, object]) -> str:
    found = (said.get(key) for key in NAME_KEYS)
    text = next((value for value in found if isinstance(value, str) and value.strip()), "")
    return shown_name(text)[:NAME_MAX]


def _number(said: Mapping[str, str], keys: Iterable[str]) -> float:
    text = next((said[key] for key in keys if said.get(key)), "")
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan


def _once(places: Iterable[Named]) -> Iterator[Named]:
    met: set[tuple[str, float, float]] = set()
    for place in places:
        key = place.name.casefold(), round(place.latitude, 3), round(place.longitude, 3)
        if key not in met:
            met.add(key)
            yield place
