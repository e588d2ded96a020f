"""An id in an address comes back whole, whatever it holds."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from allervers.directory.idents import IdentConverter, from_path, to_path

SAFE = re.compile(f"(?:{IdentConverter.regex})")


@given(st.text(min_size=1))
@example("dora--1/2")
@example("..")
@example("a//b?c#d%2F&e=é~2F")
def test_ident_survives_an_address(ident: str) -> None:
    path = to_path(ident)

    assert SAFE.fullmatch(path)
    assert from_path(path) == ident


def test_plain_ident_stays_readable() -> None:
    assert to_path("maisons-pour-tous--12_b") == "maisons-pour-tous--12_b"


@pytest.mark.parametrize("path", ["a.b", "~2f", "~41", "~", "~FF", "a~2", "é"])
def test_what_is_never_written_is_refused(path: str) -> None:
    with pytest.raises(ValueError):
        from_path(path)


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_idents_never_share_an_address(one: str, other: str) -> None:
    assert (to_path(one) == to_path(other)) == (one == other)
