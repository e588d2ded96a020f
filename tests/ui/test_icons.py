"""Drawings by name."""

import pytest

from allervers.ui import icons


def test_icon_is_hidden_from_screen_readers_and_bears_no_inline_style() -> None:
    drawn = icons.markup("check")

    assert drawn == (
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        'aria-hidden="true" focusable="false"><path d="M20 6 9 17l-5-5" /></svg>'
    )


def test_every_icon_draws_something_without_style_nor_script() -> None:
    for name in icons.names():
        drawn = icons.markup(name)
        assert any(shape in drawn for shape in ("<path", "<circle", "<rect", "<polygon"))
        assert "style" not in drawn and "script" not in drawn


def test_arrows_turn_round_where_one_reads_from_right_to_left() -> None:
    assert 'class="icon icon--mirrored"' in icons.markup("arrow-right")
    assert 'class="icon"' in icons.markup("clock")


def test_meanings_name_drawings_that_exist() -> None:
    assert {meaning: icons.markup(meaning) for meaning in icons.MEANINGS} == {
        meaning: icons.markup(drawing) for meaning, drawing in icons.MEANINGS.items()
    }


def test_unknown_icon_is_named_in_the_error() -> None:
    with pytest.raises(icons.UnknownIconError) as refused:
        icons.markup("../secret")

    assert refused.value.name == "../secret"
