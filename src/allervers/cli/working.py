"""`allervers worker`: imports and refreshes in a process of their own, or as threads of `allervers serve`."""

import signal
from types import FrameType

from allervers.cli.app import app
from allervers.cli.output import say
from allervers.cli.prepared import prepared
from allervers.directory.tasks import ROUNDS
from allervers.jobs.background import Background


@app.command()
def worker() -> None:
    """Faire les imports et les rafraîchissements, à part de « allervers serve ». Ctrl+C pour l’arrêter."""
    prepared()
    background = background_work()
    signal.signal(signal.SIGTERM, _as_an_interruption)
    say("Le travail de fond est en marche (Ctrl+C pour l’arrêter)")
    try:
        background.run()
    except KeyboardInterrupt:
        say("Le travail de fond est arrêté. Ce qui était commencé sera repris.")


def background_work() -> Background:
    """Tasks, and the rounds of every app that has some."""
    return Background(ROUNDS)


def _as_an_interruption(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
