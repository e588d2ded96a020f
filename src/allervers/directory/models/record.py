"""Records as received, kept verbatim."""

import uuid

from django.db import models

from allervers.directory.models.feed import Feed


class Kind(models.TextChoices):
    """A record is known by (kind, id): a structure and a service may bear the same id."""

    STRUCTURE = "structure"
    SERVICE = "service"


class Record(models.Model):
    """One row of a source, as received, in its latest good version.

    A row whose structure is unknown waits here in quarantine, beside the earlier good version if any.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=9, choices=Kind)
    ident = models.TextField()  # the data·inclusion id: any text
    feed = models.ForeignKey(
        Feed, on_delete=models.PROTECT, related_name="records", null=True
    )  # null: by hand
    source = models.TextField()  # its producer
    payload = models.JSONField()  # verbatim
    content_hash = models.CharField(max_length=64)  # sha256 of what the values say, whatever file wrote them
    received_at = models.DateTimeField()
    structure_ident = models.TextField(default="", blank=True)  # of a service: whose arrival may free it
    quarantined = models.BooleanField(default=False)
    missing_since = models.DateTimeField(null=True, blank=True)  # the first complete run that did not hold it
    missing_runs = models.PositiveIntegerField(default=0)  # complete runs without it, one after the other

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "ident", "quarantined"], name="one_record_a_kind_and_id"),
            models.CheckConstraint(
                name="only_services_wait", condition=models.Q(kind="service") | models.Q(quarantined=False)
            ),
            models.CheckConstraint(
                name="missing_since_some_run",
                condition=models.Q(missing_since__isnull=True, missing_runs=0)
                | models.Q(missing_since__isnull=False, missing_runs__gt=0),
            ),
        ]
        indexes = [
            models.Index(fields=["structure_ident"], name="record_structure"),
            models.Index(fields=["missing_since"], name="record_missing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ident}"


class FormerRecord(models.Model):
    """What a record said before a run that said something else: the history of a sheet."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="former")
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="+", null=True)
    source = models.TextField()
    payload = models.JSONField()
    content_hash = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.record_id} until {self.replaced_at:%Y-%m-%d}"
