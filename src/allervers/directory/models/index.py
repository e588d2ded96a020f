"""Which folder under `index/` answers searches now."""

import uuid

from django.db import models


class IndexVersion(models.Model):
    """A whole index, built aside. The latest row is the current version; a worker looks once a second."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.CharField(max_length=40, unique=True)  # name of its folder
    built_at = models.DateTimeField()
    services = models.PositiveIntegerField()
    last_run_id = models.BigIntegerField(default=0)  # the last import it holds: a later one makes it stale

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.version
