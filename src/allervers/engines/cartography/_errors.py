"""What can go wrong, one base class; the facts are attributes, the app writes the sentence."""

from pathlib import Path


class CartographyError(Exception):
    """Any error of this engine."""


class ExtractUnreadable(CartographyError):
    """The file at `path` is no OpenStreetMap extract, or a cut one."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class NothingDrawn(CartographyError):
    """There is nothing that a map could show: no street, no perimeter, no limit, no town."""


class AtlasUnreadable(CartographyError):
    """The folder at `path` holds no map of this version: build it again."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class BadFrame(CartographyError, ValueError):
    """A picture that cannot be: too large, empty, at no zoom of this map, or a place out of the world."""
