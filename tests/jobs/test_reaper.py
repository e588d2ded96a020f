"""Tasks of dead workers are taken back; those of living ones are left alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from allervers.jobs import reaper
from allervers.jobs.models import Beat

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
LONG_AGO = NOW - timedelta(seconds=reaper.SILENT_SECONDS + 1)
pytestmark = pytest.mark.django_db


def held_task(*workers: str, started_at: datetime = LONG_AGO) -> Any:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING, started_at=started_at, worker_ids=list(workers),
        args_kwargs={"args": [], "kwargs": {}}, task_path="nowhere.task", backend_name="default",
    )  # fmt: skip


def outcome(task: Any) -> tuple[str, list[str]]:
    task.refresh_from_db()
    return task.status, task.worker_ids


def test_task_of_a_silent_worker_is_given_back() -> None:
    task = held_task("dead")

    assert reaper.reap(now=NOW) == 1
    assert outcome(task) == ("READY", ["dead"])
    assert task.started_at is None


def test_task_of_a_worker_that_beats_is_left() -> None:
    task = held_task("alive")
    reaper.beat("alive", now=NOW - timedelta(seconds=5))

    assert reaper.reap(now=NOW) == 0
    assert outcome(task) == ("RUNNING", ["alive"])


def test_task_that_has_just_begun_is_left() -> None:
    task = held_task("new", started_at=NOW - timedelta(seconds=1))

    assert reaper.reap(now=NOW) == 0
    assert outcome(task) == ("RUNNING", ["new"])


def test_the_last_worker_is_the_one_that_counts() -> None:
    task = held_task("alive", "dead")
    reaper.beat("alive", now=NOW)

    assert reaper.reap(now=NOW) == 1
    assert outcome(task) == ("READY", ["alive", "dead"])


def test_task_that_killed_three_workers_is_failed() -> None:
    task = held_task("one", "two", "three")

    reaper.reap(now=NOW)

    assert outcome(task) == ("FAILED", ["one", "two", "three"])
    assert (task.finished_at, task.exception_class_path) == (NOW, "allervers.jobs.reaper.TooManyTries")


def test_worker_that_stops_gives_back_its_own_only() -> None:
    mine, other = held_task("me", started_at=NOW), held_task("other", started_at=NOW)
    reaper.beat("me", now=NOW)

    assert reaper.release("me", now=NOW) == 1
    assert outcome(mine) == ("READY", ["me"])
    assert outcome(other) == ("RUNNING", ["other"])
    assert not Beat.objects.exists()


def test_old_outcomes_are_forgotten_and_recent_ones_kept() -> None:
    old, recent, waiting = held_task("a"), held_task("b"), held_task("c")
    DBTaskResult.objects.filter(pk=old.pk).update(status="FAILED", finished_at=NOW - timedelta(days=31))
    DBTaskResult.objects.filter(pk=recent.pk).update(status="SUCCESSFUL", finished_at=NOW - timedelta(days=1))

    reaper.forget_old(now=NOW)

    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {recent.pk, waiting.pk}
