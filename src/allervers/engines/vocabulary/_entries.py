"""What a vocabulary holds and what understanding a sentence gives."""

from collections.abc import Mapping
from dataclasses import dataclass

# Names of icons, drawn by `ui` (its folder holds one file a name). A YAML that names another is refused.
PICTOGRAMS = frozenset(
    {
        "accessibility",
        "baby",
        "badge-check",
        "blocks",
        "brain",
        "briefcase",
        "building-2",
        "bus",
        "calculator",
        "car",
        "circle-check",
        "clipboard-list",
        "coins",
        "compass",
        "dumbbell",
        "euro",
        "eye",
        "file-text",
        "file-user",
        "flag",
        "gavel",
        "glasses",
        "globe",
        "graduation-cap",
        "hand-coins",
        "hand-heart",
        "hand-helping",
        "heart",
        "heart-crack",
        "heart-handshake",
        "heart-pulse",
        "home",
        "house",
        "id-card",
        "info",
        "key-round",
        "landmark",
        "laptop",
        "lightbulb",
        "luggage",
        "megaphone",
        "message-circle",
        "message-square-text",
        "monitor",
        "mouse-pointer-click",
        "network",
        "person-standing",
        "phone",
        "piggy-bank",
        "plane",
        "receipt",
        "refresh-cw",
        "rocket",
        "route",
        "scale",
        "school",
        "search",
        "send",
        "shield",
        "shirt",
        "shopping-basket",
        "siren",
        "smile",
        "speech",
        "sprout",
        "star",
        "stethoscope",
        "tent",
        "ticket",
        "umbrella",
        "users",
        "users-round",
        "venus",
        "wallet",
        "washing-machine",
        "wifi",
        "wine",
        "wrench",
    }
)


class VocabularyError(Exception):
    """A language's file cannot be used; `problems` says why, one fact an item."""

    def __init__(self, language: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"vocabulary {language!r}: {'; '.join(problems)}")
        self.language = language
        self.problems = problems


class UnknownLanguage(VocabularyError):
    """No file is written for that language."""

    def __init__(self, language: str) -> None:
        super().__init__(language, ("no such language",))


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of an official list, in words that a child understands."""

    value: str
    label: str
    explanation: str
    synonyms: tuple[str, ...]  # what people say, the surest first
    pictogram: str  # one of PICTOGRAMS
    reviewed_by: str | None = None  # who speaks this language and read it; None: to be reviewed


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The official lists of data·inclusion v1 in one language, in the official order."""

    language: str
    thematiques: Mapping[str, Entry]
    categories: Mapping[str, Entry]
    publics: Mapping[str, Entry]

    def category_of(self, thematique: str) -> Entry:
        """The category that holds `thematique`. Raises KeyError for an unknown value."""
        return self.categories[self.thematiques[thematique].value.partition("--")[0]]


@dataclass(frozen=True, slots=True)
class Scored:
    """A value and how surely it was meant, 0 to 1."""

    value: str
    score: float


@dataclass(frozen=True, slots=True)
class Urgent:
    """An emergency and whom to call, in the order to be shown."""

    kind: str  # "suicide", "child", "violence", "roof", "health" or "danger"
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a sentence asks for: needs and publics, best first, and the emergency it tells of."""

    thematiques: tuple[Scored, ...] = ()
    publics: tuple[Scored, ...] = ()
    urgent: Urgent | None = None
