"""Answers as the JSON objects of `docs/cli.md`: the same on the command line and for machines."""

from collections.abc import Sequence
from datetime import datetime

from allervers.directory.queries.answering import Answered
from allervers.directory.queries.finding import Result
from allervers.directory.wording import reason_sentence
from allervers.engines.vocabulary import Scored, Understanding
from allervers.territory.queries.geocoding import Geocoded

DECIMALS = 6  # of a degree: 10 cm
NOTHING = Understanding((), (), None)


def understood_json(understanding: Understanding) -> dict[str, object]:
    """The contract of `understand` and of `find`'s `understood`."""
    urgent = understanding.urgent
    return {
        "thematiques": [_scored(scored) for scored in understanding.thematiques],
        "publics": [_scored(scored) for scored in understanding.publics],
        "urgent": {"kind": urgent.kind, "numbers": list(urgent.numbers)} if urgent else None,
    }


def geocoded_json(found: Sequence[Geocoded]) -> dict[str, object]:
    """The contract of `geocode`: one object a text."""
    return {
        "results": [
            {
                "label": one.label,
                "score": one.score,
                "lat": round(one.latitude, DECIMALS),
                "lon": round(one.longitude, DECIMALS),
                "code_insee": one.code_insee or None,
                "qpv": one.qpv,
                "kind": one.kind.value,
            }
            for one in found
        ]
    }


def answered_json(answered: Answered, *, now: datetime) -> dict[str, object]:
    """The contract of `find`."""
    found = answered.found
    return {
        "understood": understood_json(answered.understanding),
        "total": found.total if found else 0,
        "results": [_result_json(result, now) for result in found.results] if found else [],
        "hints": list(answered.hints),
    }


def nothing_found_json() -> dict[str, object]:
    """The object of `find` at zero: what goes with a refusal."""
    return {"understood": understood_json(NOTHING), "total": 0, "results": [], "hints": []}


def _scored(scored: Scored) -> dict[str, object]:
    return {"value": scored.value, "score": round(float(scored.score), 4)}


def _result_json(result: Result, now: datetime) -> dict[str, object]:
    return {
        "service_id": result.service.ident,
        "nom": result.service.nom,
        "structure": result.service.organisation.nom,
        "thematiques": result.service.thematiques or [],
        "distance_m": result.hit.distance_m,
        "reasons": [reason_sentence(reason, now=now) for reason in result.hit.reasons],
    }
