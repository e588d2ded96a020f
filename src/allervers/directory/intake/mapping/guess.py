"""What the columns of an unknown table may be: guessed from their names and from what they hold."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from allervers.directory.intake.mapping.model import DAYS, Plan, Rule, TableMapping
from allervers.directory.models import Kind

LOOKED_AT = 200  # rows read to guess
SAMPLES = 5
SURE_NAME, LIKE_NAME = 0.7, 88.0  # weight of a name that is known; rapidfuzz ratio of one that looks like it
WORTH_SAYING = 0.45  # below, a guess misleads more than it helps

# The words by which town lists call a field, without accents, in lower case.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "identifiant", "identifier", "code", "numero", "ref", "reference", "source id", "id fs"),
    "source": ("source", "origine", "producteur"),
    "nom": (
        "nom", "name", "raison sociale", "denomination", "structure", "association", "organisme", "intitule",
        "titre", "nom structure", "nom de la structure", "libelle", "lib fs", "etablissement",
    ),
    "description": (
        "description", "presentation", "objet", "activites", "resume", "detail", "missions", "shortdesc",
        "presentation resume", "presentation detail",
    ),
    "siret": ("siret", "numero siret", "n siret", "pivot"),
    "adresse": ("adresse", "voie", "rue", "adresse postale", "address", "address1", "adresse 1"),
    "complement_adresse": ("complement adresse", "complement", "complement d adresse", "address2"),
    "code_postal": ("code postal", "cp", "postal", "postcode", "postal code", "zip"),
    "code_insee": ("code insee", "insee", "insee com", "code commune", "citycode", "depcom"),
    "commune": ("commune", "ville", "city", "lib com", "localite", "nom commune"),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
    "latitude": ("latitude", "lat", "y"),
    "telephone": ("telephone", "tel", "phone", "numero de telephone", "portable"),
    "courriel": ("courriel", "mail", "email", "e mail", "adresse mail", "adresse electronique"),
    "site_web": ("site web", "site", "site internet", "url", "web", "website", "lien"),
    "horaires_accueil": ("horaires accueil", "horaires", "horaire", "ouverture", "horaires d ouverture"),
    "date_maj": (
        "date maj", "date de mise a jour", "maj", "mise a jour", "modificationdate", "date modification",
    ),
    "thematiques": ("thematiques", "thematique", "besoins", "theme", "themes"),
    "publics": ("publics", "public", "public accueilli", "publics accueillis", "beneficiaires"),
    "frais": ("frais", "tarif", "cout", "prix"),
}  # fmt: skip

CONTENT: dict[str, re.Pattern[str]] = {
    "siret": re.compile(r"\d{3} ?\d{3} ?\d{3} ?\d{5}(?:\.0)?"),
    "code_postal": re.compile(r"(?:\d{2} ?)?\d{3}(?:\.0)?|\d{4}"),
    "code_insee": re.compile(r"(?:\d{2}|2[ABab])\d{3}"),
    "longitude": re.compile(r"-?(?:[0-9]|[1-6]\d)[.,]\d{3,}"),
    "latitude": re.compile(r"(?:4[1-9]|5[01]|1[4-6])[.,]\d{3,}|-2[01][.,]\d{3,}"),
    "telephone": re.compile(r"(?:\+33|0033|0)?\s?(?:\(0\))?\s?[1-9](?:[ .\-]?\d\d){4}"),
    "courriel": re.compile(r"[^@\s]+@[^@\s]+\.\w{2,}"),
    "site_web": re.compile(r"(?:https?://|www\.)\S+|\w[\w-]+\.(?:fr|org|com|net|eu)(?:/\S*)?", re.IGNORECASE),
    "horaires_accueil": re.compile(
        r".*(?:\b(?:Mo|Tu|We|Th|Fr)\b.*\d\d:\d\d|(?:lundi|mardi|mercredi|jeudi|vendredi).*\d{1,2} ?[h:]).*",
        re.IGNORECASE | re.DOTALL,
    ),
    "date_maj": re.compile(r"\d{4}-\d\d-\d\d.*|\d\d/\d\d/\d{4}"),
    "thematiques": re.compile(r".*[a-z]+(?:-[a-z]+)*--[a-z-]+.*", re.DOTALL),
    "adresse": re.compile(
        r".*\b(?:rue|avenue|av|bd|boulevard|place|allee|allée|chemin|impasse|cours|route|quai|square)\b.*",
        re.IGNORECASE | re.DOTALL,
    ),
}
TELLING = frozenset({"siret", "courriel", "telephone", "site_web", "thematiques", "adresse", "latitude"})


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """`field` of the schéma that the column may be, or None; `confidence` 0 to 1; up to five `samples`."""

    column: str
    field: str | None
    confidence: float
    by_name: bool
    by_content: bool
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """Every column in its order; the `mapping` that the guesses make; five whole `rows`."""

    columns: tuple[ColumnGuess, ...]
    mapping: TableMapping
    rows: tuple[Mapping[str, object], ...]


def guess_mapping(columns: Sequence[str], rows: Iterable[Mapping[str, object]], *, source: str) -> Guess:
    """Propose what each column is.

    `columns`: names in the order of the file. `rows`: the first rows as mappings column -> cell; at most 200
    are read. `source`: the slug under which the list's records will be known (the feed's, by default).

    Gives a `Guess`: `columns` for the eye (one `ColumnGuess` a column, with five samples), `mapping` for
    `mapping_as_json` / `mapping_as_yaml` / `importing`, `rows` the first five. Never raises on odd cells; the
    mapping always holds `source`, `id` and `nom` (an id is made from what stays the same when none is there).
    Rows of any file, with their columns: `intake.tables.first_rows(path)`. What a mapping would make of them:
    `intake.mapping.preview(mapping, rows)`.
    """
    looked_at = [row for row, _n in zip(rows, range(LOOKED_AT), strict=False)]
    cells = {name: [text for row in looked_at if (text := _text(row.get(name)))] for name in columns}
    scores = {(name, field): _score(name, cells[name], field) for name in columns for field in NAMES}
    chosen = _assigned(scores)
    guesses = tuple(_guess(name, chosen.get(name), cells[name], scores) for name in columns)
    return Guess(guesses, _mapping(chosen, columns, cells, source), tuple(looked_at[:SAMPLES]))


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _plain(name: str) -> str:
    spaced = re.sub(r"[_\W]+", " ", name).strip().lower()
    return "".join(sign for sign in unicodedata.normalize("NFD", spaced) if not unicodedata.combining(sign))


def _name_score(name: str, field: str) -> float:
    plain = _plain(name)
    if not plain:
        return 0.0
    if plain == field.replace("_", " ") or plain in NAMES[field]:
        return SURE_NAME
    likest = max(fuzz.ratio(plain, known) for known in NAMES[field] if len(known) > 3)
    return SURE_NAME * likest / 125 if likest >= LIKE_NAME else 0.0


def _content_score(cells: Sequence[str], field: str) -> float:
    """Share of the cells that look like it; None of them is looked at beyond 300 characters."""
    if not cells or (pattern := CONTENT.get(field)) is None:
        return 0.0
    return sum(pattern.fullmatch(cell[:300]) is not None for cell in cells) / len(cells)


def _score(name: str, cells: Sequence[str], field: str) -> float:
    named, held = _name_score(name, field), _content_score(cells, field)
    if field not in CONTENT or not cells:
        return named
    if held < 0.3:
        return named * 0.7  # its name says so, what it holds does not
    alone = 0.55 * held if field in TELLING and held > 0.8 else 0.0
    return named + 0.3 * held if named else alone


def _assigned(scores: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """One field a column and one column a field, best first."""
    chosen: dict[str, str] = {}
    for (name, field), score in sorted(scores.items(), key=lambda one: -one[1]):
        if score >= WORTH_SAYING and name not in chosen and field not in chosen.values():
            chosen[name] = field
    return chosen


def _guess(
    name: str, field: str | None, cells: Sequence[str], scores: Mapping[tuple[str, str], float]
) -> ColumnGuess:
    return ColumnGuess(
        column=name,
        field=field,
        confidence=round(scores[name, field], 2) if field else 0.0,
        by_name=bool(field and _name_score(name, field)),
        by_content=bool(field and _content_score(cells, field) >= 0.3),
        samples=tuple(dict.fromkeys(cell[:200] for cell in cells))[:SAMPLES],
    )


def _mapping(
    chosen: Mapping[str, str], columns: Sequence[str], cells: Mapping[str, list[str]], source: str
) -> TableMapping:
    found = {field: name for name, field in chosen.items()}
    nom = found.get("nom") or next(
        (name for name in columns if cells[name]), columns[0] if columns else "nom"
    )
    rules = {
        "source": Rule(constant=source),
        "id": _id_rule(found, cells, nom, source),
        "nom": Rule(columns=(nom,)),
    }
    sheet_fields = [field for field in found if field not in {"id", "source", "nom", *OF_SERVICES}]
    rules |= {field: Rule(columns=(found[field],)) for field in sheet_fields}
    if "horaires_accueil" not in rules and (days := _day_columns(columns)):
        rules["horaires_accueil"] = Rule(days=days)
    plans = [Plan(Kind.STRUCTURE, rules)]
    if "thematiques" in found:
        plans.append(_services(rules, found, nom))
    return TableMapping(tuple(plans))


OF_SERVICES = ("thematiques", "publics", "frais")


def _services(rules: Mapping[str, Rule], found: Mapping[str, str], nom: str) -> Plan:
    """A list that says needs says what is offered: a service a row, beside its structure."""
    shared = ("source", "id", "nom", "adresse", "code_postal", "code_insee", "commune", "longitude",
              "latitude", "telephone", "courriel", "horaires_accueil", "date_maj")  # fmt: skip
    described = {"description": rules.get("description", Rule(columns=(nom,)))}
    own = {field: Rule(columns=(found[field],), separator=";") for field in OF_SERVICES if field in found}
    kept = {field: rules[field] for field in shared if field in rules}
    return Plan(
        Kind.SERVICE,
        kept | {"structure_id": rules["id"]} | described | own,
        only_with=(found["thematiques"],),
    )


def _id_rule(found: Mapping[str, str], cells: Mapping[str, list[str]], nom: str, source: str) -> Rule:
    """An id of the list when each row has its own; else a fingerprint of the name and the place."""
    column = found.get("id")
    if column and len(set(cells[column])) == len(cells[column]) == max(map(len, cells.values())):
        return (
            Rule(template=_literal(source) + "--{" + column + "}") if _is_plain(column) else Rule((column,))
        )
    place = [found[field] for field in ("adresse", "code_postal", "commune") if field in found]
    return Rule(fingerprint=(nom, *place))


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _is_plain(column: str) -> bool:
    """Can stand between braces."""
    return bool(column) and not re.search(r"[{}:!]", column)


def _day_columns(columns: Sequence[str]) -> dict[str, str]:
    """« h_lundi », « Lundi », « horaires mardi »: one column a weekday."""
    found: dict[str, str] = {}
    for name in columns:
        for day in set(DAYS) & set(_plain(name).split()):
            found.setdefault(day, name)
    return found if len(found) >= 3 else {}
