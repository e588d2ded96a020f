"""Where records come from, and each time they came."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Feed(models.Model):
    """A file, a URL, an API: declared once, read again and again. One feed may carry many sources."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("nom"), unique=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class ImportRun(models.Model):
    """One reading of a feed that was applied, with its whole report."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="runs")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    files = models.JSONField(default=list)  # [{"name", "sha256", "bytes"}]
    report = models.JSONField()  # the object that `allervers import --json` prints

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.started_at:%Y-%m-%d %H:%M}"
