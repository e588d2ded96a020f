"""`/api/allervers`, described by the models that read its questions."""

from typing import Any

from pydantic import BaseModel

from allervers.api.questions import FindQuestion, GeocodeQuestion, UnderstandQuestion

TEXT: dict[str, Any] = {"type": "string"}
TEXT_OR_NULL: dict[str, Any] = {"type": ["string", "null"]}
NUMBER: dict[str, Any] = {"type": "number"}
PREFIX = "/api/allervers"

ASKED: tuple[tuple[str, str, type[BaseModel], str], ...] = (
    ("understand", "Ce qu’une phrase demande, en codes.", UnderstandQuestion, "Understood"),
    ("find", "Ce que le site répond, avec ses raisons.", FindQuestion, "Answered"),
    ("geocode", "Où est une adresse, un lieu, une ville.", GeocodeQuestion, "Geocoded"),
)


def own_paths() -> dict[str, Any]:
    paths: dict[str, Any] = {f"{PREFIX}/{entry[0]}": {"post": _asked(*entry)} for entry in ASKED}
    paths[f"{PREFIX}/neighbourhoods"] = {"get": _neighbourhoods()}
    return paths


def own_schemas() -> dict[str, Any]:
    scored = _object(value=TEXT, score=NUMBER)
    urgent = _object(kind=TEXT, numbers=_array(TEXT))
    understood = _object(
        thematiques=_array(scored), publics=_array(scored), urgent={"anyOf": [urgent, {"type": "null"}]}
    )
    result = _object(
        service_id=TEXT,
        nom=TEXT,
        structure=TEXT,
        thematiques=_array(TEXT),
        distance_m={"type": ["integer", "null"], "minimum": 0},
        reasons=_array(TEXT),
    )
    place = _object(
        label=TEXT, score=NUMBER, lat=NUMBER, lon=NUMBER, code_insee=TEXT_OR_NULL, qpv=TEXT_OR_NULL, kind=TEXT
    )
    return {
        "Understood": understood,
        "Answered": _object(
            understood=understood,
            total={"type": "integer", "minimum": 0},
            results=_array(result),
            hints=_array(TEXT),
        ),
        "Geocoded": _object(results=_array(place)),
        "FeatureCollection": _object(
            type={"const": "FeatureCollection"}, features=_array({"type": "object"})
        ),
    }


def _asked(name: str, summary: str, question: type[BaseModel], answer: str) -> dict[str, Any]:
    # references would point inside the body's schema: definitions are put in their place
    schema = question.model_json_schema(by_alias=True)
    definitions = schema.pop("$defs", {})
    body = {"application/json": {"schema": _inline(schema, definitions)}}
    refused = {"400": "Ce n’est pas du JSON.", "413": "Trop long.", "422": "Un champ ne convient pas."}
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": body},
        "responses": _responses("application/json", answer, refused),
    }


def _neighbourhoods() -> dict[str, Any]:
    year = {"type": "integer", "enum": [2015, 2024]}
    return {
        "operationId": "neighbourhoods",
        "summary": "Les quartiers prioritaires et leurs périmètres.",
        "parameters": [{"name": "year", "in": "query", "required": False, "schema": year}],
        "responses": _responses(
            "application/geo+json", "FeatureCollection", {"422": "`year` ne convient pas."}
        ),
    }


def _responses(kind: str, answer: str, refused: dict[str, str]) -> dict[str, Any]:
    refused = refused | {"429": "Trop de demandes.", "503": "L’annuaire se prépare."}
    said = {"description": "Voici.", "content": {kind: {"schema": _reference(answer)}}}
    told = {"application/json": {"schema": _reference("Refusal")}}
    return {"200": said} | {
        status: {"description": words, "content": told} for status, words in refused.items()
    }


def _inline(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_inline(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        return _inline(definitions[node["$ref"].rpartition("/")[2]], definitions)
    return {key: _inline(value, definitions) for key, value in node.items()}


def _reference(model: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model}"}


def _array(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": sorted(properties)}
