"""A national directory for benches: invented organisations over the real municipalities of France.

60,000 organisations and 100,000 services told by 16 sources, as the Parquet files of data·inclusion. One
organisation in seven is told by two to five sources, each in its own hand; `truth.parquet` says which records
are the same organisation. The same seed gives the same files.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final, Protocol, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from allervers.demo.people import Record, fragments
from allervers.demo.towns import METRES_PER_DEGREE
from allervers.territory.reference import Municipality, municipalities

ORGANISATIONS, SERVICES, SEED = 60_000, 100_000, 2024
FILES: Final = ("structures.parquet", "services.parquet", "truth.parquet")
SEEN_TWICE_SHARE: Final = 0.15
SOURCES: Final = (
    "dora",
    "soliguide",
    "france-travail",
    "emplois-de-linclusion",
    "mes-aides",
    "action-logement",
    "agefiph",
    "aidants-connect",
    "carif-oref",
    "conseiller-numerique",
    "france-services",
    "mission-locale",
    "monenfant",
    "reseau-alpha",
    "cd35",
    "odspep",
)
KINDS: Final = (
    "Centre social",
    "Mission locale",
    "CCAS",
    "Maison de quartier",
    "Association",
    "Espace emploi",
    "Crèche",
    "Maison de santé",
    "Auto-école solidaire",
    "Atelier chantier d’insertion",
    "Épicerie solidaire",
    "Point conseil budget",
    "Maison France services",
    "Régie de quartier",
    "Foyer",
    "Médiathèque",
)
CALLED: Final = (
    "Les Tilleuls",
    "Jean-Ferrier",
    "du Vieux-Moulin",
    "Horizon",
    "Passerelle",
    "Les Colibris",
    "Trait d’union",
    "La Fontaine",
    "Solidarité",
    "Renaissance",
    "Les Amandiers",
    "Nouvelle Étape",
    "Arc-en-ciel",
    "Le Phare",
    "L’Escale",
    "Entraide",
    "Les Quatre-Vents",
    "La Ruche",
    "Second Souffle",
    "Cap Avenir",
)
STREETS: Final = ("rue", "avenue", "boulevard", "place", "allée", "chemin", "impasse")
STREETS_CALLED: Final = (
    "de la République",
    "Jean-Jaurès",
    "des Écoles",
    "du Marché",
    "Victor-Hugo",
    "de la Gare",
    "Pasteur",
    "du Général-de-Gaulle",
    "des Lilas",
    "de l’Église",
    "Gambetta",
    "du Stade",
)
SHORTER: Final = (
    ("avenue", "av."),
    ("boulevard", "bd"),
    ("Association", "Asso"),
    ("Saint", "St"),
    ("Maison", "M."),
    ("Centre social", "CS"),
    (" de la ", " "),
)
PUBLICS: Final = (None, ["tous-publics"], ["jeunes"], ["familles", "femmes"], ["demandeurs-emploi"])
PLACE: Final = ("adresse", "longitude", "latitude")
BATCH: Final = 10_000
SPREAD_M: Final = 1_500
TOLD_EVERY: Final = 1_000

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Files:
    structures: Path
    services: Path
    truth: Path
    records: int
    """Structures, told twice or more included."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """As it is, before any source tells of it."""

    number: int
    name: str
    town: Municipality
    address: str
    latitude: float
    longitude: float
    siret: str
    phone: str
    families: tuple[str, ...]


class Advance(Protocol):
    """Who watches: a progress bar, or nobody."""

    def __call__(self, step: str, *, done: int, total: int) -> None: ...


def _unwatched(step: str, *, done: int, total: int) -> None: ...


def write_france(
    folder: Path,
    *,
    today: date,
    seed: int = SEED,
    organisations: int = ORGANISATIONS,
    services: int = SERVICES,
    advance: Advance = _unwatched,
) -> Files:
    """`structures.parquet`, `services.parquet` and `truth.parquet`, in `folder`, which is made.

    `advance` is told how far each step is, every 1,000.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng = Random(seed)
    towns = list(municipalities().values())
    weights = [town.population or 50 for town in towns]
    places = rng.choices(towns, weights=weights, k=organisations)
    structures: list[Record] = []
    truth: list[Record] = []
    known: list[Organisation] = []
    for number, town in enumerate(_watched(places, advance, step="Organisations")):
        organisation = _organisation(number, town, rng)
        for told in _told(organisation, today, rng):
            structures.append(told)
            truth.append({"id": told["id"], "organisation": number})
            known.append(organisation)
    of_structures, of_services, of_truth = (folder / name for name in FILES)
    files = Files(of_structures, of_services, of_truth, records=len(structures))
    _write(files.structures, structures)
    _write(files.truth, truth)
    told_of = _services(structures, known, _watched(range(services), advance, step="Services"), today, rng)
    _write(files.services, list(told_of))
    return files


def _watched(items: Sequence[Item], advance: Advance, *, step: str) -> Iterator[Item]:
    for done, item in enumerate(items):
        if done % TOLD_EVERY == 0:
            advance(step, done=done, total=len(items))
        yield item
    advance(step, done=len(items), total=len(items))


def _organisation(number: int, town: Municipality, rng: Random) -> Organisation:
    families = sorted(fragments()["families"])
    away, turn = abs(rng.gauss(0, SPREAD_M)), rng.uniform(0, math.tau)
    narrow = math.cos(math.radians(town.latitude))
    return Organisation(
        number=number,
        name=f"{rng.choice(KINDS)} {rng.choice(CALLED)}",
        town=town,
        address=f"{rng.randint(1, 180)} {rng.choice(STREETS)} {rng.choice(STREETS_CALLED)}",
        latitude=round(town.latitude + away * math.sin(turn) / METRES_PER_DEGREE, 6),
        longitude=round(town.longitude + away * math.cos(turn) / METRES_PER_DEGREE / narrow, 6),
        siret=_siret(number),
        phone=f"019900{rng.randint(0, 9999):04d}",
        families=tuple(rng.sample(families, rng.randint(1, 3))),
    )


