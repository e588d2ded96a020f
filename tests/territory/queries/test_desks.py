"""Whom to call, at any hour: never nobody."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from allervers.territory.queries import DeskNow, desk_at
from allervers.territory.queries.declared import DeclaredDesk
from tests.territory.towns import ANYTHING, declare

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")
CHILDCARE = DeclaredDesk("Le Relais petite enfance", "01 99 00 20 20", "Mo-Fr 09:00-12:00", need="famille")
NIGHT = DeclaredDesk("La Veille", "01 99 00 30 30", "24/7", sentence="Demandez Samira.")
NB = "\N{NO-BREAK SPACE}"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def test_without_a_territory_the_state_answers() -> None:
    desk = desk_at(at("2026-11-24T10:00"))

    assert (desk.name, desk.phone, desk.is_open) == ("Allô Service Public", "39 39", None)
    assert desk.sentence


def test_without_a_desk_the_state_answers() -> None:
    declare()

    assert desk_at(at("2026-11-24T10:00")).phone == "39 39"


@pytest.mark.parametrize(
    ("moment", "sentence", "is_open"),
    [
        ("2026-11-24T10:00", f"La Maison du quartier répond jusqu’à 12{NB}h.", True),
        ("2026-11-24T17:59", f"La Maison du quartier répond jusqu’à 18{NB}h.", True),
        ("2026-11-24T12:30", f"La Maison du quartier répond aujourd’hui à partir de 14{NB}h.", False),
        ("2026-11-24T18:00", f"La Maison du quartier répond demain à partir de 9{NB}h.", False),
        ("2026-11-27T18:30", f"La Maison du quartier répond lundi à partir de 9{NB}h.", False),
    ],
)
def test_the_desk_says_until_when_or_from_when(moment: str, sentence: str, is_open: bool) -> None:
    declare(desks=[ANYTHING])

    desk = desk_at(at(moment))

    assert desk == DeskNow("La Maison du quartier", "01 99 00 12 34", sentence, is_open)


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ("", "Le Phare vous répond."),
        ('"sur rendez-vous"', "Le Phare vous répond."),
        ("24/7", "Le Phare répond à toute heure."),
        ("Tu 08:00-24:00", "Le Phare répond jusqu’à minuit."),
        ("Tu 08:00-26:00", f"Le Phare répond jusqu’à demain 2{NB}h."),
        ("Mo-Su 09:00-11:00,11:00-16:30", f"Le Phare répond jusqu’à 16{NB}h{NB}30."),
        ("Dec 03 09:00-12:00", f"Le Phare répond le 3 décembre à partir de 9{NB}h."),
    ],
)
def test_hours_of_every_kind_make_a_sentence(hours: str, sentence: str) -> None:
    declare(desks=[DeclaredDesk("Le Phare", "01 99 00 00 01", hours)])

    assert desk_at(at("2026-11-24T10:00")).sentence == sentence


def test_a_public_holiday_is_closed_where_the_hours_say_so() -> None:
    declare(desks=[DeclaredDesk("Le Phare", "01 99 00 00 01", "Mo-Su 09:00-17:00; PH off")])

    sentence = desk_at(at("2026-12-25T10:00")).sentence

    assert sentence == f"Le Phare répond demain à partir de 9{NB}h."


@pytest.mark.parametrize(
    ("moment", "needs", "phone"),
    [
        ("2026-11-24T10:00", ["famille--garde-denfants"], "01 99 00 20 20"),
        ("2026-11-24T10:00", ["famille"], "01 99 00 20 20"),
        ("2026-11-24T10:00", [], "01 99 00 12 34"),
        ("2026-11-24T10:00", ["mobilite"], "01 99 00 12 34"),
        ("2026-11-24T15:00", ["famille--garde-denfants"], "01 99 00 12 34"),  # theirs is closed
        ("2026-11-24T22:00", ["famille--garde-denfants"], "01 99 00 30 30"),
    ],
)
def test_the_desk_is_the_one_open_for_the_need(moment: str, needs: list[str], phone: str) -> None:
    declare(desks=[CHILDCARE, ANYTHING, NIGHT])

    assert desk_at(at(moment), needs=needs).phone == phone


def test_a_desk_for_other_needs_is_better_than_nobody() -> None:
    declare(desks=[CHILDCARE])

    assert desk_at(at("2026-11-24T10:00"), needs=["mobilite"]).phone == CHILDCARE.phone


def test_a_desk_closed_for_long_leaves_the_call_to_the_state() -> None:
    declare(desks=[DeclaredDesk("Le Phare", "01 99 00 00 01", "Aug Mo-Fr 09:00-12:00")])

    assert desk_at(at("2026-11-24T10:00")).phone == "39 39"


def test_a_desk_adds_its_own_words() -> None:
    declare(desks=[NIGHT])

    assert desk_at(at("2026-11-24T10:00")).sentence == "La Veille répond à toute heure. Demandez Samira."


def test_hours_are_those_of_the_territory_s_clock() -> None:
    desk = DeclaredDesk("Le Phare", "01 99 00 00 01", "Mo-Fr 09:00-12:00")
    declare(slug="saint-denis", municipalities=["97411"], desks=[desk])

    assert desk_at(at("2026-11-24T08:30")).sentence == f"Le Phare répond jusqu’à 12{NB}h."  # 11 h 30 there
