"""The languages that residents read, and what each is to a browser."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

SOURCE = "fr"


@dataclass(frozen=True, slots=True)
class Spoken:
    """`name`: in the language itself. `tag`: what browsers and screen readers call it (BCP 47)."""

    name: str
    tag: str
    right_to_left: bool = False


SPOKEN: Mapping[str, Spoken] = {
    "fr": Spoken("Français", "fr"),
    "fr-facile": Spoken("Français facile", "fr"),
    "en": Spoken("English", "en"),
    "ar": Spoken("العربية", "ar", right_to_left=True),
    "tr": Spoken("Türkçe", "tr"),
    "uk": Spoken("Українська", "uk"),
    "pt": Spoken("Português", "pt"),
    "es": Spoken("Español", "es"),
}
"""By the code that addresses and catalogues bear."""


def spoken_now() -> str:
    """The code of the language of this request."""
    code = get_language()
    return code if code in SPOKEN else SOURCE
