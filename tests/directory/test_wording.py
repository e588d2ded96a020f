"""What readers see: every kind of reason has a sentence, and it is French."""

import inspect
import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from allervers.directory.opening_hours import Day, Span
from allervers.directory.wording import (
    age,
    clock,
    day_name,
    next_opening_sentence,
    reason_sentence,
    spans_sentence,
)
from allervers.engines.search import Reason, _reasons

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)
NB = "\N{NO-BREAK SPACE}"


def at(days: int, hour: int) -> datetime:
    return datetime(2026, 11, 24, hour, tzinfo=PARIS) + timedelta(days=days)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Reason("distance", True, {"metres": 937}), f"à 940{NB}m"),
        (Reason("distance", True, {"metres": 2345}), f"à 2,3{NB}km"),
        (
            Reason("open_now", True, {"until": at(0, 18), "comment": ""}),
            f"Ouvert maintenant, jusqu’à 18{NB}h",
        ),
        (
            Reason("opens", True, {"at": at(1, 9), "until": at(1, 12), "comment": ""}),
            f"Ouvert demain 9{NB}h{NB}– 12{NB}h",
        ),
        (
            Reason("opens", True, {"at": at(3, 9), "until": at(3, 12), "comment": ""}),
            f"Ouvert vendredi 9{NB}h{NB}– 12{NB}h",
        ),
        (Reason("free", True, {}), "Gratuit"),
        (Reason("fee_unknown", False, {}), "Prix non indiqué : à demander"),
        (Reason("confirmed", True, {"days": 12, "on": date(2026, 11, 12)}), "Confirmé il y a 12 jours"),
        (Reason("stale", True, {"days": 800, "on": date(2024, 9, 1)}), "Pas confirmé depuis 2 ans"),
    ],
)
def test_reason_is_said_in_a_few_words(reason: Reason, sentence: str) -> None:
    assert reason_sentence(reason, now=NOW) == sentence


def test_distance_from_a_town_centre_says_so() -> None:
    reason = Reason("distance", True, {"metres": 900})

    assert reason_sentence(reason, now=NOW, from_centre=True) == f"à 900{NB}m du centre-ville"


def test_every_kind_the_engine_names_has_a_sentence() -> None:
    source = inspect.getsource(_reasons)
    kinds = set(re.findall(r'known\("(\w+)"', source)) | {"stale", "confirmed"}
    facts = {
        "metres": 5,
        "codes": (),
        "until": at(0, 18),
        "comment": "",
        "at": at(1, 9),
        "within_days": 3,
        "values": ("familles",),
        "days": 400,
        "on": date(2025, 1, 1),
        "where": "name",
        "code_insee": None,
    }

    assert len(kinds) > 15
    for kind in kinds:
        assert reason_sentence(Reason(kind, True, facts), now=NOW)


def test_ages_are_as_one_says_them() -> None:
    assert [age(days) for days in (0, 1, 12, 60, 70, 400, 800)] == [
        "aujourd’hui",
        "il y a 1 jour",
        "il y a 12 jours",
        "il y a 60 jours",
        "il y a 2 mois",
        "il y a 13 mois",
        "il y a 2 ans",
    ]


def test_clock_and_days_are_french() -> None:
    assert [clock(time(9)), clock(time(9, 30)), clock(time())] == [f"9{NB}h", f"9{NB}h{NB}30", "minuit"]
    today = NOW.date()
    names = [day_name(today + timedelta(days=days), today=today) for days in (0, 1, 3, 9)]
    assert names == ["aujourd’hui", "demain", "vendredi", "le 3 décembre"]


def test_next_opening_skips_what_is_over() -> None:
    today, tomorrow = NOW.date(), NOW.date() + timedelta(days=1)
    days = [Day(today, (Span(time(8), time(9)),)), Day(tomorrow, (Span(time(14), time(18)),))]

    assert next_opening_sentence(days, now=NOW) == f"Ouvert demain 14{NB}h{NB}– 18{NB}h"
    assert next_opening_sentence(days[:1], now=NOW) == "Pas d’ouverture dans les sept jours"
    assert spans_sentence(()) == "fermé"
