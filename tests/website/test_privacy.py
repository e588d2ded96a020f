"""What a resident types never stays: not in an address, a log, a file or the database."""

import io
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from tests.website.conftest import FRENCH

Ask = Callable[..., HttpResponse]
PLANTED = "motplanté"
STREET = "rueplantée"


@pytest.fixture
def logged() -> io.StringIO:
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    root = logging.getLogger()
    root.addHandler(handler)
    yield lines
    root.removeHandler(handler)


def written(settings: Settings) -> str:
    """Every table and every file of the index, as text."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    files = [
        path.read_bytes().decode("utf-8", "replace")
        for path in Path(settings.INDEX_FOLDER).rglob("*")
        if path.is_file()
    ]
    return f"{rows}{files}"


@pytest.mark.parametrize(
    "words",
    [
        f"une nounou {PLANTED}",  # found
        f"apprendre le français {PLANTED}",  # found nothing, counted
        PLANTED,  # not understood
        f"mon mari me frappe {PLANTED}",  # urgent
        f"Agence 2 {PLANTED}",
    ],
)
def test_typed_words_leave_no_trace(
    ask: Ask, client: Client, logged: io.StringIO, settings: Settings, words: str
) -> None:
    response = ask(words, lieu="34000")
    if location := response.headers.get("Location", ""):
        client.get(location)

    for place in (location, logged.getvalue(), written(settings), str(client.cookies)):
        assert PLANTED not in place


def test_a_typed_place_leaves_no_trace(ask: Ask, logged: io.StringIO, settings: Settings) -> None:
    response = ask("une nounou", lieu=f"12 {STREET} montpellier")

    assert STREET not in response.headers.get("Location", "")
    assert STREET not in logged.getvalue()
    assert STREET not in written(settings)


def test_a_typed_point_is_rounded_before_it_leaves(ask: Ask, logged: io.StringIO) -> None:
    response = ask("une nounou", lieu="43.6321987, 3.8224567")

    assert response["Location"].endswith("lat=43.632&lon=3.822")
    assert "1987" not in logged.getvalue()


def test_the_trace_would_be_seen(ask: Ask, settings: Settings) -> None:
    """Otherwise the tests above could pass by looking nowhere."""
    ask("apprendre le français", lieu="34000")

    assert FRENCH in written(settings)


def test_a_search_sets_no_cookie(client: Client, town: None) -> None:
    response = client.get("/recherche?besoin=mobilite")

    assert set(response.cookies) <= {"csrftoken"}
    assert "sessionid" not in response.cookies
