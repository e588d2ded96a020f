"""What `/api/allervers` may be asked, as JSON bodies; one that does not fit is told in a sentence."""

from datetime import datetime
from typing import Annotated, Any, Self, TypeVar

from data_inclusion.schema.v1 import Public
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from allervers.api.parameters import Need

BODY_MOST = 65_536  # bytes
TEXT_MOST = 1_000  # characters: what a person says, not a letter
LIMIT_MOST = 1_000
YEARS = range(2000, 2101)  # of a moment one may ask about

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=TEXT_MOST)]
Spoken = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_MOST)]
Asked = TypeVar("Asked", bound="Question")


class BadQuestion(Exception):
    """`status`: 400 when the body is not JSON, 413 when it is too long, 422 when a field does not fit."""

    def __init__(self, sentence: str, *, status: int = 422, more: dict[str, object] | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.status, self.more = sentence, status, more or {}


class Question(BaseModel):
    """Unknown fields are refused: a slip in a name would silently ask something else."""

    model_config = ConfigDict(extra="forbid")


class UnderstandQuestion(Question):
    text: Annotated[Spoken, Field(description="une phrase, comme on la dit (1 000 caractères au plus)")]


class GeocodeQuestion(Question):
    text: Annotated[
        Spoken,
        Field(description="une adresse, un lieu, un croisement ou une ville (1 000 caractères au plus)"),
    ]


class FindQuestion(Question):
    model_config = ConfigDict(populate_by_name=True)

    text: Annotated[Words, Field(description="ce que la personne cherche, avec ses mots")] = ""
    needs: Annotated[
        list[Need], Field(max_length=50, description="une liste de codes de thématiques ou de catégories")
    ] = []
    publics: Annotated[list[Public], Field(max_length=50, description="une liste de codes de publics")] = []
    lat: Annotated[
        float | None, Field(ge=-90, le=90, allow_inf_nan=False, description="une latitude en degrés")
    ] = None
    lon: Annotated[
        float | None, Field(ge=-180, le=180, allow_inf_nan=False, description="une longitude en degrés")
    ] = None
    code_insee: Annotated[
        str | None,
        StringConstraints(pattern=r"^\w{5}$"),
        Field(description="le code INSEE d’une commune, cinq signes entre guillemets"),
    ] = None
    typed_place: Annotated[
        Spoken | None, Field(alias="from", description="une adresse, un lieu, une ville ou un code postal")
    ] = None
    free: Annotated[bool, Field(description="true ou false : seulement ce qui est gratuit")] = False
    open_at: Annotated[datetime | None, Field(description="une date et une heure : 2026-11-27T09:30")] = None
    limit: Annotated[int, Field(ge=1, le=LIMIT_MOST, description="un nombre de réponses, de 1 à 1 000")] = 10

    @model_validator(mode="after")
    def _asks_one_thing(self) -> Self:
        if not (self.text or self.needs or self.publics):
            raise ValueError("Dites ce que vous cherchez : « text », « needs » ou « publics ».")
        if (self.lat is None) != (self.lon is None):
            raise ValueError("« lat » et « lon » vont ensemble.")
        if self.typed_place is not None and (self.lat is not None or self.code_insee is not None):
            raise ValueError("Choisissez entre « from » et un point ou une commune.")
        if self.open_at is not None and self.open_at.year not in YEARS:
            raise ValueError("« open_at » : l’année va de 2000 à 2100.")
        return self


def question(kind: type[Asked], body: bytes) -> Asked:
    """Raises: BadQuestion. Its sentence names fields, never quotes what was typed."""
    if len(body) > BODY_MOST:
        raise BadQuestion("La demande dépasse 64 ko. Raccourcissez-la.", status=413)
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
    if faults[0]["type"] == "json_invalid":
        raise BadQuestion("La demande n’est pas du JSON en UTF-8. Vérifiez-la, puis renvoyez-la.", status=400)
    raise BadQuestion(" ".join(dict.fromkeys(_sentence(kind, fault) for fault in faults[:5])))


def _sentence(kind: type[Question], fault: Any) -> str:
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    known = {field.alias or name: field.description for name, field in kind.model_fields.items()}
    name = str(fault["loc"][0]) if fault["loc"] else ""
    if not name:
        return "La demande est un objet JSON : {…}."
    if name not in known:  # not quoted: it may be what someone typed
        return "Un champ est inconnu. Les champs sont : " + ", ".join(known) + "."
    opening = f"Il manque « {name} »" if fault["type"] == "missing" else f"« {name} » ne convient pas"
    return f"{opening} : on attend {known[name]}."
