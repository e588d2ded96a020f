"""One line a thing done: who, when, which verb, which record, which fields. Never values."""

from typing import Any, NoReturn

from django.db import models


class AppendOnly(Exception):
    """The journal is written once: it is neither changed nor erased by the product."""


class Entries(models.QuerySet["Entry"]):
    """Reading and adding; the two verbs that would rewrite what happened are refused."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class Entry(models.Model):
    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=64)  # Actor.ref
    verb = models.CharField(max_length=64)  # "feed.imported"
    subject_kind = models.CharField(max_length=32)
    subject_uid = models.UUIDField(db_index=True)
    fields = models.JSONField(default=list)  # names only

    objects = Entries.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind}:{self.subject_uid}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly
