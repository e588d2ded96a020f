"""Where records come from, and each time they came."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Feed(models.Model):
    """A file, a URL, an API: declared once, read again and again. One feed may carry many sources."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("nom"), unique=True)
    created_at = models.DateTimeField()
    mapping = models.JSONField(null=True, blank=True)  # what its columns are, as `mapping_as_json` writes it

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class ImportRun(models.Model):
    """One reading of a feed, with its whole report: applied, or held until someone says yes."""

    class State(models.TextChoices):
        APPLIED = "applied", _("appliqué")
        HELD = "held", _("en attente d’un oui")
        DISCARDED = "discarded", _("abandonné")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(max_length=9, choices=State, default=State.APPLIED)
    partial = models.BooleanField(default=False)  # an extract: what it does not hold is not missing
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    files = models.JSONField(default=list)  # [{"name", "sha256", "bytes", "kind", "rows", "ignored"}]
    report = models.JSONField()  # the object that `allervers import --json` prints
    decided_at = models.DateTimeField(null=True, blank=True)  # of a run that was held: the yes or the no
    decided_by = models.CharField(max_length=64, default="", blank=True)  # Actor.ref

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="discarded_run_was_decided",
                condition=~models.Q(state="discarded") | models.Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.started_at:%Y-%m-%d %H:%M} {self.state}"
