"""Hours as each language says them."""

from datetime import time

import pytest
from django.utils import translation

from allervers.ui.moments import clock


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30"),
        ("fr-facile", "9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30"),
        ("ar", "9:30"),
        ("uk", "9:30"),
    ],
)
def test_an_hour_has_no_latin_letter_where_one_reads_from_the_right(language: str, said: str) -> None:
    with translation.override(language):
        assert clock(time(9, 30)) == said
