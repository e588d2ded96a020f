"""What can go wrong with a folder of columns; the facts are attributes."""

from pathlib import Path


class ColumnsError(Exception):
    """Any error of this package."""


class FolderTaken(ColumnsError):
    """A build never writes over another: `path` already exists."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} already exists; build under a new name")
        self.path = path


class FolderUnreadable(ColumnsError):
    """The folder at `path` holds no such columns, truncated or corrupt ones: build it again."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
