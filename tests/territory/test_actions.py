"""Declaring the territory: once, by who may, with towns that exist."""

import pytest

from allervers.accounts.actor import ANONYMOUS, SYSTEM, Actor
from allervers.accounts.policies import NotAllowed
from allervers.journal.models import Entry
from allervers.territory import actions
from allervers.territory.actions import add_desk
from allervers.territory.models import Desk, LocalMunicipality, Territory
from allervers.territory.queries import declared_territory, municipality
from allervers.territory.queries.declared import DeclaredDesk
from tests.territory.towns import ANYTHING, NOW, RIVELAINE, declare

pytestmark = pytest.mark.django_db


def nothing_is_kept() -> bool:
    return not (
        Territory.objects.exists()
        or Desk.objects.exists()
        or LocalMunicipality.objects.exists()
        or Entry.objects.exists()
    )


def test_a_declared_territory_is_journalled_by_names_of_fields() -> None:
    territory = declare(desks=[ANYTHING])

    lines = Entry.objects.values_list("verb", "subject_uid", "by", "fields")
    assert list(lines) == [
        ("territory.created", territory.uid, "system", ["municipalities", "name", "slug", "time_zone"]),
        ("desk.added", Desk.objects.get().uid, "system", ["hours", "name", "phone"]),
    ]


@pytest.mark.parametrize(
    ("fields", "name", "zone"),
    [
        ({}, "Montpellier", "Europe/Paris"),
        ({"slug": "saint-denis", "municipalities": ["97411"]}, "Saint-Denis", "Indian/Reunion"),
        ({"slug": "Plaine Commune", "municipalities": ["93066"]}, "Plaine Commune", "Europe/Paris"),
        ({"name": " Le Clapas "}, "Le Clapas", "Europe/Paris"),
        ({"time_zone": "Pacific/Marquesas"}, "Montpellier", "Pacific/Marquesas"),
        ({"municipalities": ["34057", "34172", "34057"]}, "Montpellier", "Europe/Paris"),
    ],
)
def test_what_is_not_said_is_guessed(fields: dict[str, object], name: str, zone: str) -> None:
    territory = declare(**fields)

    assert (territory.name, territory.time_zone) == (name, zone)


def test_municipalities_are_kept_once_in_their_order() -> None:
    declare(municipalities=["34057", "34172", "34057"])

    declared = declared_territory()
    assert declared is not None
    assert declared.municipality_codes == ("34057", "34172")


def test_a_local_municipality_may_be_the_territory_s() -> None:
    declare(slug="rivelaine", municipalities=["ZZ001"], local_municipalities=[RIVELAINE])

    declared = declared_territory()
    assert declared is not None
    assert (declared.name, declared.municipality_codes) == ("Rivelaine", ("ZZ001",))
    assert municipality("ZZ001") == RIVELAINE


def test_a_second_territory_is_refused_and_the_first_kept() -> None:
    declare()

    with pytest.raises(actions.TerritoryExists) as refused:
        declare(slug="lens", municipalities=["62498"])

    assert refused.value.slug == "montpellier"
    assert [territory.slug for territory in Territory.objects.all()] == ["montpellier"]


def test_unknown_municipalities_are_all_named_with_good_ones() -> None:
    with pytest.raises(actions.UnknownMunicipality) as refused:
        declare(municipalities=["34172", "34712", "99999"])

    (first, near), (second, none) = refused.value.unknown
    assert (first, second, none) == ("34712", "99999", ())
    assert "34172" in [town.code_insee for town in near]
    assert nothing_is_kept()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"municipalities": []}, actions.NoMunicipality()),
        ({"slug": "!!!"}, actions.BadName("!!!")),
        ({"slug": "a" * 51}, actions.BadName("a" * 51)),
        ({"name": "a" * 101}, actions.BadName("a" * 101)),
        ({"time_zone": "Mars/Phobos"}, actions.UnknownTimeZone("Mars/Phobos")),
        ({"time_zone": "../etc/passwd"}, actions.UnknownTimeZone("../etc/passwd")),
        ({"time_zone": "Europe"}, actions.UnknownTimeZone("Europe")),
        ({"desks": [DeclaredDesk("", "01 99 00 00 01")]}, actions.BadDesk("name", "")),
        ({"desks": [DeclaredDesk("Le Phare", "bonjour")]}, actions.BadDesk("phone", "bonjour")),
        ({"desks": [DeclaredDesk("Le Phare", "1", "le matin")]}, actions.BadDesk("hours", "le matin")),
        ({"desks": [DeclaredDesk("Le Phare", "1", need="tout")]}, actions.BadDesk("need", "tout")),
        ({"desks": [DeclaredDesk("a" * 101, "1")]}, actions.BadDesk("name", "a" * 101)),
    ],
)
def test_what_cannot_be_is_refused_whole(fields: dict[str, object], error: actions.TerritoryError) -> None:
    with pytest.raises(type(error)) as refused:
        declare(**fields)

    assert refused.value == error
    assert nothing_is_kept()


def test_a_local_municipality_may_not_take_a_real_code() -> None:
    with pytest.raises(actions.MunicipalityTaken) as refused:
        declare(local_municipalities=[municipality("34172")])

    assert refused.value.municipality.nom == "Montpellier"
    assert nothing_is_kept()


@pytest.mark.parametrize("who", [ANONYMOUS, Actor(user_id=3)])
def test_only_an_operator_declares(who: Actor) -> None:
    with pytest.raises(NotAllowed):
        declare(by=who)

    assert nothing_is_kept()


@pytest.mark.parametrize("who", [ANONYMOUS, Actor(user_id=3)])
def test_only_an_operator_adds_a_desk(who: Actor) -> None:
    declare()

    with pytest.raises(NotAllowed):
        add_desk(ANYTHING, by=who, at=NOW)

    assert not Desk.objects.exists()


def test_a_desk_needs_a_territory() -> None:
    with pytest.raises(actions.NoTerritory):
        add_desk(ANYTHING, by=SYSTEM, at=NOW)
