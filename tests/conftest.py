"""Two lengths of the same tests: `short` by default, `long` with ALLERVERS_TEST_PROFILE=long."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("short", max_examples=60, deadline=None, derandomize=True)
settings.register_profile(
    "long",
    max_examples=400,
    deadline=None,
    derandomize=os.environ.get("CI") == "true",  # there, the same commit gets the same verdict twice
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("ALLERVERS_TEST_PROFILE", "short"))


ROOMS_OF_THE_DATABASE = frozenset({"actions", "queries", "tasks", "models"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What reads or writes records is run on PostgreSQL too (`python -m tests.postgresql`)."""
    for item in items:
        if ROOMS_OF_THE_DATABASE.intersection(item.path.parts):
            item.add_marker("db")


@pytest.fixture(autouse=True)
def looks_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread of their own writes them once a minute: it would meet the transaction of a test."""
    monkeypatch.setattr("allervers.directory.actions.looks.WRITTEN_EVERY_SECONDS", float("inf"))


@pytest.fixture(autouse=True)
def no_territory_kept() -> Iterator[None]:
    """A process keeps the declared territory for a second: longer than a test."""
    from allervers.territory.queries.declared import forget_declared_territory  # noqa: PLC0415  # Django first

    forget_declared_territory()
    yield
    forget_declared_territory()
