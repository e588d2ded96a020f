"""The threads that work beside the web workers: for the tasks, for the signs of life, for the rounds."""

import os
import platform
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from allervers.jobs import reaper

log = structlog.get_logger("allervers.jobs")

LOOK_SECONDS = 1.0  # between two looks at the queue: a read, no lock
BEAT_SECONDS = 5.0
ROUND_SECONDS = 10.0  # between two rounds of the scheduler and of the reaper
STOP_SECONDS = 3.0  # left to the task under way when everything stops

Round = Callable[[datetime], object]


class Background:
    """Tasks, signs of life, rounds. `start` once, `stop` once; the threads never keep the process alive."""

    def __init__(self, rounds: Sequence[Round] = ()) -> None:
        self.worker_id = f"{platform.node()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._rounds = (_reap, _forget, *rounds)
        self._stopping = threading.Event()
        self._worker = Worker(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=self.worker_id, excluded_queue_names=[],
        )  # fmt: skip
        loops = ((self._work, LOOK_SECONDS), (self._beat, BEAT_SECONDS), (self._make_rounds, ROUND_SECONDS))
        self._threads = [
            threading.Thread(target=self._loop, args=loop, name=loop[0].__name__, daemon=True)
            for loop in loops
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Wait a little for the task under way, then give it back: another worker does it again."""
        self._worker.running = False
        self._stopping.set()
        deadline = time.monotonic() + STOP_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        try:
            reaper.release(self.worker_id, now=timezone.now())
        except DatabaseError:  # the reaper will see the silence
            log.warning("worker.not_released")

    def run(self) -> None:
        """For a process of its own: until someone stops it."""
        self.start()
        try:
            while not self._stopping.wait(ROUND_SECONDS):
                pass
        finally:
            self.stop()

    def _loop(self, step: Callable[[], None], every_seconds: float) -> None:
        """A step that fails is said, and tried again: a locked database or a full disk may pass."""
        try:
            while not self._stopping.is_set():
                close_old_connections()
                try:
                    step()
                except Exception:
                    log.exception("background.failed", step=step.__name__)
                self._stopping.wait(every_seconds)
        finally:
            connections.close_all()

    def _work(self) -> None:
        if DBTaskResult.objects.ready().exists():
            self._worker.run()

    def _beat(self) -> None:
        if self._worker.running_task:
            reaper.beat(self.worker_id, now=timezone.now())

    def _make_rounds(self) -> None:
        for one in self._rounds:
            one(timezone.now())


def _reap(now: datetime) -> None:
    reaper.reap(now=now)


def _forget(now: datetime) -> None:
    reaper.forget_old(now=now)
