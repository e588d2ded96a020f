"""Logs hold events and ids: no query, no typed word, no address, no text of an error."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django.fixtures import Settings

from allervers.config import logs, urls

SECRET = "motsecretplanté"


def answers(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("mots", ""))


def fails(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q") or request.POST["mots"]
    try:
        return HttpResponse(str(int(typed)))  # its error quotes what was typed
    except ValueError as error:
        raise KeyError(typed) from error


class urlconf:  # noqa: N801  # stands for a module
    urlpatterns = [
        path("repond", answers, name="answers"),
        path("casse", fails, name="fails"),
        *urls.urlpatterns,
    ]
    handler404 = "allervers.config.refusals.not_found"
    handler500 = "allervers.config.refusals.failed"


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_planted_views(settings: Settings) -> None:
    settings.ROOT_URLCONF = urlconf  # type: ignore[assignment]


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """All that the process logs, as written in service."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    config = logs.configuration(for_people=False)["formatters"]["line"]
    maker = config.pop("()")
    assert maker == "structlog.stdlib.ProcessorFormatter"
    handler.setFormatter(logs.structlog.stdlib.ProcessorFormatter(**config))
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def read(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@pytest.mark.parametrize(("address", "status"), [("repond", 200), ("rien", 404), ("casse", 500)])
def test_typed_words_are_not_logged(lines: io.StringIO, address: str, status: int) -> None:
    client = Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.9")

    client.get(f"/{address}?q={SECRET}")
    client.post(f"/{address}?q={SECRET}", {"mots": SECRET, "email": "moi@exemple.example"})

    said = [entry for entry in read(lines) if entry["event"] == "request.answered"]
    assert [entry["status"] for entry in said] == [status, status]
    for planted in (SECRET, "203.0.113.9", "moi@exemple.example", "q="):
        assert planted not in lines.getvalue()


def test_a_typed_address_is_not_logged(lines: io.StringIO) -> None:
    Client().get(f"/{SECRET}")

    assert SECRET not in lines.getvalue()
    assert [(entry["route"], entry["status"]) for entry in read(lines)] == [("", 404)]


def test_a_failure_is_told_by_its_lines_of_code(lines: io.StringIO) -> None:
    Client(raise_request_exception=False).get(f"/casse?q={SECRET}")

    failure = next(entry for entry in read(lines) if entry["event"] == "request.failed")
    assert failure["route"] == "fails"
    assert failure["errors"] == ["builtins.KeyError", "builtins.ValueError"]
    assert failure["frames"][-1].endswith(" fails")
    assert "test_logs.py:" in failure["frames"][-1]


def test_arguments_of_other_libraries_are_not_logged(lines: io.StringIO) -> None:
    logging.getLogger("une.bibliotheque").warning("Refusé : %s", SECRET)

    assert [entry["event"] for entry in read(lines)] == ["Refusé : %s"]


def test_the_configuration_is_accepted() -> None:
    former = logging.getLogger().handlers[:]
    try:
        logging.config.dictConfig(logs.configuration(for_people=True))
    finally:
        logging.getLogger().handlers = former
