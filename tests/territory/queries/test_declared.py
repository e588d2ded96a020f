"""The declared territory as one value, fresh enough."""

from datetime import timedelta

import pytest

from allervers.territory.models import Territory
from allervers.territory.queries import declared, declared_territory, local_now
from allervers.territory.queries.declared import KEPT_SECONDS, DeclaredDesk, DeclaredTerritory
from tests.territory.towns import ANYTHING, NOW, declare


@pytest.mark.django_db
def test_nothing_is_declared_at_first(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert declared_territory() is None


@pytest.mark.django_db
def test_a_declared_territory_is_one_value(django_assert_num_queries) -> None:
    declare(municipalities=["34172", "34057"], desks=[ANYTHING])

    with django_assert_num_queries(5):
        territory = declared_territory()

    assert territory == DeclaredTerritory(
        slug="montpellier",
        name="Montpellier",
        time_zone="Europe/Paris",
        municipality_codes=("34172", "34057"),
        desks=(DeclaredDesk("La Maison du quartier", "01 99 00 12 34", "Mo-Fr 09:00-12:00,14:00-18:00"),),
    )


@pytest.mark.django_db
def test_the_clock_is_the_territory_s() -> None:
    paris = local_now()
    declare(slug="saint-denis", municipalities=["97411"])

    reunion = local_now()

    assert paris.utcoffset() in {timedelta(hours=1), timedelta(hours=2)}
    assert reunion.utcoffset() == timedelta(hours=4)


@pytest.mark.django_db(transaction=True)
def test_it_is_read_at_most_once_a_second(django_assert_num_queries, monkeypatch) -> None:
    monkeypatch.setattr(declared, "KEPT_SECONDS", 60.0)  # longer than this test
    with django_assert_num_queries(1):
        assert (declared_territory(), declared_territory()) == (None, None)
    Territory.objects.create(slug="lens", name="Lens", time_zone="Europe/Paris", created_at=NOW)  # elsewhere
    with django_assert_num_queries(0):
        assert declared_territory() is None

    monkeypatch.setattr(declared, "KEPT_SECONDS", 0.0)  # that time has passed
    late = declared_territory()

    assert late is not None
    assert late.slug == "lens"


def test_a_running_server_sees_a_command_s_territory_within_a_second() -> None:
    assert KEPT_SECONDS <= 1.0


@pytest.mark.django_db(transaction=True)
def test_the_process_that_declares_sees_it_at_once() -> None:
    assert declared_territory() is None
    declare()

    territory = declared_territory()

    assert territory is not None
    assert territory.slug == "montpellier"
