"""Taking back the tasks of workers that died: django-tasks-db leaves them RUNNING for ever."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from allervers.jobs.models import Beat

log = structlog.get_logger("allervers.jobs")

SILENT_SECONDS = 60  # without a beat, a worker is dead; twelve beats, and longer than SQLite's busy timeout
MOST_TRIES = 3  # a task that killed three workers is the one at fault
KEPT_DAYS = 30  # what became of a task, for who looks into a failure


def beat(worker_id: str, *, now: datetime) -> None:
    """Say that this worker lives."""
    Beat.objects.update_or_create(worker_id=worker_id, defaults={"at": now})


@transaction.atomic
def reap(*, now: datetime) -> int:
    """Give the tasks of silent workers to whoever is alive. Returns how many.

    A task may so be run twice: each must bear it.
    """
    silent_since = now - timedelta(seconds=SILENT_SECONDS)
    held = DBTaskResult.objects.running().select_for_update(skip_locked=True)
    old = held.filter(started_at__lt=silent_since)
    alive = set(Beat.objects.filter(at__gte=silent_since).values_list("worker_id", flat=True))
    orphans = [task for task in old if not alive & set(task.worker_ids[-1:])]
    Beat.objects.filter(at__lt=silent_since).delete()
    return give_back(orphans, now=now)


def release(worker_id: str, *, now: datetime) -> int:
    """Give back what a worker holds that is about to stop."""
    with transaction.atomic():
        held = DBTaskResult.objects.running().select_for_update(skip_locked=True)
        Beat.objects.filter(worker_id=worker_id).delete()
        return give_back([task for task in held if task.worker_ids[-1:] == [worker_id]], now=now)


def give_back(tasks: Iterable[Any], *, now: datetime) -> int:
    """READY again, at once; FAILED after too many tries."""
    count = 0
    for task in tasks:
        count += 1
        if len(task.worker_ids) >= MOST_TRIES:
            task.status, task.finished_at = TaskResultStatus.FAILED, now
            task.exception_class_path = "allervers.jobs.reaper.TooManyTries"
        else:
            task.status, task.started_at = TaskResultStatus.READY, None
        task.save(update_fields=["status", "started_at", "finished_at", "exception_class_path"])
        log.warning("task.taken_back", task=str(task.id), tries=len(task.worker_ids), status=str(task.status))
    return count


class TooManyTries(Exception):
    """Named by a task that killed each worker that took it."""


def forget_old(*, now: datetime) -> None:
    """What finished long ago is of no use to anyone."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now - timedelta(days=KEPT_DAYS)).delete()
