"""A territory's colour is refused when words in it cannot be read, and is read everywhere when it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.ui.colour import (
    TEXT_CONTRAST,
    NotAColour,
    TooPale,
    accents,
    checked_colour,
    contrast,
    palette,
    read_colour,
)
from tests.ui.test_tokens import contrast as slow_contrast

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours, colours)
def test_contrast_is_that_of_the_norm(one: str, other: str) -> None:
    assert contrast(one, other) == pytest.approx(slow_contrast(one, other))


@given(colours)
def test_kept_colour_is_read_on_every_ground_of_both_schemes(colour: str) -> None:
    try:
        kept = checked_colour(colour)
    except TooPale as pale:
        kept = checked_colour(pale.nearest)  # what is proposed is accepted
    for scheme, accent in zip(("light", "dark"), accents(kept), strict=True):
        ground = palette(scheme)
        for text, under in (
            (accent.go, ground["paper"]),
            (accent.go, ground["mist"]),
            (accent.go, accent.go_soft),
            (accent.go_ink, accent.go),
            (ground["ink"], accent.go_soft),
            (ground["ink-soft"], accent.go_soft),
        ):
            assert slow_contrast(text, under) >= TEXT_CONTRAST, (scheme, text, under)


def test_pale_colour_is_refused_with_its_contrast() -> None:
    with pytest.raises(TooPale) as refused:
        checked_colour("#ffcd4a")

    assert refused.value.contrast < 2
    assert slow_contrast(refused.value.nearest, "#ffffff") >= TEXT_CONTRAST


@pytest.mark.parametrize("text", ["vert", "#12345", "#1234567", "", "#12345g", "red;}"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(NotAColour):
        read_colour(text)


def test_our_own_pine_would_be_accepted() -> None:
    assert checked_colour("0A5443") == "#0a5443"
