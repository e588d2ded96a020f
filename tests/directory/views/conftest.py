"""The desk as an operator's browser asks for it."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.cast import client_of, make_operator


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}


@pytest.fixture
def operator(db: None) -> Client:
    return client_of(make_operator())
