"""`/health`: 200 only when searches can be answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django.fixtures import Settings

from allervers.directory.actions.indexing import build_index
from allervers.directory.queries.indexes import forget_index
from tests.factories import NOW, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_index(tmp_path: Path, settings: Settings) -> Iterator[None]:
    settings.INDEX_FOLDER = tmp_path / "index"
    forget_index()
    yield
    forget_index()


def told(client: Client) -> tuple[int, object]:
    response = client.get("/health")
    return response.status_code, response.json()


def test_no_index_is_not_healthy(client: Client) -> None:
    assert told(client) == (503, {"status": "no_index"})


def test_an_index_is_healthy(client: Client) -> None:
    make_service()
    build_index(now=NOW)

    assert told(client) == (200, {"status": "ok"})


def test_an_unreadable_database_is_not_healthy(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise OperationalError

    monkeypatch.setattr("allervers.config.health.current_index", fails)

    assert told(client) == (503, {"status": "no_database"})


def test_nobody_keeps_the_answer(client: Client) -> None:
    assert "no-store" in client.get("/health")["Cache-Control"]
