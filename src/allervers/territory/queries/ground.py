"""The ground in use: one immutable folder a version, and the row that makes it current.

    ground/<version>/neighbourhoods.geojson   perimeters, as given
                     addresses.csv            Base adresse nationale, as given (may be gzip: its bytes tell)
                     streets.osm.pbf          OpenStreetMap extract, as given or clipped
                     limits.geojson           limits of the municipalities, as given
                     places.csv               named places, as given (or .geojson content: its bytes tell)
                     names/                   what the geocoder maps into memory, made from all of these
                     map/                     what is drawn: streets, perimeters, limits, named for every zoom

Each file may be missing. A new version takes over (hard links) what was not replaced; the two latest stay.
"""

from enum import StrEnum
from pathlib import Path

from django.conf import settings

from allervers.territory.models import GroundVersion


class Layer(StrEnum):
    """A file of the ground; its value is its name in the folder."""

    NEIGHBOURHOODS = "neighbourhoods.geojson"
    ADDRESSES = "addresses.csv"
    STREETS = "streets.osm.pbf"
    LIMITS = "limits.geojson"
    PLACES = "places.csv"


NAMES = "names"
MAP = "map"


def current_ground() -> GroundVersion | None:
    """The version in use. One statement."""
    return GroundVersion.objects.order_by("-pk").first()


def ground_folder(version: str) -> Path:
    return Path(settings.GROUND_FOLDER) / version


def ground_file(layer: Layer) -> Path | None:
    """Where a file of the version in use is, or None. One statement."""
    version = current_ground()
    path = ground_folder(version.version) / layer if version else None
    return path if path and path.is_file() else None
