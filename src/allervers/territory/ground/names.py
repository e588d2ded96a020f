"""All the names of the ground as one set that the geocoder maps into memory."""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import shapely

from allervers.engines.geocoding import Built, House, Kind, Line, Named, Town, build
from allervers.territory.ground.addresses import AddressReport, AddressRow, Watch, read_addresses
from allervers.territory.ground.perimeters import Perimeter
from allervers.territory.ground.places import read_places
from allervers.territory.ground.streets import StreetPiece, read_streets
from allervers.territory.reference import Municipality

BESIDE_DEGREES = 0.003  # about 300 m: farther, the nearest house may be of the next town
PARTS = re.compile(r"\s+[-–/]\s+|\s*[,/]\s*")


@dataclass(slots=True)
class GroundFiles:
    """What is there to read; None for what was not given. `home`: the codes of the territory, in order."""

    home: Sequence[str]
    towns: Sequence[Municipality]
    perimeters: Sequence[Perimeter] = ()
    addresses: Path | None = None
    streets: Path | None = None
    places: Path | None = None


@dataclass(slots=True)
class _Met:
    """Where houses are, to know which town a street without addresses is of."""

    codes: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    towns: "array[int]" = field(default_factory=lambda: array("i"))
    points: "array[float]" = field(default_factory=lambda: array("d"))

    def add(self, row: AddressRow) -> None:
        place = self.rows.setdefault(row.code_insee, len(self.rows))
        self.towns.append(place)
        self.points.extend((row.longitude, row.latitude))

    def town_beside(self) -> Callable[[Named], Named]:
        """A place with the town of a house beside it, as it is where there is none."""
        if not self.points:
            return lambda place: place
        codes, points = list(self.rows), np.array(self.points).reshape(-1, 2)
        tree = shapely.STRtree(shapely.points(points))

        def placed(place: Named) -> Named:
            nearest = int(tree.nearest(shapely.Point(place.longitude, place.latitude)))
            near = np.abs(points[nearest] - (place.longitude, place.latitude)).max() <= BESIDE_DEGREES
            return replace(place, code_insee=codes[self.towns[nearest]]) if near else place

        return placed

    def town_of(self, home: Sequence[str]) -> Callable[[float, float], str]:
        """(latitude, longitude) → the code of the nearest house's town."""
        codes = list(self.rows)
        if len(codes) < 2:
            only = codes[0] if codes else home[0] if home else ""
            return lambda latitude, longitude: only
        tree = shapely.STRtree(shapely.points(np.array(self.points).reshape(-1, 2)))
        return lambda latitude, longitude: codes[
            self.towns[int(tree.nearest(shapely.Point(longitude, latitude)))]
        ]


def build_names(
    folder: Path, files: GroundFiles, report: AddressReport, *, watch: Watch | None = None
) -> Built:
    """Write the names. What was refused of the addresses goes to `report`. Raises GroundRefused."""
    met = _Met()
    mapped = list(read_streets(files.streets)) if files.streets else []
    named = [one for one in mapped if isinstance(one, Named)]
    named += read_places(files.places) if files.places else []
    return build(
        folder,
        _houses(files.addresses, report, met, watch) if files.addresses else (),
        towns=[_town(town) for town in files.towns],
        named=_named(files, named, met),
        lines=_lines(mapped, met, files.home),
    )


def _named(files: GroundFiles, places: Iterable[Named], met: _Met) -> Iterator[Named]:
    """Read after the houses, as lines are."""
    yield from _neighbourhoods(files.perimeters)
    yield from map(met.town_beside(), places)
    yield from map(_named_town, files.towns)


def _houses(path: Path, report: AddressReport, met: _Met, watch: Watch | None) -> Iterator[House]:
    for row in read_addresses(path, report, watch=watch):
        met.add(row)
        yield House(
            number=row.number,
            street=row.street,
            code_insee=row.code_insee,
            latitude=row.latitude,
            longitude=row.longitude,
            repetition=row.repetition,
            postcode=row.postcode,
        )


def _lines(mapped: Iterable[StreetPiece | Named], met: _Met, home: Sequence[str]) -> Iterator[Line]:
    """Read after the houses: only then is it known which town is where."""
    town_of = met.town_of(home)
    for piece in mapped:
        if isinstance(piece, StreetPiece):
            yield Line(piece.name, town_of(*piece.points[len(piece.points) // 2]), piece.points)


def _town(town: Municipality) -> Town:
    return Town(town.code_insee, town.nom, town.codes_postaux)


def _named_town(town: Municipality) -> Named:
    return Named(town.nom, Kind.MUNICIPALITY, town.latitude, town.longitude, town.code_insee, town.code_insee)


def _neighbourhoods(perimeters: Sequence[Perimeter]) -> Iterator[Named]:
    """The latest generation by its names: « Pas du Loup - Val de Croze » bears three."""
    latest = max((one.year for one in perimeters), default=0)
    for one in perimeters:
        if one.year != latest:
            continue
        inside = shapely.point_on_surface(one.shape)
        centre = one.shape.centroid if one.shape.contains(one.shape.centroid) else inside
        town = one.towns[0] if one.towns else ""
        for name in dict.fromkeys([one.name, *PARTS.split(one.name)]):
            yield Named(name, Kind.NEIGHBOURHOOD, centre.y, centre.x, town, one.code)
