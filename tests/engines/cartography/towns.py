"""Invented grounds, and extracts of OpenStreetMap written by hand."""

from pathlib import Path

import osmium
from hypothesis import strategies as st
from osmium.osm.mutable import Node, Way
from shapely import LineString, Polygon

from allervers.engines.cartography import Ground, Perimeter, Rank, Street

WEST, SOUTH = 3.80, 43.60
NAMES = ("Avenue du Biterrois", "Rue de Paris", "Rue des Érables", "Impasse du Lac", "", "Place X")

degrees = st.integers(0, 400).map(lambda step: step / 10_000)  # 0 to 0.04: about 4 km
points = st.tuples(degrees, degrees).map(lambda at: (WEST + at[0], SOUTH + at[1]))
streets = st.builds(
    Street,
    line=st.lists(points, min_size=2, max_size=6, unique=True).map(LineString),
    rank=st.sampled_from(Rank),
    name=st.sampled_from(NAMES),
)
grounds = st.lists(streets, min_size=1, max_size=25).map(lambda found: Ground(streets=tuple(found)))


def square(west: float, south: float, side: float) -> Polygon:
    return Polygon([(west, south), (west + side, south), (west + side, south + side), (west, south + side)])


def crossing_town() -> Ground:
    """A straight avenue through several tiles at every zoom, in a neighbourhood, with a square lake."""
    avenue = LineString([(WEST, SOUTH + 0.01), (WEST + 0.06, SOUTH + 0.01)])
    return Ground(
        streets=(Street(avenue, Rank.MAIN, "Avenue du Biterrois"),),
        water=(square(WEST + 0.02, SOUTH + 0.015, 0.01),),
        perimeters=(Perimeter("Mosson", square(WEST, SOUTH, 0.04)),),
        limits=(square(WEST - 0.01, SOUTH - 0.01, 0.08),),
    )


def write_extract(path: Path, ways: list[tuple[dict[str, str], list[tuple[float, float]]]]) -> Path:
    """Ways of (tags, points), each with nodes of its own."""
    number = 1
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        lists = []
        for _tags, line in ways:
            refs = []
            for longitude, latitude in line:
                writer.add_node(Node(id=number, location=(longitude, latitude)))
                refs.append(number)
                number += 1
            if line[0] == line[-1]:
                refs[-1] = refs[0]
            lists.append(refs)
        for at, ((tags, _line), refs) in enumerate(zip(ways, lists, strict=True), start=1):
            writer.add_way(Way(id=at, nodes=refs, tags=tags))
    return path
