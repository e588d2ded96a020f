"""What may be forgotten, and how: missing, then retired; too much at once waits for a yes."""

from datetime import timedelta

import pytest

from allervers.accounts.actor import ANONYMOUS, SYSTEM
from allervers.accounts.policies import NotAllowed
from allervers.directory.actions.held_runs import NotHeld, discard_held_run
from allervers.directory.actions.importing import apply_held_run
from allervers.directory.intake.refusal import Refused
from allervers.directory.models import ImportRun, Organisation, Record, Service
from allervers.directory.queries.runs import import_runs, run_named
from tests.directory.actions.test_importing import counts, found_services
from tests.factories import NOW

PERMIS = "mobilite--preparer-un-permis"


def days(number: int):
    return NOW + timedelta(days=number)


def retired() -> list[str]:
    return list(Organisation.objects.exclude(retired_at=None).values_list("ident", flat=True))


@pytest.fixture
def hundred(write, make_structure):
    """`hundred(70)`: a file of structures 0…69."""

    def written(count: int, name: str = "a.csv", **fields):
        return write(name, [make_structure(number, **fields) for number in range(count)])

    return written


def test_record_is_retired_after_two_absent_runs_and_fourteen_days(take_in, hundred):
    take_in(hundred(3))

    first = take_in(hundred(2), now=days(1))
    second = take_in(hundred(2), now=days(8))
    shown = retired()
    third = take_in(hundred(2), now=days(15))
    fourth = take_in(hundred(2), now=days(22))

    assert [counts(report).get("missing", 0) for report in (first, second, third, fourth)] == [1, 1, 1, 0]
    assert shown == []
    assert counts(third) == {"read": 2, "unchanged": 2, "missing": 1, "retired": 1}
    assert retired() == ["essai--2"]
    assert Organisation.objects.count() == 3  # retired is not deleted


def test_two_absent_runs_on_one_day_retire_nothing(take_in, hundred):
    take_in(hundred(3))
    for _time in range(3):
        take_in(hundred(2), now=days(1))

    assert retired() == []


def test_days_before_retirement_are_a_setting(take_in, hundred, settings):
    settings.RETIRE_AFTER_DAYS = 2
    take_in(hundred(3))
    take_in(hundred(2), now=days(1))
    take_in(hundred(2), now=days(3))

    assert retired() == ["essai--2"]


def test_missing_record_that_comes_back_counts_as_changed(take_in, hundred):
    take_in(hundred(3))
    take_in(hundred(2), now=days(1))

    back = take_in(hundred(3), now=days(2))
    again = take_in(hundred(3), now=days(3))

    assert counts(back) == {"read": 3, "unchanged": 2, "changed": 1}
    assert counts(again) == {"read": 3, "unchanged": 3}
    assert not Record.objects.exclude(missing_since=None).exists()


def test_run_says_nothing_of_other_kinds_sources_or_feeds(take_in, write, make_structure, make_service):
    others = [make_structure(1), make_structure(2, source="autre")]
    take_in(write("a.csv", others), write("b.csv", [make_service(1, of=1)]))
    take_in(write("c.csv", [make_structure(3)]), feed="ailleurs")

    report = take_in(write("b.csv", [make_service(2, of=1)]), now=days(1))

    assert counts(report) == {"read": 1, "added": 1, "missing": 1}
    assert list(Record.objects.exclude(missing_since=None).values_list("ident", flat=True)) == ["essai--1"]


def test_extract_makes_nothing_missing(take_in, hundred):
    take_in(hundred(100))

    report = take_in(hundred(1), now=days(1), partial=True)

    assert counts(report) == {"read": 1, "unchanged": 1}
    assert ImportRun.objects.first().partial
    assert not Record.objects.exclude(missing_since=None).exists()


@pytest.mark.parametrize(("left", "held"), [(81, False), (80, True), (180, False), (179, True)])
def test_run_is_held_beyond_ten_percent_and_twenty_records(take_in, hundred, left, held):
    before = 100 if left < 100 else 200
    take_in(hundred(before))

    report = take_in(hundred(left), now=days(1))

    gone = [{"source": "essai", "live": before, "missing": before - left}]
    assert report.get("held", []) == (gone if held else [])
    assert Record.objects.exclude(missing_since=None).count() == (0 if held else before - left)
    assert report["missing"] == before - left


