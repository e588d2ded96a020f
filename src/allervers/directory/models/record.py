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
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="records")
    source = models.TextField()  # its producer
    payload = models.JSONField()  # verbatim
    content_hash = models.CharField(max_length=64)  # sha256 of what the values say, whatever file wrote them
    received_at = models.DateTimeField()
    structure_ident = models.TextField(default="", blank=True)  # of a service: whose arrival may free it
    quarantined = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "ident", "quarantined"], name="one_record_a_kind_and_id"),
            models.CheckConstraint(
                name="only_services_wait", condition=models.Q(kind="service") | models.Q(quarantined=False)
            ),
        ]
        indexes = [models.Index(fields=["structure_ident"], name="record_structure")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ident}"
