"""What the database itself refuses."""

import pytest
from django.db import IntegrityError

from allervers.territory.models import Desk, LocalMunicipality, Territory, TerritoryMunicipality
from tests.territory.towns import NOW, declare

pytestmark = pytest.mark.django_db


def test_a_second_territory_is_refused() -> None:
    declare()

    with pytest.raises(IntegrityError):
        Territory.objects.create(slug="lens", name="Lens", time_zone="Europe/Paris", created_at=NOW)


def test_a_second_territory_is_refused_even_if_it_says_it_is_not_the_only_one() -> None:
    declare()

    with pytest.raises(IntegrityError, match="one_territory_an_installation"):
        Territory.objects.create(slug="b", name="B", time_zone="Europe/Paris", created_at=NOW, only=False)


def test_a_territory_without_a_name_is_refused() -> None:
    with pytest.raises(IntegrityError, match="territory_is_named"):
        Territory.objects.create(slug="b", name="", time_zone="Europe/Paris", created_at=NOW)


def test_a_municipality_is_there_once() -> None:
    territory = declare()

    with pytest.raises(IntegrityError):
        TerritoryMunicipality.objects.create(territory=territory, code_insee="34172")


def test_a_desk_without_a_phone_is_refused() -> None:
    territory = declare()

    with pytest.raises(IntegrityError, match="desk_can_be_called"):
        Desk.objects.create(territory=territory, name="Le Phare", phone="")


def test_a_local_municipality_off_the_earth_is_refused() -> None:
    territory = declare()
    known = {"code_insee": "ZZ001", "nom": "Rivelaine", "departement": "ZZ", "region": "ZZ"}

    with pytest.raises(IntegrityError, match="local_municipality_is_on_earth"):
        LocalMunicipality.objects.create(territory=territory, latitude=91.0, longitude=0.0, **known)