def test_held_run_changes_nothing_until_a_yes(take_in, write, hundred, make_structure):
    take_in(hundred(100))

    held = take_in(hundred(70, nom="Un autre nom"), now=days(1))
    waiting = import_runs(held_only=True)
    before = set(Organisation.objects.values_list("nom", flat=True))
    report = apply_held_run(waiting[0].uid, by=SYSTEM, now=days(2)).as_json()

    assert (held["changed"], held["missing"], len(waiting)) == (70, 30, 1)
    assert waiting[0].report == held
    assert "Un autre nom" not in before
    assert {**held, "held": None} == {**report, "held": None}
    assert Organisation.objects.filter(nom="Un autre nom").count() == 70
    run = run_named(waiting[0].uid)
    assert (run.state, run.decided_at, run.report) == ("applied", days(2), report)
    with pytest.raises(NotHeld):
        apply_held_run(run.uid, by=SYSTEM, now=days(3))


def test_run_applied_with_a_yes_is_not_asked_again(take_in, hundred):
    take_in(hundred(100))

    report = take_in(hundred(70), now=days(1), yes=True)
    again = take_in(hundred(70), now=days(2))

    assert "held" not in report
    assert counts(again) == {"read": 70, "unchanged": 70, "missing": 30}


def test_held_run_can_be_discarded_and_its_report_stays(take_in, hundred, data_folder):
    take_in(hundred(100))
    take_in(hundred(50), now=days(1))
    run = import_runs(held_only=True)[0]

    with pytest.raises(NotAllowed):
        discard_held_run(run.uid, by=ANONYMOUS, now=days(2))
    discard_held_run(run.uid, by=SYSTEM, now=days(2))

    assert run_named(run.uid).state == "discarded"
    assert run_named(run.uid).report == run.report
    assert list((data_folder / "intake" / "held").iterdir()) == []
    assert not Record.objects.exclude(missing_since=None).exists()


def test_later_run_of_a_feed_replaces_the_one_that_waits(take_in, hundred, data_folder):
    take_in(hundred(100))
    take_in(hundred(50), now=days(1))

    take_in(hundred(60), now=days(2))

    assert [run.state for run in import_runs()] == ["held", "discarded", "applied"]
    assert len(list((data_folder / "intake" / "held").iterdir())) == 1


def test_empty_or_cut_file_makes_nothing_missing(take_in, hundred, tmp_path):
    take_in(hundred(30))
    for content in (b"", b"source,id,nom,date_maj\n", b'[{"source": "essai", "id": "essai--1"'):
        bad = tmp_path / "bad.csv"
        bad.write_bytes(content)
        with pytest.raises(Refused):
            take_in(bad, now=days(1), yes=True)

    assert not Record.objects.exclude(missing_since=None).exists()


def test_dry_run_changes_nothing_and_applying_gives_its_counts(take_in, write, make_structure, make_service):
    structures = [make_structure(number) for number in range(4)]
    take_in(write("a.csv", structures), write("b.csv", [make_service(1, of=1), make_service(2, of=99)]))
    take_in(write("a.csv", structures[:3]), now=days(1))
    take_in(write("a.csv", structures[:3]), now=days(8))
    files = (
        write("a.csv", [make_structure(0, telephone="0199005678"), make_structure(1), make_structure(99)]),
        write(
            "b.csv",
            [make_service(3, of=1), make_service(1, of=1, thematiques=[PERMIS])],
        ),
    )
    before = list(Record.objects.order_by("pk").values()), ImportRun.objects.count(), found_services()

    dry = take_in(*files, now=days(15), dry_run=True)
    after = list(Record.objects.order_by("pk").values()), ImportRun.objects.count(), found_services()
    applied = take_in(*files, now=days(15))

    preview = dry.pop("preview")
    assert dry == applied
    assert after == before
    assert counts(dry) == {"read": 5, "added": 3, "changed": 2, "unchanged": 1, "missing": 2, "retired": 1}
    assert preview == {
        "added": [
            {"kind": "service", "id": "essai--2", "nom": "Halte-garderie 2"},
            {"kind": "service", "id": "essai--3", "nom": "Halte-garderie 3"},
            {"kind": "structure", "id": "essai--99", "nom": "Maison 99"},
        ],
        "changed": [
            {
                "kind": "service",
                "id": "essai--1",
                "nom": "Halte-garderie 1",
                "fields": {
                    "thematiques": [
                        ["famille--garde-denfants", "famille--soutien-aidants"],
                        [PERMIS],
                    ]
                },
            },
            {
                "kind": "structure",
                "id": "essai--0",
                "nom": "Maison 0",
                "fields": {"telephone": ["0199001234", "0199005678"]},
            },
        ],
        "missing": [{"kind": "structure", "id": "essai--2", "nom": "Maison 2"}],
        "retired": [{"kind": "structure", "id": "essai--3", "nom": "Maison 3"}],
    }
    assert Service.objects.count() == 3