def _siret(number: int) -> str:
    """Of a range that is given to nobody, with its control digit."""
    digits = f"9999{number:09d}"
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{digits}{-total % 10}"


def _told(organisation: Organisation, today: date, rng: Random) -> Iterator[Record]:
    """The records of the sources that know it; the second and the next in their own hand."""
    count = rng.randint(2, 5) if rng.random() < SEEN_TWICE_SHARE else 1
    for place, source in enumerate(rng.sample(SOURCES, count)):
        yield _record(organisation, source, today, rng, own_hand=place > 0)


def _record(organisation: Organisation, source: str, today: date, rng: Random, *, own_hand: bool) -> Record:
    town = organisation.town
    name, address, phone = organisation.name, organisation.address, organisation.phone
    latitude, longitude = organisation.latitude, organisation.longitude
    siret: str | None = organisation.siret if rng.random() < 0.6 else None
    if own_hand:
        name, address = _in_another_hand(name, rng), _in_another_hand(address, rng)
        phone = " ".join(phone[at : at + 2] for at in range(0, 10, 2)) if rng.random() < 0.5 else phone
        latitude += rng.gauss(0, 60) / METRES_PER_DEGREE
        longitude += rng.gauss(0, 60) / METRES_PER_DEGREE
        siret = siret if rng.random() < 0.7 else None
    has_point = rng.random() < 0.9
    return {
        "source": source,
        "id": f"{source}--{organisation.number}",
        "nom": name,
        "date_maj": _day(today, rng),
        "description": None if rng.random() < 0.3 else f"{organisation.name}, à {town.nom}. Lieu inventé.",
        "siret": siret,
        "commune": town.nom,
        "code_postal": town.codes_postaux[0] if town.codes_postaux else None,
        "code_insee": town.code_insee,
        "adresse": address,
        "longitude": round(longitude, 6) if has_point else None,
        "latitude": round(latitude, 6) if has_point else None,
        "telephone": phone if rng.random() < 0.7 else None,
        "courriel": f"contact@{source}-{organisation.number}.example" if rng.random() < 0.5 else None,
        "horaires_accueil": "Mo-Fr 09:00-12:00,14:00-17:00" if rng.random() < 0.3 else None,
    }


def _in_another_hand(text: str, rng: Random) -> str:
    """Capitals, an abbreviation, a slip of the finger: as another source would have typed it."""
    if rng.random() < 0.3:
        text = text.upper()
    if rng.random() < 0.5:
        long, short = rng.choice(SHORTER)
        text = text.replace(long, short)
    if rng.random() < 0.25 and len(text) > 6:
        at = rng.randint(1, len(text) - 3)
        text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text


def _day(today: date, rng: Random) -> str:
    days = rng.randint(400, 1_800) if rng.random() < 0.4 else rng.randint(1, 300)
    return (today - timedelta(days=days)).isoformat()


def _services(
    structures: Sequence[Record],
    known: Sequence[Organisation],
    numbers: Iterable[int],
    today: date,
    rng: Random,
) -> Iterator[Record]:
    for number in numbers:
        place = rng.randrange(len(structures))
        yield _service(structures[place], known[place], number, today, rng)


def _service(structure: Record, organisation: Organisation, number: int, today: date, rng: Random) -> Record:
    family = rng.choice(organisation.families)
    told = fragments()["families"][family]
    need = rng.choice(sorted(told["needs"]))
    offer = rng.choice(told["needs"][need])
    has_own_place = rng.random() < 0.7
    return {
        "source": structure["source"],
        "structure_id": structure["id"],
        "id": f"{structure['source']}--service-{number}",
        "nom": offer["title"],
        "description": f"{rng.choice(offer['texts'])} {rng.choice(told['details'])}",
        "date_maj": _day(today, rng),
        "type": rng.choice((None, "accompagnement", "atelier", "formation", "information")),
        "thematiques": [f"{family}--{need}"],
        "frais": rng.choice((None, "gratuit", "gratuit", "payant")),
        "publics": rng.choice(
            (None, ["tous-publics"], ["jeunes"], ["familles", "femmes"], ["demandeurs-emploi"])
        ),
        "publics_precisions": rng.choice((None, None, "Demandeurs d’emploi du territoire")),
        **{field: structure[field] for field in ("commune", "code_postal", "code_insee")},
        **{
            field: structure[field] if has_own_place else None
            for field in ("adresse", "longitude", "latitude")
        },
        "telephone": structure["telephone"],
        "courriel": structure["courriel"],
        "modes_accueil": rng.choice((None, ["en-presentiel"], ["en-presentiel"], ["a-distance"])),
        "zone_eligibilite": rng.choice(
            (None, None, ["france"], [organisation.town.departement], [organisation.town.commune])
        ),
        "modes_mobilisation": rng.choice((None, ["se-presenter"], ["telephoner"])),
        "mobilisable_par": rng.choice((None, ["usagers"], ["usagers", "professionnels"])),
        "horaires_accueil": structure["horaires_accueil"],
    }


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """By groups of rows, so that a reader need not hold the whole. Whole, or not there."""
    schema = pa.Table.from_pylist(list(rows)[:5_000]).schema
    unfinished = path.with_suffix(".part")
    with pq.ParquetWriter(unfinished, schema) as writer:
        for begin in range(0, len(rows), BATCH):
            writer.write_table(pa.Table.from_pylist(list(rows[begin : begin + BATCH]), schema=schema))
    unfinished.replace(path)
