"""The limits of the municipalities, as the map draws them."""

import shapely

from allervers.demo.ground import doors
from allervers.demo.land import land


def test_every_door_stands_within_the_limits_of_its_town_and_limits_do_not_overlap() -> None:
    limits = {area.code: area.shape.buffer(0.2) for area in land().of("town")}
    points = {
        code: shapely.MultiPoint([door.point for door in doors() if door.code_insee == code])
        for code in limits
    }
    shared = [
        one.intersection(other).area for one in limits.values() for other in limits.values() if one != other
    ]

    assert all(limits[code].covers(points[code]) for code in limits)
    assert max(shared) < 5_000  # the seams alone, two decimetres wide on each side


def test_meadows_leave_the_river_to_the_water() -> None:
    river = land().of("river")[0].shape
    meadows = [area.shape for area in land().of("park") if area.name == "Prés de la Rive"]

    assert meadows
    assert max(meadow.intersection(river).area for meadow in meadows) < 1_000
