"""A territory's own colour in the place of pine: read by everyone, in the light and in the dark.

Contrast is that of WCAG 2.2. The grounds are those of `tokens.css`, read from it: there is one palette.
"""

import colorsys
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

TEXT_CONTRAST = 7.0  # of words on what they lie on (AAA), as everywhere on the pages
HEX = re.compile(r"#[0-9a-f]{6}")
STEPS = 100  # of lightness, from the colour to black or white
SOFT = 0.1  # of the colour in the pale ground made of it
DARK_SOFT = 0.1


@dataclass(frozen=True, slots=True)
class Accent:
    """The tokens that follow the colour, in one scheme."""

    go: str
    go_ink: str
    go_soft: str


@dataclass(frozen=True, slots=True)
class TooPale(Exception):
    """Words in this colour could not be read. `nearest`: the same, dark enough."""

    colour: str
    contrast: float
    nearest: str


class NotAColour(ValueError):
    """Six hexadecimal digits after « # » are expected."""


def read_colour(text: str) -> str:
    """ "#0A5443" or "0a5443" → "#0a5443". Raises NotAColour."""
    colour = f"#{text.strip().lower().removeprefix('#')}"
    if not HEX.fullmatch(colour):
        raise NotAColour(text)
    return colour


def checked_colour(text: str) -> str:
    """The colour, when words in it stand out from every pale ground. Raises NotAColour, TooPale."""
    colour = read_colour(text)
    found = _least_contrast(colour, _grounds(colour, "light"))
    if found < TEXT_CONTRAST:
        raise TooPale(colour, contrast=found, nearest=_shaded(colour, "light"))
    return colour


def accents(colour: str) -> tuple[Accent, Accent]:
    """For light and for dark pages. `colour` has been checked; the dark one is lightened until it is read."""
    paper, dark_paper = palette("light")["paper"], palette("dark")["paper"]
    light = Accent(go=colour, go_ink=paper, go_soft=_mixed(colour, paper, SOFT))
    pale = _shaded(colour, "dark")
    return light, Accent(go=pale, go_ink=_ink_on(pale), go_soft=_mixed(pale, dark_paper, DARK_SOFT))


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=2)
def palette(scheme: str) -> dict[str, str]:
    """The colours of `tokens.css`, by name; `scheme`: "light" or "dark"."""
    sheet = files("allervers.ui").joinpath("static/ui/tokens.css").read_text(encoding="utf-8")
    light, dark = sheet.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def _grounds(colour: str, scheme: str) -> list[str]:
    """What words in this colour lie on."""
    known = palette(scheme)
    soft = _mixed(colour, known["paper"], SOFT if scheme == "light" else DARK_SOFT)
    return [known["paper"], known["mist"], soft]


def _least_contrast(colour: str, grounds: list[str]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def _shaded(colour: str, scheme: str) -> str:
    """The nearest of the same hue that is read: darker on light pages, lighter on dark ones."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    end = 0.0 if scheme == "light" else 1.0
    for step in range(STEPS):
        tried = _hex(colorsys.hls_to_rgb(hue, lightness + (end - lightness) * step / STEPS, saturation))
        if _least_contrast(tried, _grounds(tried, scheme)) >= TEXT_CONTRAST:
            return tried
    return "#000000" if scheme == "light" else "#ffffff"


def _ink_on(pale: str) -> str:
    hue, _lightness, saturation = colorsys.rgb_to_hls(*_channels(pale))
    ink = _hex(colorsys.hls_to_rgb(hue, 0.08, saturation))
    return ink if contrast(ink, pale) >= TEXT_CONTRAST else "#000000"


def _mixed(colour: str, ground: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    red, green, blue = (one * share + other * (1 - share) for one, other in pairs)
    return _hex((red, green, blue))


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(min(max(channel, 0.0), 1.0) * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
