"""The five municipalities and four priority neighbourhoods of Rivelaine, on a plane of metres."""

import math
from dataclasses import dataclass
from typing import Final

from allervers.territory.reference import Municipality

LATITUDE, LONGITUDE = 47.05, -4.9
"""Of the town hall of Rivelaine, in degrees: in the ocean, where no municipality is."""
METRES_PER_DEGREE: Final = 111_195.0
EPCI, DEPARTEMENT, REGION = "000000000", "00", "00"

Point = tuple[float, float]
"""Metres east and north of the town hall of Rivelaine."""


@dataclass(frozen=True, slots=True)
class Town:
    """`grid`: how its streets lie. Metres and degrees."""

    code: str
    name: str
    postcode: str
    population: int
    centre: Point
    radius_m: float
    block_m: tuple[float, float]
    turned_degrees: float


@dataclass(frozen=True, slots=True)
class Estate:
    """A priority neighbourhood of towers and slabs, in one town."""

    code: str
    name: str
    town: str
    centre: Point
    size_m: tuple[float, float]
    turned_degrees: float


TOWNS: Final = (
    Town("00101", "Rivelaine", "00100", 48_200, (0, 0), 2_300, (95, 130), 8),
    Town("00102", "Les Hautes-Berges", "00110", 17_900, (700, -2_900), 1_350, (110, 150), -12),
    Town("00103", "Saint-Aubin-l’Écluse", "00120", 9_400, (-5_300, 700), 1_050, (105, 140), 25),
    Town("00104", "Pont-Lavande", "00130", 12_700, (5_500, -600), 1_200, (100, 145), -30),
    Town("00105", "Mareuil-les-Saules", "00140", 5_100, (900, 5_100), 800, (115, 150), 15),
)
ESTATES: Final = (
    Estate("QN00001A", "Les Tilleuls", "00101", (-1_750, 1_250), (760, 560), 8),
    Estate("QN00002A", "La Grande Nacelle", "00101", (2_050, 950), (640, 720), 20),
    Estate("QN00003A", "Cité du Halage", "00102", (-650, -2_450), (700, 480), -12),
    Estate("QN00004A", "Les Hautes-Vignes", "00104", (6_350, 250), (620, 600), -30),
)


def degrees(point: Point) -> tuple[float, float]:
    """(latitude, longitude) in WGS84."""
    narrow = math.cos(math.radians(LATITUDE))
    latitude = LATITUDE + point[1] / METRES_PER_DEGREE
    return round(latitude, 7), round(LONGITUDE + point[0] / METRES_PER_DEGREE / narrow, 7)


def turned(point: Point, degrees_: float, around: Point = (0, 0)) -> Point:
    """`point` of a frame turned by `degrees_` and moved to `around`."""
    angle = math.radians(degrees_)
    east = point[0] * math.cos(angle) - point[1] * math.sin(angle)
    north = point[0] * math.sin(angle) + point[1] * math.cos(angle)
    return around[0] + east, around[1] + north


def town_at(point: Point) -> Town:
    """The town whose ground holds `point`: the nearest, as the limits are drawn."""
    return min(TOWNS, key=lambda town: math.dist(point, town.centre))


def municipalities() -> list[Municipality]:
    """As the territory knows them."""
    return [
        Municipality(
            code_insee=town.code,
            nom=town.name,
            codes_postaux=(town.postcode,),
            epci=EPCI,
            epci_nom="Rivelaine Agglomération",
            departement=DEPARTEMENT,
            region=REGION,
            population=town.population,
            latitude=degrees(town.centre)[0],
            longitude=degrees(town.centre)[1],
        )
        for town in TOWNS
    ]
