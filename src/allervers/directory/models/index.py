"""Which folder under `index/` answers searches now."""

from django.db import models


class IndexVersion(models.Model):
    """A whole index, built aside. The latest row is the current version; a worker looks once a second."""

    version = models.CharField(max_length=40, unique=True)  # name of its folder
    built_at = models.DateTimeField()
    services = models.PositiveIntegerField()
    directory_state = models.CharField(max_length=64, default="")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.version
