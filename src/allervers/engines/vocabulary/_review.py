"""What nobody who speaks a language has read yet."""

from ._entries import Entry, Vocabulary

# A word amiss there costs a right, money or a way out: the French stands beside it until someone reads it.
_GRAVE_CATEGORIES = frozenset(
    {"difficultes-administratives-ou-juridiques", "difficultes-financieres", "logement-hebergement", "sante"}
)
_GRAVE_PUBLICS = frozenset(
    {
        "beneficiaires-des-minimas-sociaux",
        "personnes-en-situation-juridique-specifique",
        "personnes-exilees",
        "personnes-en-situation-de-handicap",
    }
)


def to_review(vocabulary: Vocabulary) -> int:
    """How many of its entries nobody has reviewed."""
    return sum(entry.reviewed_by is None for entry in _entries(vocabulary).values())


def needs_french_beside(vocabulary: Vocabulary, value: str) -> bool:
    """Whether the label of `value` (need, category or public) is to be shown with the French one.

    So for rights, money, housing and health not yet reviewed. Raises KeyError for an unknown value.
    """
    entry = _entries(vocabulary)[value]
    is_grave = value in _GRAVE_PUBLICS or value.partition("--")[0] in _GRAVE_CATEGORIES
    return is_grave and entry.reviewed_by is None


def _entries(vocabulary: Vocabulary) -> dict[str, Entry]:
    return {**vocabulary.thematiques, **vocabulary.categories, **vocabulary.publics}
