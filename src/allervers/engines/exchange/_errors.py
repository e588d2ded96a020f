"""What can go wrong; the facts are attributes, the app writes the sentence."""

from pathlib import Path


class ExchangeError(Exception):
    """Any error of this engine."""


class CatalogueUnreadable(ExchangeError):
    """The folder at `path` holds no catalogue, a truncated or a corrupt one: build it again."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class DuplicateId(ExchangeError, ValueError):
    """Two entries of one kind bear one id."""

    def __init__(self, ident: str) -> None:
        super().__init__(f"two entries bear the id {ident!r}")
        self.ident = ident
