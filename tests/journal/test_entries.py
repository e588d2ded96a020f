"""The journal is written once, in the transaction of what it tells, and holds no value."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import models, transaction

from allervers.journal.actions import record
from allervers.journal.models import AppendOnly, Entry

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def told() -> Entry:
    return record("sheet.corrected", "service", uuid4(), by="user:3", at=NOW, fields=["telephone", "nom"])


def test_a_line_says_who_when_what_and_names_of_fields() -> None:
    uid = uuid4()

    record("sheet.corrected", "service", uid, by="user:3", at=NOW, fields=["telephone", "nom"])

    kept = Entry.objects.values("at", "by", "verb", "subject_kind", "subject_uid", "fields").get()
    assert kept == {
        "at": NOW,
        "by": "user:3",
        "verb": "sheet.corrected",
        "subject_kind": "service",
        "subject_uid": uid,
        "fields": ["nom", "telephone"],
    }


def test_a_line_is_neither_changed_nor_erased() -> None:
    entry = told()
    entry.verb = "rien"

    for rewrite in (
        entry.save,
        entry.delete,
        lambda: Entry.objects.update(verb="rien"),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.filter(pk=entry.pk).update(verb="rien"),
        lambda: Entry.objects.bulk_update([entry], ["verb"]),
        lambda: Entry.objects.update_or_create(pk=entry.pk, defaults={"verb": "rien"}),
    ):
        with pytest.raises(AppendOnly), transaction.atomic():
            rewrite()

    assert Entry.objects.get().verb == "sheet.corrected"


def test_what_did_not_happen_is_not_told() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        told()
        raise RuntimeError

    assert Entry.objects.count() == 0


def test_no_column_can_hold_a_value() -> None:
    """Who, when, verb, which record, names of fields: a new column must be thought about here."""
    columns = {field.name: type(field) for field in Entry._meta.get_fields()}

    assert columns == {
        "id": models.BigAutoField,
        "at": models.DateTimeField,
        "by": models.CharField,
        "verb": models.CharField,
        "subject_kind": models.CharField,
        "subject_uid": models.UUIDField,
        "fields": models.JSONField,
    }
