"""What searches and readers tell us: what was not found, what is wrong."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from allervers.directory.models.record import Kind


class EmptySearch(models.Model):
    """Needs that found nothing, counted by day and municipality, without identity."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    day = models.DateField()
    needs = models.JSONField(default=list)  # codes, sorted
    publics = models.JSONField(default=list)
    code_insee = models.CharField(max_length=5, default="", blank=True)
    key = models.CharField(
        max_length=64
    )  # sha256 of needs, publics, place: JSON is not portable in a unique rule
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "key"], name="one_count_a_day_and_search")]

    def __str__(self) -> str:
        return f"{self.day} {self.needs}"


class SheetLook(models.Model):
    """How often a sheet was looked at on a day: never by whom."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    day = models.DateField(db_index=True)
    kind = models.CharField(max_length=9, choices=Kind)
    ident = models.TextField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "kind", "ident"], name="one_count_a_day_and_sheet"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.ident}"


class ErrorReport(models.Model):
    """« Signaler une erreur » : what a reader says is wrong with a sheet.

    `contact` is there only when they asked for an answer, and only until they have it, or for thirty days.
    """

    class What(models.TextChoices):
        CLOSED = "closed", _("C’est fermé ou ça n’existe plus")
        PHONE = "phone", _("Le téléphone ne répond pas ou n’est pas le bon")
        HOURS = "hours", _("Les horaires sont faux")
        PLACE = "place", _("L’adresse est fausse")
        OTHER = "other", _("Autre chose")

    class Answer(models.TextChoices):
        CORRECTED = "corrected", _("La fiche est corrigée")
        RIGHT = "right", _("La fiche est juste")
        UNKNOWN = "unknown", _("On n’a pas pu savoir")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=9, choices=Kind)
    ident = models.TextField()
    what = models.CharField(max_length=16, choices=What)
    details = models.TextField(default="", blank=True, max_length=1000)
    contact = models.CharField(max_length=200, default="", blank=True)  # a phone or an e-mail
    reported_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True, db_index=True)
    answer = models.CharField(max_length=10, choices=Answer, default="", blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="answered_report_keeps_no_contact",
                condition=models.Q(answered_at__isnull=True) | models.Q(contact=""),
            ),
            models.CheckConstraint(
                name="answered_report_says_how",
                condition=models.Q(answered_at__isnull=True, answer="")
                | (models.Q(answered_at__isnull=False) & ~models.Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ident} {self.what}"
