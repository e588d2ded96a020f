"""The whole site as Django serves it, from the style sheets as they are."""

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
