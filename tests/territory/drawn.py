"""A small map of La Mosson, in force."""

from allervers.engines.cartography import build
from allervers.territory.models import GroundVersion, Territory
from allervers.territory.queries.ground import MAP, ground_folder
from allervers.territory.queries.maps import forget_map
from tests.engines.cartography.towns import crossing_town
from tests.factories import NOW

VERSION = "20261201T120000-abcd1234"


def draw_map() -> None:
    """Of the declared territory; `settings.GROUND_FOLDER` is the test's own."""
    GroundVersion.objects.create(territory=Territory.objects.get(), version=VERSION, made_at=NOW)
    build(crossing_town(), ground_folder(VERSION) / MAP)
    forget_map()
