"""tokens.css is the only sheet with literal values, and its colours can be read by everyone."""

import re
from itertools import product
from pathlib import Path

import pytest

import allervers
from allervers.ui.sheets import SHEETS

PACKAGE = Path(allervers.__file__).parent
STATIC = PACKAGE / "ui" / "static"
TOKENS = (STATIC / "ui" / "tokens.css").read_text(encoding="utf-8")
OTHER_SHEETS = sorted(
    path
    for path in PACKAGE.rglob("static/**/*.css")
    if path.name != "tokens.css" and "vendor" not in path.parts
)
TEXT_PAIRS = (
    *product(("ink", "ink-soft", "go"), ("paper", "mist")),
    ("ink", "go-soft"),
    ("ink", "warn-soft"),
    ("go", "go-soft"),
    ("ink-soft", "go-soft"),
    ("go-ink", "go"),
    ("sun-ink", "sun"),
    ("warn", "paper"),
    ("warn", "warn-soft"),
    ("warn-ink", "warn"),
)
BORDER_PAIRS = (
    ("field", "paper"),
    ("field", "mist"),
    ("focus", "paper"),
    ("focus", "mist"),
    ("warn", "paper"),
)


def colours(scheme: str) -> dict[str, str]:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    read = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return read if scheme == "light" else read | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def bare(sheet: Path) -> str:
    """Without comments."""
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_contrast_of_black_on_white_is_21() -> None:
    assert round(contrast("#000000", "#ffffff"), 6) == 21


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_seven_to_one(scheme: str, text: str, ground: str) -> None:
    palette = colours(scheme)

    assert contrast(palette[text], palette[ground]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("border", "ground"), BORDER_PAIRS)
def test_borders_of_fields_stand_out_three_to_one(scheme: str, border: str, ground: str) -> None:
    palette = colours(scheme)

    assert contrast(palette[border], palette[ground]) >= 3


def test_dark_gives_every_colour_anew() -> None:
    _, dark = TOKENS.split("@media (prefers-color-scheme: dark)")

    assert set(re.findall(r"--([\w-]+): #", dark)) == set(colours("light"))


def test_every_sheet_is_linked_once() -> None:
    here = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.css"))

    assert sorted(SHEETS) == here


@pytest.mark.parametrize("sheet", OTHER_SHEETS, ids=lambda path: path.name)
def test_other_sheets_hold_no_literal_colour_nor_size(sheet: Path) -> None:
    rules = re.sub(r"@media[^{]*", "", bare(sheet))

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", rules) == []
    assert re.findall(r"\b\d*\.?\d+(?:px|rem|em|pt|ch)\b", rules) == []
    assert re.findall(r":\s*(?:white|black|red|green|blue|gr[ae]y|yellow)\b", rules) == []


@pytest.mark.parametrize("sheet", OTHER_SHEETS, ids=lambda path: path.name)
def test_other_sheets_know_no_left_nor_right(sheet: Path) -> None:
    rules = bare(sheet)

    assert re.findall(r"\b(?:margin|padding|border)-(?:left|right|top|bottom)\b", rules) == []
    assert re.findall(r"^\s*(?:left|right|top|bottom|width|height)\s*:|!important", rules, re.MULTILINE) == []


@pytest.mark.parametrize("sheet", OTHER_SHEETS, ids=lambda path: path.name)
def test_other_sheets_use_only_tokens_that_exist(sheet: Path) -> None:
    known = set(re.findall(r"(--[\w-]+):", TOKENS))

    assert set(re.findall(r"var\((--[\w-]+)", bare(sheet))) - known == set()


def test_no_token_is_idle() -> None:
    used = set(re.findall(r"var\((--[\w-]+)", "".join(bare(sheet) for sheet in OTHER_SHEETS)))

    assert set(re.findall(r"(--[\w-]+):", TOKENS)) - used == set()
