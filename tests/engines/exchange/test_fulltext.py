"""What full text finds, by hand."""

import pytest

from allervers.engines.exchange._fulltext import FullText

TEXTS = [
    "demandeurs emploi jeunes",
    "Demandeurs d'emploi de longue durée",
    "Jeunes demandeurs-emploi",
    "Élèves du collège",
    "",
    None,
]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("demandeur emploi", [0, 1, 2]),
        ("demandeurs-emploi", [2]),
        ("DEMANDEURS jeune", [0, 2]),
        ('"demandeurs emploi"', [0, 2]),
        ('"demandeurs d\'emploi"', [1]),
        ("jeunes -longue", [0, 2]),
        ("eleve or longue", [1, 3]),
        ("-emploi", [3, 4]),
        ("de la", []),
        ("", []),
        ("or", []),
        ("absent", []),
        ("d'emploi", [0, 1, 2]),
    ],
)
def test_questions_find(question: str, rows: list[int]) -> None:
    found = FullText.of(TEXTS).matching(question)

    assert [row for row, holds in enumerate(found) if holds] == rows
