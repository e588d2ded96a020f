"""The land of Rivelaine, as its files say it."""

import csv
import json
from pathlib import Path

import osmium
import pytest
import shapely
from shapely.geometry import shape

from allervers.demo.ground import GroundFiles, doors, write_ground
from allervers.demo.land import BRIDGES, land
from allervers.demo.people import directory
from allervers.demo.towns import ESTATES, TOWNS
from tests.demo.test_people import TODAY


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> GroundFiles:
    return write_ground(tmp_path_factory.mktemp("rivelaine"))


def rows(path: Path, delimiter: str = ";") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_the_river_is_crossed_by_its_bridges_alone() -> None:
    river = next(area.shape for area in land().areas if area.kind == "river")
    across = {street.name for street in land().streets if shapely.LineString(street.points).intersects(river)}

    assert across == {name for name, _here, _there in BRIDGES}


def test_one_can_walk_from_any_street_to_any_other() -> None:
    near: dict[object, set[object]] = {}
    for street in land().streets:
        for before, after in zip(street.points, street.points[1:], strict=False):
            near.setdefault(before, set()).add(after)
            near.setdefault(after, set()).add(before)
    reached, waiting = set(), [next(iter(near))]
    while waiting:
        point = waiting.pop()
        if point not in reached:
            reached.add(point)
            waiting.extend(near[point])

    assert len(reached) == len(near)


def test_each_neighbourhood_holds_addresses_and_towers(files: GroundFiles) -> None:
    perimeters = json.loads(files.neighbourhoods.read_text(encoding="utf-8"))["features"]
    points = shapely.points([(float(row["lon"]), float(row["lat"])) for row in rows(files.addresses)])

    assert [one["properties"]["code_qp"] for one in perimeters] == [estate.code for estate in ESTATES]
    for perimeter in perimeters:
        assert shapely.contains(shape(perimeter["geometry"]), points).sum() > 100
    towers = [area for area in land().areas if area.kind == "tower"]
    assert len(towers) == 16 * len(ESTATES)


def test_no_house_stands_in_the_water_and_none_twice() -> None:
    wet = shapely.union_all([area.shape for area in land().areas if area.kind in ("river", "water")])
    shapely.prepare(wet)

    assert not any(wet.contains(shapely.Point(door.point)) for door in doors())
    assert len({(door.code_insee, door.street, door.number) for door in doors()}) == len(doors())
    assert {door.code_insee for door in doors()} == {town.code for town in TOWNS}


def test_organisations_stand_at_addresses_that_exist(files: GroundFiles) -> None:
    known = {(row["code_insee"], f"{row['numero']} {row['nom_voie']}") for row in rows(files.addresses)}
    said = {(one["code_insee"], one["adresse"]) for one in directory(TODAY).structures}

    assert {address for _code, address in said} <= {address for _code, address in known}


def test_streets_are_read_back_by_the_library_of_openstreetmap(files: GroundFiles) -> None:
    ways = {"highway": 0, "natural": 0, "leisure": 0, "building": 0, "boundary": 0}
    for entity in osmium.FileProcessor(str(files.streets)).with_locations():
        if entity.is_way():
            assert all(node.location.valid() for node in entity.nodes)
            for key in ways:
                ways[key] += key in entity.tags

    assert ways["highway"] == len(land().streets)
    assert ways["building"] == 64
    assert min(ways.values()) > 0


def test_the_same_seed_gives_the_same_files(files: GroundFiles, tmp_path: Path) -> None:
    again = write_ground(tmp_path)

    assert again.addresses.read_bytes() == files.addresses.read_bytes()
    assert again.neighbourhoods.read_bytes() == files.neighbourhoods.read_bytes()
