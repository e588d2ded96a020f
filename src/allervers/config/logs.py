"""Structured logs: an event and ids. JSON lines, or plain ones on a terminal.

What people type, where they live, who they are never reaches a log: of other libraries' messages only the
template is kept, never its arguments, and of an error its kind and the lines of code, never its text.
"""

import logging.config
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

CAUSES = 5  # errors of a chain that are told
SHARED: tuple[Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def for_people() -> bool:
    """Colours for a terminal, JSON for everything else."""
    return sys.stderr.isatty()


def configure(config: dict[str, Any]) -> None:
    """Django's `LOGGING_CONFIG`: the standard library's loggers and structlog's speak alike."""
    logging.config.dictConfig(config)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def configuration(*, for_people: bool) -> dict[str, Any]:
    """For the standard library's `dictConfig`. Django's own request lines are silenced: see `request_log`."""
    silent = {"handlers": [], "propagate": False, "level": "CRITICAL"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": _formatter(for_people=for_people)},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "allervers": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": silent,
            "django.security": silent,
            "django.server": silent,
        },
    }


def _formatter(*, for_people: bool) -> dict[str, Any]:
    renderer = structlog.dev.ConsoleRenderer() if for_people else structlog.processors.JSONRenderer()
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return {
        "()": "structlog.stdlib.ProcessorFormatter",
        "processors": [only_frames, remove_meta, renderer],
        "foreign_pre_chain": [*SHARED],
        "use_get_message": False,  # the template alone: arguments may hold what someone typed
    }


def only_frames(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """An error becomes its kinds and its lines of code: its text may quote what was typed."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    if isinstance(found, BaseException):
        found = (type(found), found, found.__traceback__)
    if not isinstance(found, tuple) or found[1] is None:
        return event
    chain = _chain(found[1])
    kinds = [f"{type(error).__module__}.{type(error).__qualname__}" for error in chain]
    return {**event, "errors": kinds, "frames": _frames(chain[0])}


def _chain(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and len(chain) < CAUSES:
        chain.append(error)
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    return chain


def _frames(error: BaseException) -> list[str]:
    walked = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in walked]
