"""What the vocabulary names, `ui` can draw."""

from allervers.engines.vocabulary import vocabulary
from allervers.ui import icons


def test_every_pictogram_of_the_vocabulary_is_drawn() -> None:
    words = vocabulary()
    entries = [*words.thematiques.values(), *words.categories.values(), *words.publics.values()]

    assert {entry.pictogram for entry in entries} - icons.names() == set()
