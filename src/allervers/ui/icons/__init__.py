"""Pictograms by name: read once from their SVG files, inlined so that the style sheet colours them."""

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_FOLDERS = ("own", "lucide")
_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_BETWEEN_TAGS = re.compile(r">\s+<")

# What the vocabulary and the website call by its meaning, and the drawing that shows it.
MEANINGS = {
    "cap": "graduation-cap",
    "child": "baby",
    "document": "file-text",
    "europe": "globe",
    "key": "key-round",
    "person": "user",
    "pin": "map-pin",
    "question": "circle-question-mark",
    "shop": "store",
    "speech": "message-square-text",
    "warning": "triangle-alert",
}

# What points along the line of reading turns round where one reads from right to left.
MIRRORED = frozenset(
    {"arrow-left", "arrow-right", "chevron-right", "external-link", "list", "log-in", "log-out", "send"}
)


class UnknownIconError(LookupError):
    """No drawing bears this name; `name` says which was asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no icon named {name!r}: add its file to ui/icons/lucide")
        self.name = name


@cache
def names() -> frozenset[str]:
    """Every name that `markup` answers to."""
    return frozenset(drawing.name.removesuffix(".svg") for drawing in _drawings()) | MEANINGS.keys()


@cache
def markup(name: str) -> SafeString:
    """The inline SVG of `name`, hidden from screen readers: the words beside it speak.

    Raises: UnknownIconError.
    """
    drawing = MEANINGS.get(name, name)
    turn = " icon--mirrored" if drawing in MIRRORED else ""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        'aria-hidden="true" focusable="false">{}</svg>',
        turn,
        mark_safe(_inside(drawing)),  # our own vendored files, never a visitor's
    )


def _inside(name: str) -> str:
    for file in _drawings():
        if file.name == f"{name}.svg":
            found = _INSIDE.search(file.read_text(encoding="utf-8"))
            if found:
                return _BETWEEN_TAGS.sub("><", found.group(1).strip())
    raise UnknownIconError(name)


def _drawings() -> list[Traversable]:
    here = files(__name__)
    return [
        drawing
        for folder in _FOLDERS
        for drawing in here.joinpath(folder).iterdir()
        if drawing.name.endswith(".svg")
    ]
