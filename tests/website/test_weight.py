"""First page and results stay under 100 KB on the wire, style and script included."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.website.conftest import CARE, HOME

MOST_BYTES = 100_000


@pytest.mark.parametrize("address", ["/", f"/recherche?besoin={CARE}&{HOME}", "/services/creche-1"])
def test_page_with_all_it_asks_for_is_light(client: Client, town: Callable[..., None], address: str) -> None:
    page = client.get(address).content

    asked = re.findall(r'(?:src|href)="/static/([^"]+)"', page.decode())
    files = [finders.find(name) for name in dict.fromkeys(asked)]
    weight = len(page) + sum(transferred(str(path)) for path in files)
    assert len(files) > 10
    assert weight < MOST_BYTES


def transferred(path: str) -> int:
    """As WhiteNoise sends it where brotli is not spoken, with room for its headers."""
    return len(gzip.compress(Path(path).read_bytes())) + 500
