"""Which rows answer: the shortest list of candidates first, then one test a filter on them alone."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allervers.engines.exchange._columns import Codes, Services, Structures, Values, united
from allervers.engines.exchange._query import Filters

Rows = NDArray[np.int32]
EVERYONE = "tous-publics"


@dataclass(frozen=True, slots=True)
class Part:
    """One filter: at most `count` rows pass; `rows` gives them ascending, `among` tests rows found
    otherwise."""

    count: int
    rows: Callable[[], Rows]
    among: Callable[[Rows], NDArray[np.bool_]]


def passing(tests: list[Part], total: int) -> Rows:
    """The rows that pass all `tests`, ascending."""
    if not tests:
        return np.arange(total, dtype=np.int32)
    first = min(tests, key=lambda test: test.count)
    rows = first.rows()
    for test in tests:
        if test is not first and len(rows):
            rows = rows[test.among(rows)]
    return rows


def structure_tests(columns: Structures, asked: Filters) -> list[Part]:
    tests = _place_tests(columns, asked)
    if asked.reseaux_porteurs is not None:
        tests.append(_any(columns.reseaux, asked.reseaux_porteurs))
    return tests


def service_tests(columns: Services, asked: Filters) -> list[Part]:
    tests = _place_tests(columns, asked)
    if asked.thematiques is not None:
        tests.append(_needs(columns, asked.thematiques))
    if asked.publics is not None and EVERYONE not in asked.publics:
        tests.append(_any(columns.publics, (*asked.publics, EVERYONE)))
    for values, wanted in (
        (columns.frais, asked.frais),
        (columns.modes_accueil, asked.modes_accueil),
        (columns.types, asked.types),
    ):
        if wanted is not None:
            tests.append(_any(values, wanted))
    if asked.score_qualite_minimum is not None:
        tests.append(_mask(columns.score >= asked.score_qualite_minimum))
    if asked.recherche_public is not None:
        found = columns.publics_text.matching(asked.recherche_public)
        tests.append(_mask(found | columns.precisions_text.matching(asked.recherche_public)))
    if asked.q is not None:
        tests.append(_mask(columns.words.matching(asked.q)))
    return tests


def zone_mask(columns: Services, zones: tuple[str, ...]) -> NDArray[np.bool_]:
    """Whose `zone_eligibilite` is null or holds any of `zones`; an empty list holds nothing."""
    mask = columns.zone_unknown.copy()
    for zone in zones:
        mask[columns.zones.rows_of(zone)] = True
    return mask


def _place_tests(columns: Structures | Services, asked: Filters) -> list[Part]:
    tests = []
    towns, sources = columns.towns, columns.sources
    if asked.sources is not None:
        tests.append(_any(sources, asked.sources))
    if asked.code_insee is not None:
        tests.append(_any(towns, (asked.code_insee,)))
    for prefixes in asked.areas:
        tests.append(_beginning(towns, prefixes))
    return tests


def _beginning(towns: Codes, prefixes: tuple[str, ...]) -> Part:
    return Part(
        towns.count_beginning(prefixes),
        lambda: towns.rows_beginning(prefixes),
        lambda rows: towns.beginning(rows, prefixes),
    )


def _any(values: Values | Codes, wanted: tuple[str, ...]) -> Part:
    return Part(values.count(wanted), lambda: values.rows(wanted), lambda rows: values.among(rows, wanted))


def _needs(columns: Services, wanted: tuple[str, ...]) -> Part:
    """Thematiques and whole categories together."""
    needs, families = columns.thematiques, columns.categories
    return Part(
        needs.count(wanted) + families.count(wanted),
        lambda: united([needs.rows(wanted), families.rows(wanted)]),
        lambda rows: needs.among(rows, wanted) | families.among(rows, wanted),
    )


def _mask(mask: NDArray[np.bool_]) -> Part:
    rows = np.flatnonzero(mask).astype(np.int32)
    return Part(len(rows), lambda: rows, lambda some: mask[some])
