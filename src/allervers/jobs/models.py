"""That a worker is alive: a task it holds is nobody else's meanwhile."""

from django.db import models


class Beat(models.Model):
    """The last sign of life of a worker that holds a task. A worker at rest writes nothing."""

    worker_id = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.worker_id
