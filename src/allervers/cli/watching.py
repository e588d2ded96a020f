"""What a command says while it works."""

import time
from types import TracebackType
from typing import Any, Self

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from allervers.cli.output import console, say

QUIET_SECONDS = 2.0  # a bar appears for what lasts longer


class Watch:
    """Sentences at once, and a bar on stderr when a step lasts."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._bar = Progress(
            TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), console=console
        )
        self._steps: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def advance(self, step: str, *, done: int, total: int) -> None:
        if time.monotonic() - self._began < QUIET_SECONDS or not console.is_terminal:
            return
        self._bar.start()
        if step not in self._steps:
            self._steps[step] = self._bar.add_task(step, total=total)
        self._bar.update(self._steps[step], completed=done)

    def note(self, sentence: str) -> None:
        say(sentence)
