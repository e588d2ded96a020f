"""What people know better than the source."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from allervers.directory.models.record import Kind

CLOSED = "retired"  # the one corrected field that the schéma does not have: « c’est fermé »


class Overlay(models.Model):
    """A human's correction of one field of one sheet: it survives every refresh, and can be taken back.

    Taken back is not deleted: it is the sheet's history.
    """

    class Why(models.TextChoices):
        CORRECTION = "correction", _("correction")
        OBJECTION = "objection", _("opposition de la personne nommée")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=9, choices=Kind)
    ident = models.TextField()
    field = models.CharField(max_length=40)  # of the schéma v1, or CLOSED
    value = models.JSONField(null=True)  # as the schéma writes it; null: emptied
    source_value = models.JSONField(null=True)  # what the source said when it was corrected
    why = models.CharField(max_length=10, choices=Why, default=Why.CORRECTION)
    reason = models.TextField(default="", blank=True, max_length=500)
    by = models.CharField(max_length=64)  # Actor.ref
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "ident", "field"],
                condition=models.Q(taken_back_at__isnull=True),
                name="one_correction_a_field",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ident} {self.field}"


class Confirmation(models.Model):
    """Someone of the desk checked a sheet: all that it says is true that day."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=9, choices=Kind)
    ident = models.TextField()
    day = models.DateField()
    by = models.CharField(max_length=64)  # Actor.ref
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "ident"], name="confirmation_sheet")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ident} {self.day}"
