"""Small towns answered by hand."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from allervers.engines.search import Index, InvalidQuery, Place, Query, Reason, ServiceDocument
from allervers.engines.search._build import columns_of
from tests.engines.search.towns import NOW, PARIS, WHOLE_TOWN, service

EVERYONE = "tous-publics"
CHILDCARE, FRENCH, LICENCE = "famille--garde-denfants", "lecture--francais", "mobilite--permis"
MOSSON = Place(latitude=43.632, longitude=3.822)
METRE_NORTH = 1 / 111_195
"""Degrees of latitude."""


def north(metres: float) -> dict[str, float]:
    """Coordinates that many metres north of La Mosson."""
    return {"latitude": 43.632 + metres * METRE_NORTH, "longitude": 3.822}


def index_of(*documents: ServiceDocument) -> Index:
    return Index(columns_of(documents))


def found(index: Index, query: Query, *, now: datetime = NOW) -> list[str]:
    return [hit.service_id for hit in index.search(query, now=now, limit=100).hits]


def reasons(document: ServiceDocument, query: Query, *, now: datetime = NOW) -> dict[str, Reason]:
    (hit,) = index_of(document).search(query, now=now).hits
    return {reason.kind: reason for reason in hit.reasons}


def test_a_category_is_all_its_needs_and_several_needs_are_any() -> None:
    index = index_of(
        service("code", thematiques=(LICENCE,)),
        service("velo", thematiques=("mobilite--velo",)),
        service("creche", thematiques=(CHILDCARE,)),
        service("nothing"),
    )

    assert found(index, Query(needs=("mobilite",))) == ["code", "velo"]
    assert found(index, Query(needs=(CHILDCARE, LICENCE))) == ["creche", "code"]
    assert found(index, Query(needs=("mobil",))) == []


def test_publics_let_everyone_and_the_unknown_pass_in_that_order() -> None:
    index = index_of(
        service("a-unknown"),
        service("b-everyone", publics=("tous-publics",)),
        service("c-young", publics=("jeunes",)),
        service("d-women", publics=("femmes",)),
    )

    assert found(index, Query(publics=("jeunes",))) == ["c-young", "b-everyone", "a-unknown"]
    assert len(found(index, Query(publics=("tous-publics",)))) == 4


@pytest.mark.parametrize("zone", ["34172", "243400017", "34", "region:76", "france", "99100"])
def test_a_zone_that_holds_the_town_is_eligible(zone: str) -> None:
    index = index_of(service("here", zone_eligibilite=("30", zone)))

    assert found(index, Query(place=Place(**WHOLE_TOWN))) == ["here"]


def test_two_digits_are_a_department_never_a_region() -> None:
    """76 is Seine-Maritime in a zone; Montpellier lies in the region 76."""
    index = index_of(service("rouen", zone_eligibilite=("76",)), service("any"))

    assert found(index, Query(place=Place(**WHOLE_TOWN))) == ["any"]
    assert found(index, Query(place=MOSSON)) == ["any", "rouen"]  # no code given: eligibility is unknown


@pytest.mark.parametrize(
    ("code", "department"), [("34172", "34"), ("2A004", "2A"), ("97411", "974"), ("98818", "988")]
)
def test_the_department_is_read_from_the_town(code: str, department: str) -> None:
    index = index_of(service("here", zone_eligibilite=(department,)))

    assert found(index, Query(place=Place(code_insee=code))) == ["here"]


def test_a_radius_keeps_what_is_near_remote_or_not_known_to_be_far() -> None:
    index = index_of(
        service("a-near", **north(400)),
        service("b-edge", **north(1000)),
        service("c-far", **north(1100)),
        service("d-remote", modes_accueil=("a-distance",), **north(9000)),
        service("e-same-town", code_insee="34172"),
        service("f-other-town", code_insee="34057"),
        service("g-other-department", code_insee="30189"),
        service("h-no-place"),
    )
    around = replace(MOSSON, code_insee="34172", radius_m=1000)

    near = ["a-near", "b-edge", "d-remote", "e-same-town", "h-no-place"]
    assert found(index, Query(place=around)) == near
    assert sorted(found(index, Query(place=replace(around, radius_m=30_000)))) == sorted(
        [*near, "c-far", "f-other-town"]
    )
    assert len(found(index, Query(place=replace(around, radius_m=None)))) == 8


def test_distances_are_whole_metres_or_nothing() -> None:
    index = index_of(
        service("a", **north(540)),
        service("b", modes_accueil=("a-distance", "en-presentiel"), **north(9000)),
        service("c", modes_accueil=("a-distance",), **north(10)),
        service("d"),
    )

    hits = index.search(Query(place=MOSSON), now=NOW).hits
    assert {hit.service_id: hit.distance_m for hit in hits} == {"a": 540, "b": 9000, "c": None, "d": None}


def test_wishes_keep_only_what_is_known() -> None:
    index = index_of(
        service("free", frais="gratuit", modes_accueil=("a-distance",), source="dora"),
        service("paying", frais="payant", modes_accueil=("en-presentiel",), source="mairie"),
        service("unknown"),
    )

    assert found(index, Query(free_only=True)) == ["free"]
    assert found(index, Query(frais=("gratuit", "payant"))) == ["free", "paying"]
    assert found(index, Query(modes_accueil=("en-presentiel",))) == ["paying"]
    assert found(index, Query(sources=("dora", "gone"))) == ["free"]


def test_open_at_a_time_is_read_on_the_clock_of_the_territory() -> None:
    index = index_of(service("tuesday", horaires="Tu 09:00-12:00"), service("unknown"))
    noon_in_utc = datetime(2026, 11, 24, 10, 59, tzinfo=ZoneInfo("UTC"))  # 11:59 in Paris

    assert found(index, Query(open_at=noon_in_utc)) == ["tuesday"]
    assert found(index, Query(open_at=noon_in_utc + timedelta(minutes=1))) == []


def test_days_are_those_of_the_calendar() -> None:
    """It is Tuesday 10:30."""
    index = index_of(
        service("this-morning", horaires="Tu 09:00-10:00"),
        service("tonight", horaires="Tu 23:00-24:00"),
        service("tomorrow", horaires="We 23:00-24:00"),
        service("thursday", horaires="Th 00:00-01:00"),
        service("unknown"),
    )

    assert found(index, Query(open_within_days=0)) == ["tonight"]
    assert found(index, Query(open_within_days=1)) == ["tonight", "tomorrow"]
    assert found(index, Query(open_within_days=2)) == ["tonight", "tomorrow", "thursday"]
    assert found(index, Query(open_within_days=7)) == ["tonight", "tomorrow", "thursday", "this-morning"]


@pytest.mark.parametrize("moment", ["2026-10-25T02:30", "2027-03-28T03:30", "2026-10-25T12:00"])
def test_the_nights_when_the_clock_changes(moment: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=PARIS)
    index = index_of(service("sunday", horaires="Su 02:00-14:00"))

    answer = index.search(Query(open_at=now), now=now)
    assert [hit.service_id for hit in answer.hits] == ["sunday"]
    assert answer.facets.open_now == 1


def test_freshness_counts_days_until_today() -> None:
    index = index_of(
        service("today", confirmed_on=NOW.date()),
        service("month", confirmed_on=NOW.date() - timedelta(days=30)),
        service("old", confirmed_on=date(2024, 8, 1)),
        service("never"),
    )

    assert found(index, Query(confirmed_within_days=0)) == ["today"]
    assert found(index, Query(confirmed_within_days=30)) == ["today", "month"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mission locale", ["ml"]),
        ("MISSIONS LOCALES", ["ml"]),
        ("locale mission", ["ml"]),
        ("CCAS", ["ccas", "centre"]),
        ("c.c.a.s.", ["ccas", "centre"]),
        ("oeuvre", ["ml"]),
        ("œuvres", ["ml"]),
        ("cre", ["creche"]),
        ("crèche des", ["creche"]),
        ("cr", []),
        ("mission creche", []),
        ("de la", ["ccas", "centre", "creche", "ml"]),
        ("!!!", ["ccas", "centre", "creche", "ml"]),
    ],
)
def test_words_are_found_without_accents_endings_or_case(text: str, expected: list[str]) -> None:
    index = index_of(
        service("ml", nom="Accueil", structure_nom="Mission locale des jeunes", description="Une œuvre"),
        service("ccas", structure_nom="CCAS de Montpellier"),
        service("centre", structure_nom="Centre communal d’action sociale"),
        service("creche", nom="Les Crèches"),
    )

    assert sorted(found(index, Query(text=text))) == expected


def test_a_name_comes_before_a_mention() -> None:
    index = index_of(
        service("a", description="Travaille avec la mission locale"),
        service("b", structure_nom="Mission locale"),
        service("c", nom="Permanence de la mission locale"),
    )

    assert found(index, Query(text="mission locale")) == ["c", "b", "a"]
    hits = index.search(Query(text="mission locale"), now=NOW).hits
    said = [reason.facts for hit in hits for reason in hit.reasons if reason.kind == "words"]
    assert said == [{"where": "name"}, {"where": "organisation"}, {"where": "description"}]


def test_near_and_plain_beats_far_and_perfect() -> None:
    """Half a kilometre away with nothing known, against five kilometres with everything."""
    perfect = {
        "frais": "gratuit",
        "horaires": "24/7",
        "confirmed_on": NOW.date(),
        "publics": ("tous-publics",),
    }
    index = index_of(
        service("a-perfect", thematiques=(CHILDCARE,), **perfect, **north(5000)),
        service("b-near", thematiques=(CHILDCARE,), **north(500)),
    )

    assert found(index, Query(needs=(CHILDCARE,), place=MOSSON)) == ["b-near", "a-perfect"]


def test_who_answers_both_needs_or_only_this_one_comes_first() -> None:
    index = index_of(
        service("a-many", thematiques=(FRENCH, CHILDCARE, "sante--a", "sante--b")),
        service("b-only", thematiques=(CHILDCARE,)),
        service("c-both", thematiques=(CHILDCARE, LICENCE)),
        service("d-second", thematiques=(LICENCE,)),
    )

    assert found(index, Query(needs=(CHILDCARE,))) == ["b-only", "c-both", "a-many"]
    assert found(index, Query(needs=(CHILDCARE, LICENCE))) == ["c-both", "b-only", "d-second", "a-many"]
    needs = [hit.needs for hit in index.search(Query(needs=(LICENCE, CHILDCARE)), now=NOW).hits]
    assert needs[0] == (LICENCE, CHILDCARE)


def test_ties_go_by_id_in_the_order_of_code_points() -> None:
    ids = ["a", "Z", "é", "a/1", "\uffff", "😀", "10", "9"]

    assert found(index_of(*map(service, ids)), Query()) == sorted(ids)


def test_facets_count_what_each_filter_would_give() -> None:
    index = index_of(
        service("a", thematiques=(CHILDCARE,), frais="gratuit", publics=("jeunes",), horaires="24/7"),
        service("b", thematiques=(CHILDCARE,), frais="payant", publics=("tous-publics",)),
        service("c", thematiques=(LICENCE,), frais="gratuit", source="dora"),
    )

    facets = index.search(Query(needs=(CHILDCARE,), frais=("payant",)), now=NOW).facets

    assert (facets.free, facets.frais) == (1, {"gratuit": 1, "payant": 1})
    assert facets.thematiques == {CHILDCARE: 1}
    assert facets.publics == {"tous-publics": 1}
    assert (facets.open_now, facets.open_within_days[7]) == (0, 0)
    assert index.search(Query(), now=NOW).facets.publics == {"jeunes": 3, "tous-publics": 3}


def test_relaxations_say_what_to_give_up_and_never_send_to_a_refusal() -> None:
    index = index_of(
        service("a", thematiques=(CHILDCARE,), frais="payant", **north(900)),
        service("b", thematiques=(CHILDCARE,), frais="gratuit", **north(2000)),
        service("c", thematiques=(CHILDCARE,), frais="gratuit", zone_eligibilite=("30",), **north(10)),
    )
    asked = Query(
        needs=(CHILDCARE,), free_only=True, place=replace(MOSSON, code_insee="34172", radius_m=1000)
    )

    given_up = index.relaxations(asked, now=NOW)

    assert [(relaxed.dropped, relaxed.total) for relaxed in given_up] == [
        (("radius_m",), 1),
        (("free_only",), 1),
    ]
    assert found(index, given_up[0].query) == ["b"]
    assert given_up[0].query.place == replace(MOSSON, code_insee="34172")
    impossible = replace(asked, needs=("gone",), sources=("gone",), place=replace(MOSSON, radius_m=50))
    assert [relaxed.dropped for relaxed in index.relaxations(impossible, now=NOW)] == [("needs", "sources")]
    assert index.relaxations(Query(), now=NOW) == ()


def test_everything_known_is_said() -> None:
    said = reasons(
        service(
            "a",
            thematiques=(CHILDCARE,),
            frais="gratuit",
            publics=("familles", "femmes"),
            horaires="Tu 09:00-12:00",
            confirmed_on=NOW.date() - timedelta(days=12),
            modes_mobilisation=("se-presenter",),
            mobilisable_par=("usagers",),
            zone_eligibilite=("34172", "30"),
            has_phone=True,
            **north(900),
        ),
        Query(publics=("familles", "jeunes"), place=replace(MOSSON, code_insee="34172")),
    )

    noon = datetime(2026, 11, 24, 12, tzinfo=PARIS)
    assert {kind: (reason.known, dict(reason.facts)) for kind, reason in said.items()} == {
        "distance": (True, {"metres": 900}),
        "serves_place": (True, {"codes": ("34172",)}),
        "open_now": (True, {"until": noon, "comment": ""}),
        "free": (True, {}),
        "public": (True, {"values": ("familles",)}),
        "confirmed": (True, {"days": 12, "on": date(2026, 11, 12)}),
        "walk_in": (True, {}),
        "phone": (True, {}),
    }


def test_nothing_known_is_said_to_be_unknown_never_no() -> None:
    said = reasons(service("a", code_insee="34172"), Query(place=MOSSON))

    assert {kind: (reason.known, dict(reason.facts)) for kind, reason in said.items()} == {
        "place_unknown": (False, {"code_insee": "34172"}),
        "hours_unknown": (False, {}),
        "fee_unknown": (False, {}),
        "public_unknown": (False, {}),
        "never_confirmed": (False, {}),
    }


@pytest.mark.parametrize(
    ("hours", "kind", "facts"),
    [
        ("We 09:00-12:00", "opens", ("2026-11-25T09:00", "2026-11-25T12:00", "")),
        ('We 09:00-12:00 "sur rdv"', "opens", ("2026-11-25T09:00", "2026-11-25T12:00", "sur rdv")),
        ("Tu 22:00-26:00", "opens", ("2026-11-24T22:00", "2026-11-25T02:00", "")),
    ],
)
def test_the_next_opening_is_said(hours: str, kind: str, facts: tuple[str, str, str]) -> None:
    at, until = (datetime.fromisoformat(moment).replace(tzinfo=PARIS) for moment in facts[:2])

    said = reasons(service("a", horaires=hours), Query())[kind]

    assert (said.known, said.facts) == (True, {"at": at, "until": until, "comment": facts[2]})


def test_hours_that_never_close_never_open_or_doubt() -> None:
    assert reasons(service("a", horaires="24/7"), Query())["open_now"].facts["until"] is None
    assert reasons(service("a", horaires="off"), Query())["no_opening"].facts == {"within_days": 14}
    assert not reasons(service("a", horaires="Mo-Su 09:00-12:00 unknown"), Query())["hours_unknown"].known


def test_a_time_that_was_asked_is_the_one_told() -> None:
    friday = datetime(2026, 11, 27, 9, 30, tzinfo=PARIS)

    said = reasons(service("a", horaires="Fr 09:30-11:30"), Query(open_at=friday))["open_at"]

    assert said.facts == {"at": friday, "until": friday + timedelta(hours=2), "comment": ""}


def test_an_old_sheet_and_a_closed_door_are_said() -> None:
    said = reasons(
        service(
            "a",
            frais="payant",
            modes_accueil=("a-distance",),
            modes_mobilisation=("se-presenter",),
            mobilisable_par=("professionnels",),
            confirmed_on=date(2025, 11, 23),
        ),
        Query(place=MOSSON),
    )

    assert set(said) == {"remote", "hours_unknown", "paying", "public_unknown", "stale", "by_professional"}
    assert said["stale"].facts["days"] == 366


def test_questions_without_meaning_are_refused() -> None:
    index = index_of(service("a"))
    naive = NOW.replace(tzinfo=None)
    for ask, field in (
        (lambda: Place(latitude=43.6), "latitude"),
        (lambda: Place(latitude=float("nan"), longitude=3.8), "latitude"),
        (lambda: Place(latitude=91.0, longitude=3.8), "latitude"),
        (lambda: Place(radius_m=-1), "radius_m"),
        (lambda: Query(open_at=naive), "open_at"),
        (lambda: Query(open_within_days=-1), "open_within_days"),
        (lambda: Query(confirmed_within_days=10**9), "confirmed_within_days"),
        (lambda: index.search(Query(), now=naive), "now"),
        (lambda: index.search(Query(), now=NOW, limit=-1), "limit"),
        (lambda: index.page(Query(), now=NOW, offset=-1), "offset"),
    ):
        with pytest.raises(InvalidQuery) as caught:
            ask()
        assert caught.value.field == field


def test_threads_ask_one_index_at_once() -> None:
    hours = [f"Mo-Fr {hour:02d}:00-18:00; PH off" for hour in range(18)]
    index = index_of(*(service(f"{n}", nom="Crèche", horaires=text) for n, text in enumerate(hours)))
    questions = [
        (Query(text=text, open_within_days=days), NOW + timedelta(minutes=minute))
        for text in ("creches", "crech", "autre")
        for days in (0, 7)
        for minute in range(40)
    ]
    alone = [index.search(query, now=now) for query, now in questions]

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda asked: index.search(asked[0], now=asked[1]), questions))

    assert together == alone
