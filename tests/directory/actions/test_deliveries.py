"""What is uploaded is kept, imported once, and its end is said."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from allervers.accounts.actor import ANONYMOUS, SYSTEM, Actor
from allervers.accounts.policies import NotAllowed
from allervers.directory.actions import deliveries
from allervers.directory.models import Delivery, ImportRun, Organisation
from allervers.directory.queries.indexes import forget_index
from allervers.directory.tasks import approve, upload
from tests.cast import make_operator
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)
STRUCTURE = {
    "id": "essai--1", "source": "essai", "nom": "Maison du quartier", "date_maj": "2026-11-16",
    "commune": "Montpellier", "code_postal": "34000", "code_insee": "34172",
}  # fmt: skip


@pytest.fixture(autouse=True)
def own_data(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    settings.DATA, settings.INDEX_FOLDER = tmp_path, tmp_path / "index"
    forget_index()
    yield tmp_path
    forget_index()


def file(content: object = None, name: str = "structures.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, json.dumps(content or [STRUCTURE]).encode())


def uploaded(*files: deliveries.Uploaded, by: Actor = SYSTEM) -> Delivery:
    return upload("essai", files or (file(),), by=by, now=NOW)


def test_upload_waits_for_the_background() -> None:
    delivery = uploaded()

    assert (delivery.state, delivery.files) == ("waiting", ["structures.json"])
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[str(delivery.uid)]]
    assert not Organisation.objects.exists()


def approved() -> Delivery:
    """Looked at, then said yes to."""
    delivery = uploaded()
    deliveries.deliver(delivery.uid, now=NOW)
    return approve(delivery.uid, by=SYSTEM, now=NOW)


def test_upload_is_only_looked_at_until_someone_says_yes() -> None:
    delivery = uploaded()

    deliveries.deliver(delivery.uid, now=NOW)
    deliveries.deliver(delivery.uid, now=NOW)

    delivery.refresh_from_db()
    preview = delivery.preview or {}
    assert (delivery.state, preview["added"], preview["preview"]["added"][0]["id"]) == (
        "ready",
        1,
        "essai--1",
    )
    assert not Organisation.objects.exists() and not ImportRun.objects.exists()


def test_no_leaves_the_directory_as_it_was_and_the_files_go() -> None:
    delivery = uploaded()
    deliveries.deliver(delivery.uid, now=NOW)

    deliveries.discard(delivery.uid, by=SYSTEM, now=NOW)

    with pytest.raises(deliveries.NotWaiting):
        approve(delivery.uid, by=SYSTEM, now=NOW)
    assert not deliveries.folder_of(delivery).exists() and not Organisation.objects.exists()


def test_delivery_is_imported_and_bears_its_run() -> None:
    delivery = approved()

    deliveries.deliver(delivery.uid, now=NOW)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.run and delivery.run.report["added"]) == ("applied", 1)
    assert Organisation.objects.get().nom == "Maison du quartier"


def test_delivery_done_twice_is_imported_once() -> None:
    delivery = approved()

    deliveries.deliver(delivery.uid, now=NOW)
    Delivery.objects.update(state="running")  # as a worker killed before its last word leaves it
    deliveries.deliver(delivery.uid, now=NOW + timedelta(minutes=2))

    delivery.refresh_from_db()
    assert (delivery.state, delivery.run and delivery.run.report["added"]) == ("applied", 1)
    assert ImportRun.objects.count() == 1


def test_refused_file_says_why_and_changes_nothing() -> None:
    delivery = uploaded(SimpleUploadedFile("photo.json", b"\x89PNG\r\n\x1a\n1234"))

    deliveries.deliver(delivery.uid, now=NOW)

    delivery.refresh_from_db()
    assert delivery.state == "refused"
    assert "photo.json" in delivery.sentence and "n’a pas changé" in delivery.sentence
    assert not ImportRun.objects.exists()


def test_visitor_may_not_upload(own_data: Path) -> None:
    with pytest.raises(NotAllowed):
        uploaded(by=ANONYMOUS)

    assert not Delivery.objects.exists()
    assert not deliveries.deliveries_folder().exists()


def test_operator_who_is_one_no_more_imports_nothing() -> None:
    user = make_operator()
    delivery = uploaded(by=Actor(user.pk, is_operator=True))
    user.is_operator = False
    user.save()

    deliveries.deliver(delivery.uid, now=NOW)

    delivery.refresh_from_db()
    assert delivery.state == "refused" and not Organisation.objects.exists()


def test_name_of_a_file_cannot_leave_its_folder() -> None:
    class Sly:
        name = "../../../etc/.passwd\x00\n"  # Django cleans what its own uploads are called

        def chunks(self) -> list[bytes]:
            return [b"[]"]

    delivery = uploaded(Sly(), file(name="a.json"), file(name="a.json"))

    kept = deliveries.folder_of(delivery)
    assert delivery.files == ["passwd", "a.json", "3-a.json"]
    assert sorted(path.name for path in kept.iterdir()) == ["3-a.json", "a.json", "passwd"]


def test_files_go_a_week_after_and_not_before() -> None:
    delivery = approved()
    deliveries.deliver(delivery.uid, now=NOW)
    ended = Delivery.objects.get().finished_at
    assert ended

    deliveries.sweep_deliveries(now=ended + timedelta(days=6))
    assert deliveries.folder_of(delivery).exists()
    deliveries.sweep_deliveries(now=ended + timedelta(days=8))
    assert not deliveries.folder_of(delivery).exists()
