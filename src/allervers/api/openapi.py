"""`/api/openapi.json`: the routes, described by the very models that read parameters and write bodies."""

from functools import cache
from typing import Any

from data_inclusion.schema.v1 import Service, Structure
from pydantic import BaseModel

from allervers.api.openapi_own import own_paths, own_schemas
from allervers.api.parameters import (
    SearchQuery,
    SearchServicesQuery,
    ServicesQuery,
    StructuresQuery,
)
from allervers.api.routes import VOCABULARIES

REF = "#/components/schemas/{model}"

LISTS: tuple[tuple[str, str, type[BaseModel], str, str], ...] = (
    ("/api/v1/structures", "Les structures, par identifiant.", StructuresQuery, "ListedStructure", "size=2"),
    (
        "/api/v1/services",
        "Les services, par identifiant.",
        ServicesQuery,
        "Service",
        "thematiques=mobilite&size=2",
    ),
    (
        "/api/v1/search/services",
        "Ce qu’un habitant d’une commune peut utiliser, du plus proche au plus lointain.",
        SearchServicesQuery,
        "FoundService",
        "code_commune=34172&size=2",
    ),
    ("/api/v1/search", "Recherche en plein texte.", SearchQuery, "ScoredService", "q=emploi&size=2"),
)
DETAILS = (
    ("/api/v1/structures/{id}", "Une structure, ses doublons et ses services.", "DetailedStructure"),
    ("/api/v1/services/{id}", "Un service et sa structure.", "DetailedService"),
)


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1."""
    paths: dict[str, Any] = {entry[0]: {"get": _list(*entry)} for entry in LISTS}
    paths |= {path: {"get": _detail(path, summary, item)} for path, summary, item in DETAILS}
    paths["/api/v1/sources"] = {"get": _plain("sources", "Les producteurs des fiches.", _array("Source"))}
    for path in VOCABULARIES:
        name = path.rpartition("/")[2]
        paths[path] = {"get": _plain(f"doc-{name}", f"Le vocabulaire « {name} ».", _array("Value"))}
    paths |= own_paths()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Allervers, API data·inclusion v1 et au-delà",
            "version": "1",
            "description": "Les routes de l’API data·inclusion v1. La lecture est libre, sans clé.",
            "license": {"name": "Licence de chaque source : voir /api/v1/sources"},
        },
        "paths": paths,
        "components": {"schemas": _schemas() | own_schemas()},
    }


def _list(path: str, summary: str, query: type[BaseModel], item: str, example: str) -> dict[str, Any]:
    page = {
        "type": "object",
        "required": ["items", "total", "page", "size", "pages"],
        "properties": {
            "items": {"type": "array", "items": {"$ref": REF.format(model=item)}},
            **{name: {"type": "integer", "minimum": 0} for name in ("total", "page", "size", "pages")},
        },
    }
    operation = _plain(path.removeprefix("/api/v1/").replace("/", "-"), summary, page)
    operation["parameters"] = _parameters(query)
    operation["responses"]["422"] = _refusal("Un paramètre ne convient pas.")
    operation["x-example"] = f"{path}?{example}"
    return operation


def _detail(path: str, summary: str, item: str) -> dict[str, Any]:
    operation = _plain(path.split("/")[3] + "-detail", summary, {"$ref": REF.format(model=item)})
    operation["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
    operation["responses"]["404"] = _refusal("Aucune fiche ne porte cet identifiant.")
    return operation


def _plain(name: str, summary: str, schema: dict[str, Any]) -> dict[str, Any]:
    said = {"description": "Voici.", "content": {"application/json": {"schema": schema}}}
    responses = {
        "200": said,
        "429": _refusal("Trop de demandes : Retry-After dit quand revenir."),
        "503": _refusal("L’annuaire se prépare : Retry-After dit quand revenir."),
    }
    return {"operationId": name, "summary": summary, "responses": responses}


def _refusal(words: str) -> dict[str, Any]:
    schema = {"$ref": REF.format(model="Refusal")}
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _array(model: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": REF.format(model=model)}}


def _parameters(query: type[BaseModel]) -> list[dict[str, Any]]:
    """Inline, so that each parameter reads whole."""
    schema = query.model_json_schema(ref_template="{model}")
    definitions = schema.get("$defs", {})
    return [
        {"name": name, "in": "query", "required": False, "schema": _inline(field, definitions)}
        for name, field in schema["properties"].items()
    ]


def _inline(field: Any, definitions: dict[str, Any]) -> Any:
    """References replaced, `null` left out: an absent parameter is not a null one."""
    if isinstance(field, list):
        return [_inline(item, definitions) for item in field]
    if not isinstance(field, dict):
        return field
    if "$ref" in field:
        return _inline(definitions[field["$ref"]], definitions)
    if "anyOf" in field:
        choices = [choice for choice in field["anyOf"] if choice.get("type") != "null"]
        if len(choices) == 1:
            return _inline(choices[0], definitions)
    return {
        key: _inline(value, definitions) for key, value in field.items() if key not in ("title", "default")
    }


def _schemas() -> dict[str, Any]:
    service, service_parts = _official(Service)
    structure, structure_parts = _official(Structure)
    certified = {"adresse_certifiee": {"type": "boolean"}}
    score = {"score_qualite": {"type": "number", "minimum": 0, "maximum": 1}}
    known = {"source": {"type": "string"}, "id": {"type": "string"}}
    text: dict[str, Any] = {"type": "string"}
    text_or_null = {"type": ["string", "null"]}
    return {
        **service_parts,
        **structure_parts,
        "PlainStructure": structure,
        "Structure": _with(structure, certified),
        "ListedStructure": _with(
            structure, certified | score | {"doublons": {"type": "array", "items": _object(known)}}
        ),
        "DetailedStructure": _with(
            structure,
            certified | score | {"doublons": _array("PlainStructure"), "services": _array("Service")},
        ),
        "Service": _with(service, certified | score),
        "DetailedService": _with(
            service, certified | score | {"structure": {"$ref": REF.format(model="Structure")}}
        ),
        "FoundService": _object(
            {
                "service": {"$ref": REF.format(model="DetailedService")},
                "distance": {"type": ["integer", "null"], "minimum": 0},
            }
        ),
        "ScoredService": _object(
            {
                "service": {"$ref": REF.format(model="DetailedService")},
                "distance": {"type": ["integer", "null"], "minimum": 0},
                "score_recherche": {"type": "number", "minimum": 0, "maximum": 1},
            }
        ),
        "Source": _object(
            {"slug": {"type": "string"}, "nom": {"type": "string"}, "description": text_or_null}
        ),
        "Value": _object({"value": text, "label": text, "description": text_or_null}),
        "Refusal": _object({"detail": {"type": ["string", "array"]}}),
    }


def _official(model: type[BaseModel]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The schema of an official model and its parts. Dates and links are as pydantic writes them."""
    schema = model.model_json_schema(ref_template=REF, mode="serialization")
    parts = schema.pop("$defs", {})
    return schema, parts


def _with(schema: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    return schema | {
        "properties": schema["properties"] | more,
        "required": sorted({*schema["properties"], *more}),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": sorted(properties)}
