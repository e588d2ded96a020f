"""Which folder under `index/` answers searches now, and what changed since it was built."""

import uuid

from django.db import models


class IndexVersion(models.Model):
    """A whole index, built aside. The latest row is the current version; a worker looks once a second."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.CharField(max_length=40, unique=True)  # name of its folder
    built_at = models.DateTimeField()
    services = models.PositiveIntegerField()
    last_change_id = models.BigIntegerField(default=0)  # the last change it holds

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.version


class Change(models.Model):
    """A visible change of the directory, in the order of commits: what an index may not hold yet.

    A small one names its services: workers lay them over the last build. A large one asks for a build.
    """

    at = models.DateTimeField()
    services = models.JSONField(null=True)  # ids of the services it touched; null: too many to name

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk}"
