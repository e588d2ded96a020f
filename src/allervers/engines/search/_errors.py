"""What can go wrong, one base class; the facts are attributes, the app writes the sentence."""

from pathlib import Path


class SearchError(Exception):
    """Any error of this engine."""


class InvalidQuery(SearchError, ValueError):
    """A question that has no meaning: a latitude without a longitude, a time without a zone…

    `field` names the part of the question, `value` is what was given.
    """

    def __init__(self, field: str, value: object, reason: str) -> None:
        super().__init__(f"{field}={value!r}: {reason}")
        self.field = field
        self.value = value
        self.reason = reason


class DuplicateService(SearchError, ValueError):
    """Two documents bear one `service_id`: results could not be told apart."""

    def __init__(self, service_id: str) -> None:
        super().__init__(f"two documents bear the id {service_id!r}")
        self.service_id = service_id


class IndexUnreadable(SearchError):
    """The folder at `path` holds no index, a truncated or a corrupt one: build it again."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class IndexClosed(SearchError):
    """The index was closed; open the current one."""

    def __init__(self) -> None:
        super().__init__("this index was closed")
