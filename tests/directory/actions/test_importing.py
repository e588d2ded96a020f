"""A run is shown whole, or not at all; run twice, nothing changes."""

import sqlite3
import threading

import pytest
from django.db import connection

from allervers.accounts.actor import ANONYMOUS
from allervers.accounts.policies import NotAllowed
from allervers.directory.actions.importing import BadFeedName, import_files
from allervers.directory.intake import report as reporting
from allervers.directory.intake.refusal import Refused
from allervers.directory.locking import exclusive
from allervers.directory.models import Feed, ImportRun, IndexVersion, Kind, Organisation, Record, Service
from allervers.directory.queries.indexes import current_index, index_is_stale, last_change_id
from allervers.engines.search import Query
from allervers.journal.models import Entry
from tests.factories import NOW

NOTHING = {
    "read": 0,
    "added": 0,
    "changed": 0,
    "unchanged": 0,
    "missing": 0,
    "retired": 0,
    "quarantined": 0,
    "rejected_total": 0,
    "rejected": [],
}


def counts(report: dict) -> dict:
    """The counts that are not zero."""
    return {name: value for name, value in report.items() if name != "rejected" and value}


def snapshot() -> dict:
    """All that a reader could see, and what is kept behind it."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Feed, Record, Organisation, Service, ImportRun, IndexVersion, Entry)
    }


def found_services() -> int:
    return current_index().search(Query(), now=NOW, limit=10).total


def test_import_shows_structures_and_services_as_received(take_in, write, make_structure, make_service):
    structures = write("a.csv", [make_structure(1, site_web="https://essai.example", commune=" ")])
    services = write("b.csv", [make_service(1, of=1, contact_nom_prenom="Camille Essai")])

    report = take_in(services, structures)

    assert report == NOTHING | {"read": 2, "added": 2}
    organisation, service = Organisation.objects.get(), Service.objects.get()
    assert (organisation.nom, organisation.site_web, organisation.commune, organisation.latitude) == (
        "Maison 1",
        "https://essai.example",
        "",
        43.632,
    )
    assert (service.organisation, service.thematiques, service.publics, service.contact_nom_prenom) == (
        organisation,
        ["famille--garde-denfants", "famille--soutien-aidants"],
        None,
        "Camille Essai",
    )
    assert (str(service.confirmed_on), service.confirmed_by, service.latitude) == (
        "2026-11-02",
        "essai",
        None,
    )


def test_import_keeps_each_row_verbatim(take_in, write, make_structure):
    take_in(write("a.csv", [make_structure(1, _score="0.5", siret="")]), feed="open-data")

    record = Record.objects.get()
    assert record.payload == {
        "source": "essai",
        "id": "essai--1",
        "nom": "Maison 1",
        "date_maj": "2026-11-01",
        "site_web": "",
        "telephone": "0199001234",
        "latitude": "43.632",
        "longitude": "3.822",
        "_score": "0.5",
        "siret": "",
    }
    assert (record.kind, record.feed.slug, record.source, record.received_at) == (
        "structure",
        "open-data",
        "essai",
        NOW,
    )
    assert len(record.content_hash) == 64


def test_import_twice_changes_nothing_and_json_says_the_same_as_csv(
    take_in, write, make_structure, make_service
):
    records = [make_structure(1, latitude=43.60376400000001), make_structure(2)]
    services = [make_service(1, of=1), make_service(2, of=2)]
    take_in(write("a.csv", records), write("b.csv", services))
    before = snapshot()

    again = take_in(write("a.csv", records), write("b.csv", services))
    as_json = take_in(write("a.json", records), write("b.json", services))

    after = snapshot()
    assert again == as_json == NOTHING | {"read": 4, "unchanged": 4}
    for kept in ("Record", "Organisation", "Service"):
        assert after[kept] == before[kept]
    assert [run["report"] for run in after["ImportRun"][1:]] == [again, as_json]
    assert len(after["IndexVersion"]) == 1  # nothing to build
    assert not index_is_stale()


def test_import_changes_a_sheet_in_place(take_in, write, make_structure, make_service):
    take_in(
        write("a.json", [make_structure(1)]), write("b.json", [make_service(1, of=1), make_service(2, of=1)])
    )
    before = Service.objects.get(ident="essai--1")

    report = take_in(write("b.json", [make_service(1, of=1, nom="Crèche"), make_service(2, of=1)]))

    after = Service.objects.get(ident="essai--1")
    assert counts(report) == {"read": 2, "changed": 1, "unchanged": 1}
    assert (after.pk, after.uid, after.record_id, after.nom) == (
        before.pk,
        before.uid,
        before.record_id,
        "Crèche",
    )


def test_import_knows_a_record_by_kind_and_id(take_in, write, make_structure, make_service):
    ident = "essai--a/b?c=%2F é"
    report = take_in(
        write("a.csv", [make_structure(1, id=ident)]),
        write("b.csv", [make_service(1, of=1, id=ident, structure_id=ident)]),
    )

    assert counts(report) == {"read": 2, "added": 2}
    assert Organisation.objects.get().ident == Service.objects.get().ident == ident
    assert set(Record.objects.values_list("kind", "ident")) == {("structure", ident), ("service", ident)}


def test_invalid_row_is_reported_and_its_earlier_good_version_stays(take_in, write, make_structure):
    take_in(write("a.csv", [make_structure(1), make_structure(2)]))

    report = take_in(
        write("a.csv", [make_structure(1, site_web="http//:www.essai.example", nom="x"), make_structure(2)])
    )

    assert counts(report) == {"read": 2, "unchanged": 1, "rejected_total": 2}
    assert report["rejected"] == [
        {
            "file": "a.csv",
            "row": 1,
            "id": "essai--1",
            "field": "nom",
            "value": "x",
            "reason": "Ce texte est trop court : 3 caractères au moins.",
        },
        {
            "file": "a.csv",
            "row": 1,
            "id": "essai--1",
            "field": "site_web",
            "value": "http//:www.essai.example",
            "reason": "Ce n’est pas une adresse web : elle commence par https:// ou http://. "
            "Peut-être « http://www.essai.example » ?",
        },
    ]
    assert Organisation.objects.get(ident="essai--1").nom == "Maison 1"


def test_service_without_its_structure_waits_and_appears_with_it(
    take_in, write, make_structure, make_service
):
    bad, good = make_structure(7, site_web="http//:essai"), make_structure(7)
    services = write("b.csv", [make_service(1, of=7), make_service(2, of=8)])

    first = take_in(write("a.csv", [bad]), services)
    again = take_in(write("a.csv", [bad]), services)
    waiting = list(Record.objects.filter(quarantined=True).values("ident", "received_at", "payload"))
    shown = Service.objects.count()
    freed = take_in(write("a.csv", [good]))

    assert counts(first) == {"read": 3, "quarantined": 2, "rejected_total": 3}
    assert first["rejected"][1:] == [
        {
            "file": "b.csv",
            "row": number,
            "id": f"essai--{number}",
            "field": "structure_id",
            "value": f"essai--{of}",
            "reason": "La structure de ce service est inconnue ou refusée : "
            "il attend, et paraîtra quand elle arrivera.",
            "quarantined": True,
        }
        for number, of in ((1, 7), (2, 8))
    ]
    assert again == first
    assert (len(waiting), shown) == (2, 0)
    assert counts(freed) == {"read": 1, "added": 2}
    assert Service.objects.get().ident == "essai--1"
    assert list(Record.objects.filter(quarantined=True).values_list("ident", flat=True)) == ["essai--2"]


def test_service_that_changes_to_an_unknown_structure_keeps_its_earlier_version(
    take_in, write, make_structure, make_service
):
    structures = write("a.csv", [make_structure(1)])
    take_in(structures, write("b.csv", [make_service(1, of=1)]))

    moved = take_in(write("b.csv", [make_service(1, of=9)]))
    kept = Service.objects.get().organisation.ident
    back = take_in(write("b.csv", [make_service(1, of=1)]))

    assert counts(moved) == {"read": 1, "quarantined": 1, "rejected_total": 1}
    assert kept == "essai--1"
    assert counts(back) == {"read": 1, "unchanged": 1}
    assert not Record.objects.filter(quarantined=True).exists()


def test_one_id_twice_counts_once_when_equal_and_refuses_the_later_when_not(take_in, write, make_structure):
    same, other = make_structure(1), make_structure(1, nom="Une autre")

    report = take_in(write("a.csv", [same, same, other]), write("b.json", [same]))

    assert counts(report) == {"read": 4, "added": 1, "rejected_total": 1}
    assert report["rejected"] == [
        {
            "file": "a.csv",
            "row": 3,
            "id": "essai--1",
            "field": "id",
            "value": "essai--1",
            "reason": "Cet identifiant est déjà pris par la ligne 1 de « a.csv », dont le contenu est "
            "différent ; la première est gardée.",
        }
    ]
    assert Organisation.objects.get().nom == "Maison 1"


def test_absent_records_are_missing_by_feed_source_and_kind_and_still_shown(
    take_in, write, make_structure, make_service
):
    records = [make_structure(1), make_structure(2), make_structure(3, source="autre")]
    take_in(write("a.csv", records), write("b.csv", [make_service(1, of=1)]))
    take_in(write("c.csv", [make_structure(4)]), feed="ailleurs")

    some = take_in(write("a.csv", [make_structure(2)]))
    bad = take_in(write("a.csv", [make_structure(1, nom="x"), make_structure(2)]))

    assert counts(some) == {"read": 1, "unchanged": 1, "missing": 1}
    assert counts(bad) == {"read": 2, "unchanged": 1, "rejected_total": 1}  # refused is not absent
    assert (Organisation.objects.count(), Service.objects.count()) == (4, 1)


def test_record_whose_sheet_was_retired_comes_back_as_a_change(take_in, write, make_structure):
    path = write("a.csv", [make_structure(1)])
    take_in(path)
    Organisation.objects.update(retired_at=NOW)

    report = take_in(path)

    assert counts(report) == {"read": 1, "changed": 1}
    assert Organisation.objects.get().retired_at is None


def test_import_returns_when_its_index_answers(take_in, write, make_structure, make_service):
    take_in(write("a.csv", [make_structure(1)]), write("b.csv", [make_service(1, of=1)]))
    one = found_services()
    take_in(write("b.csv", [make_service(1, of=1), make_service(2, of=1)]))

    assert one == 1
    assert IndexVersion.objects.order_by("-pk").first().last_change_id == last_change_id()
    assert not index_is_stale()


def test_run_is_kept_with_its_files_and_journalled_without_values(take_in, write, make_structure):
    path = write("a.csv", [make_structure(1, _score="1")])

    report = take_in(path, feed="open-data")

    run = ImportRun.objects.get()
    assert (run.feed.slug, run.report, run.started_at) == ("open-data", report, NOW)
    assert run.files == [
        {
            "name": "a.csv",
            "sha256": run.files[0]["sha256"],
            "bytes": path.stat().st_size,
            "kind": "structure",
            "rows": 1,
            "ignored": ["_score"],
        }
    ]
    entry = Entry.objects.get(verb="feed.imported")
    assert (entry.by, entry.subject_uid, entry.fields) == ("system", Feed.objects.get().uid, ["records"])


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"source,id,nom,date_maj\n", b"a,b\n1,2\n", b'[{"source": "e", "id', b"PK\x03\x04"],
    ids=["empty", "empty list", "header alone", "other shape", "cut", "workbook"],
)
def test_one_refused_file_refuses_the_run_and_changes_nothing(
    take_in, write, make_structure, tmp_path, content
):
    take_in(write("a.csv", [make_structure(1)]))
    before = snapshot()
    bad = tmp_path / "bad.csv"
    bad.write_bytes(content)

    with pytest.raises(Refused) as refused:
        take_in(write("a.csv", [make_structure(1, nom="Autre nom")]), bad)

    assert "L’annuaire n’a pas changé." in refused.value.sentence
    assert snapshot() == before


def test_cut_at_any_byte_is_refused_or_gives_whole_rows_only(take_in, write, make_structure, tmp_path):
    path = write("a.csv", [make_structure(number) for number in range(1, 4)])
    whole, header = path.read_bytes(), path.read_bytes().index(b"\n") + 1
    cut = tmp_path / "cut.csv"
    outcomes = set()
    for end in range(header, len(whole), 3):
        cut.write_bytes(whole[:end])
        try:
            report = take_in(cut)
        except Refused:
            outcomes.add("refused")
        else:
            outcomes.add("taken")
            assert {name for name in Organisation.objects.values_list("nom", flat=True)} <= {
                "Maison 1",
                "Maison 2",
                "Maison 3",
            }
            assert report["rejected_total"] <= 1

    assert outcomes == {"refused", "taken"}


def test_hostile_rows_cost_themselves_only(take_in, tmp_path):
    rows = [
        '{"source":"e","id":"e--1","nom":"Bonne","date_maj":"2026-11-01"}',
        '{"source":"e","id":"e--2","nom":"Nu\\u0000l","date_maj":"2026-11-01"}',
        '{"source":"e","id":"e--3","nom":"Seul \\ud800","date_maj":"2026-11-01"}',
        '{"source":"e","id":"e--4","nom":"Grand","date_maj":"2026-11-01","longitude":%s}' % ("9" * 5000),
        '{"source":"e","id":"e--5","nom":"Sans nombre","date_maj":"2026-11-01","latitude":NaN}',
        '{"source":"e","id":6,"nom":"Sans texte","date_maj":"2026-11-01"}',
        '{"source":"e","nom":"Sans identité","date_maj":"2026-11-01"}',
        '{"source":"e","id":"e--8","nom":"%s","date_maj":"2026-11-01"}' % ("x" * 1_000_000),
        '{"source":"e","id":"e--9","nom":"Dernière","date_maj":1606780800000,"autre":{"a":[1e400]}}',
    ]
    path = tmp_path / "a.json"
    path.write_text(f"[{','.join(rows)}]", encoding="utf-8")

    report = take_in(path)

    assert counts(report) == {"read": 9, "added": 2, "rejected_total": 7}
    assert [(entry["row"], entry["field"]) for entry in report["rejected"]] == [
        (2, "nom"),
        (3, "nom"),
        (4, "longitude"),
        (5, "latitude"),
        (6, "id"),
        (7, "id"),
        (8, "nom"),
    ]
    assert len(report["rejected"][-1]["value"]) == 200
    assert sorted(Organisation.objects.values_list("nom", flat=True)) == ["Bonne", "Dernière"]


def test_rejected_entries_are_bounded_and_all_counted(take_in, write, make_structure, monkeypatch):
    monkeypatch.setattr(reporting, "MOST_REJECTED", 5)

    report = take_in(write("a.csv", [make_structure(number, nom="x") for number in range(8)]))

    assert (report["rejected_total"], len(report["rejected"])) == (8, 5)


@pytest.mark.parametrize("feed", ["", "open data", "été", "../x", "x" * 51])
def test_feed_name_is_a_slug(take_in, write, make_structure, feed):
    with pytest.raises(BadFeedName):
        take_in(write("a.csv", [make_structure(1)]), feed=feed)


def test_only_operators_import(data_folder, transactional_db, write, make_structure):
    with pytest.raises(NotAllowed):
        import_files([write("a.csv", [make_structure(1)])], feed="essai", by=ANONYMOUS, now=NOW)


class Listener:
    def __init__(self) -> None:
        self.sentences: list[str] = []

    def advance(self, step, *, done, total):
        assert 0 <= done <= total

    def note(self, sentence):
        self.sentences.append(sentence)


def test_unknown_columns_and_doubles_are_said_once(take_in, write, make_structure):
    listener = Listener()

    take_in(write("a.csv", [make_structure(1, _score="1")] * 3), onlooker=listener)

    assert listener.sentences[:2] == [
        "« a.csv » : colonnes ignorées, inconnues du schéma : _score.",
        "2 fiches sont là deux fois, mot pour mot : elles comptent une fois.",
    ]


def test_second_import_waits_for_the_first_and_says_so(take_in, data_folder, write, make_structure):
    listener, taken, release = Listener(), threading.Event(), threading.Event()

    def hold():
        with exclusive(data_folder / "intake" / "import.lock", wait_seconds=0):
            taken.set()
            release.wait(10)

    other = threading.Thread(target=hold)
    other.start()
    taken.wait(10)
    threading.Timer(0.3, release.set).start()

    report = take_in(write("a.csv", [make_structure(1)]), onlooker=listener)

    other.join()
    assert listener.sentences[0] == "Un autre import est en cours : celui-ci attend son tour."
    assert counts(report) == {"read": 1, "added": 1}


def test_staging_of_a_dead_run_is_swept_away(take_in, data_folder, write, make_structure):
    folder = data_folder / "intake"
    folder.mkdir(parents=True)
    stale = folder / "import-0123456789abcdef.sqlite3"
    stale.write_bytes(b"left by a killed process")

    take_in(write("a.csv", [make_structure(1)]))

    assert [path.name for path in folder.iterdir()] == ["import.lock"]


FULL_DISK = {
    "sqlite": [
        "CREATE TRIGGER full_disk BEFORE INSERT ON journal_entry"
        " BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RAISE EXCEPTION 'disk is full'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON journal_entry EXECUTE FUNCTION full_disk()",
    ],
}


def test_database_that_refuses_to_write_changes_nothing_and_says_so(take_in, write, make_structure):
    take_in(write("a.csv", [make_structure(1)]))
    before = snapshot()
    with connection.cursor() as cursor:
        for statement in FULL_DISK[connection.vendor]:
            cursor.execute(statement)
    try:
        with pytest.raises(Refused, match="disk is full"):
            take_in(write("a.csv", [make_structure(1, nom="Autre"), make_structure(2)]))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "DROP TRIGGER full_disk" + " ON journal_entry" * (connection.vendor == "postgresql")
            )

    assert snapshot() == before
    with connection.cursor() as cursor, pytest.raises(Exception, match=r"no such|does not exist"):
        cursor.execute("SELECT * FROM staged.record")  # nothing stays attached


def test_constraints_hold_even_against_hand_written_rows(take_in, write, make_structure):
    take_in(write("a.csv", [make_structure(1)]))

    with connection.cursor() as cursor, pytest.raises(Exception, match="only_services_wait"):
        cursor.execute("UPDATE directory_record SET quarantined = true")
    assert Record.objects.get().kind == Kind.STRUCTURE
    assert sqlite3.sqlite_version_info >= (3, 35)
