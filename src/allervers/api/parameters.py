"""What each route may be asked, checked by pydantic; a bad value is told as data·inclusion tells it."""

from enum import StrEnum
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin
from urllib.parse import parse_qsl

from data_inclusion.schema.v1 import (
    Categorie,
    Frais,
    ModeAccueil,
    Public,
    ReseauPorteur,
    Thematique,
    TypeService,
)
from pydantic import BaseModel, Field, StringConstraints, ValidationError

from allervers.api.territories import Departement, DepartementSlug, Region, RegionSlug

SIZE_DEFAULT, SIZE_MOST = 5_000, 10_000
FIELDS_MOST = 2_000  # of one query: a real one has a few dozen

Need = StrEnum("Need", [(value.name, value.value) for values in (Thematique, Categorie) for value in values])  # type: ignore[misc]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
Town = Annotated[str, StringConstraints(min_length=5, max_length=5, pattern=r"^\w{5}$")]
Degrees = Annotated[float, Field(allow_inf_nan=False)]

Asked = TypeVar("Asked", bound=BaseModel)


class BadQuery(Exception):
    """422. `detail`: a list of errors, or a sentence."""

    def __init__(self, detail: list[dict[str, Any]] | str) -> None:
        super().__init__(str(detail))
        self.detail = detail


class Paged(BaseModel):
    page: Annotated[int, Field(ge=1, description="Numéro de page, à partir de 1.")] = 1
    size: Annotated[int, Field(ge=1, le=SIZE_MOST, description="Éléments par page.")] = SIZE_DEFAULT


class InArea(BaseModel):
    code_region: Region | None = None  # type: ignore[valid-type]
    slug_region: RegionSlug | None = None  # type: ignore[valid-type]
    code_departement: Departement | None = None  # type: ignore[valid-type]
    slug_departement: DepartementSlug | None = None  # type: ignore[valid-type]
    code_commune: Town | None = None


class OfServices(BaseModel):
    sources: list[Text] | None = None
    thematiques: list[Need] | None = None
    frais: list[Frais] | None = None
    publics: list[Public] | None = None
    modes_accueil: list[ModeAccueil] | None = None
    types: list[TypeService] | None = None
    score_qualite_minimum: Degrees | None = None


class AtPoint(BaseModel):
    lat: Degrees | None = None
    lon: Degrees | None = None


class StructuresQuery(InArea, Paged):
    sources: list[Text] | None = None
    reseaux_porteurs: list[ReseauPorteur] | None = None
    exclure_doublons: bool = False


class ServicesQuery(OfServices, InArea, Paged):
    recherche_public: Text | None = None


class SearchServicesQuery(OfServices, AtPoint, Paged):
    code_commune: Town | None = None
    recherche_public: Text | None = None
    exclure_doublons: bool = False


class SearchQuery(OfServices, InArea, AtPoint, Paged):
    q: Text | None = None
    distance: Annotated[int, Field(ge=1, description="Kilomètres.")] = 50


def asked(kind: type[Asked], query: str) -> Asked:
    """The query of an address, read. Unknown parameters are ignored; of a single one given twice the last
    counts. Raises: BadQuery."""
    lists = _lists(kind)
    values: dict[str, Any] = {}
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=FIELDS_MOST)
    except ValueError:
        raise BadQuery("Trop de paramètres.") from None
    for name, value in pairs:
        if name in lists:
            values.setdefault(name, []).append(value)
        elif name in kind.model_fields:
            values[name] = value
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise BadQuery(
            [
                {
                    "type": fault["type"],
                    "loc": ["query", *fault["loc"]],
                    "msg": fault["msg"],
                    "input": fault["input"],
                }
                for fault in error.errors(include_url=False, include_context=False)
            ]
        ) from None


@cache
def _lists(kind: type[BaseModel]) -> frozenset[str]:
    """The parameters that may be repeated."""
    return frozenset(
        name
        for name, field in kind.model_fields.items()
        if any(get_origin(part) is list for part in get_args(field.annotation))
    )
