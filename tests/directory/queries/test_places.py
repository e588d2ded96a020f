"""A sheet without a point is placed by its address, and says so."""

from pathlib import Path

import pytest

from allervers.accounts.actor import SYSTEM
from allervers.directory.queries.documents import service_documents
from allervers.directory.queries.places import place_of
from allervers.territory.actions import update_ground
from allervers.territory.queries.geocoding import forget_names
from allervers.territory.queries.ground import Layer
from tests.factories import make_service
from tests.territory.ground.files import address, addresses
from tests.territory.towns import NOW, declare

pytestmark = pytest.mark.django_db
WHERE = {
    "commune": "Montpellier",
    "code_postal": "34080",
    "code_insee": "34172",
    "latitude": None,
    "longitude": None,
}


@pytest.fixture(autouse=True)
def ground(settings, tmp_path: Path):
    settings.GROUND_FOLDER = tmp_path / "ground"
    declare()
    update_ground({Layer.ADDRESSES: addresses(tmp_path / "a.csv", address("9"))}, by=SYSTEM, at=NOW)
    forget_names()
    yield
    forget_names()


@pytest.mark.parametrize(
    ("fields", "point", "guessed"),
    [
        ({"adresse": "9 r. du moulin"}, (43.63, 3.82), True),
        ({"adresse": "rue du Moulin"}, (None, None), False),
        ({"adresse": "9 rue du Moulin", "code_insee": "34057"}, (None, None), False),
        ({"adresse": "9 rue du Moulin", "latitude": 43.6, "longitude": 3.8}, (43.6, 3.8), False),
        ({"adresse": ""}, (None, None), False),
    ],
)
def test_a_place_is_found_from_an_address_only_when_sure(
    fields: dict[str, object], point: tuple[float | None, float | None], guessed: bool
) -> None:
    service = make_service(**{**WHERE, **fields})

    place = place_of(service, service.organisation)

    assert ((place.latitude, place.longitude), place.from_address) == (point, guessed)
    document = next(iter(service_documents()))
    assert (document.latitude, document.longitude) == point
