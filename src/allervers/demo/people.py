"""Who helps in Rivelaine: structures and services of the schéma data·inclusion v1, written from fragments."""

import random
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml
from data_inclusion.schema.v1 import Thematique
from shapely import Point

from allervers.demo.ground import Door, doors
from allervers.demo.land import SEED, estate_shape
from allervers.demo.towns import ESTATES, TOWNS, Estate, Town, degrees

SOURCE = "rivelaine"
SERVICES_A_PLACE = (2, 5)
STALE_SHARE, EMPTY_SHARE, CLOSED_SHARE, UNPRICED_SHARE = 0.25, 0.35, 0.02, 0.3

WAYS_IN = (["se-presenter"], ["telephoner"], ["se-presenter", "telephoner"])
BY_WHOM = (["usagers"], ["usagers", "professionnels"], ["usagers", "professionnels"], ["professionnels"])

Record = dict[str, Any]
Dealt = TypeVar("Dealt")


@dataclass(frozen=True, slots=True)
class Directory:
    structures: tuple[Record, ...]
    services: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be offered for a need: its title, its possible texts, and whether it has a price."""

    need: str
    title: str
    texts: tuple[str, ...]
    is_paid: bool

    @property
    def family(self) -> str:
        return self.need.partition("--")[0]


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation before it is written. `families`: or needs alone. `estate`: the one it is for."""

    name: str
    families: tuple[str, ...]
    network: str
    town: Town
    estate: Estate | None = None


def directory(today: date, seed: int = SEED) -> Directory:
    """The same for the same day and seed: dates are told from `today`."""
    rng = random.Random(seed)
    structures: list[Record] = []
    services: list[Record] = []
    decks: dict[str, Iterator[Offer]] = {}
    for place in _places(rng):
        structure = _structure(place, _door(place, rng), today, rng)
        structures.append(structure)
        services += [
            _service(structure, place, offer, number, today, rng)
            for number, offer in enumerate(_offers(place, decks, rng), 1)
        ]
    return Directory(tuple(structures), tuple(services))


def missing_needs() -> tuple[str, ...]:
    """The needs that nobody answers, on purpose."""
    return tuple(fragments()["missing"])


@cache
def _read(name: str) -> Mapping[str, Any]:
    text = files("allervers.demo").joinpath(name).read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def fragments() -> Mapping[str, Any]:
    return _read("fragments.yaml")


def _organisations() -> Mapping[str, Any]:
    return _read("organisations.yaml")


def _places(rng: random.Random) -> Iterator[Place]:
    known = _organisations()
    flowers, birds = _turning(known["flowers"], rng), _turning(known["birds"], rng)
    for town in TOWNS:
        for entry in known["in_each_town"]:
            yield _place(entry, town, None, flowers, birds)
    for estate in ESTATES:
        town = next(town for town in TOWNS if town.code == estate.town)
        for entry in known["in_each_estate"]:
            yield _place(entry, town, estate, flowers, birds)
    for entry in known["once"]:
        town = rng.choices(TOWNS, weights=[town.population for town in TOWNS])[0]
        yield _place(entry, town, None, flowers, birds)


def _place(
    entry: Mapping[str, Any], town: Town, estate: Estate | None, flowers: Iterator[str], birds: Iterator[str]
) -> Place:
    name: str = entry["name"]
    if "{flower}" in name:
        name = name.replace("{flower}", next(flowers))
    if "{bird}" in name:
        name = name.replace("{bird}", next(birds))
    if estate:
        name = name.replace("{of_estate}", _of(estate.name)).replace("{estate}", estate.name)
    name = name.replace("de {town}", _of(town.name)).replace("{town}", town.name)
    return Place(name, tuple(entry["families"]), entry.get("network", ""), town, estate)


def _of(name: str) -> str:
    """« de Rivelaine », « des Tilleuls », « de la Cité du Halage »."""
    if name.startswith("Les "):
        return f"des {name.removeprefix('Les ')}"
    if name.startswith("Cité "):
        return f"de la {name}"
    if name.startswith("La "):
        return f"de {name[0].lower()}{name[1:]}"
    return f"de {name}"


def _turning(values: list[Dealt], rng: random.Random) -> Iterator[Dealt]:
    while True:
        yield from rng.sample(values, len(values))


@cache
def _doors_of(code: str) -> tuple[Door, ...]:
    """Of an estate, or of a town: there, the nearer to the centre the more often."""
    for estate in ESTATES:
        if estate.code == code:
            shape = estate_shape(estate).buffer(60)
            return tuple(door for door in doors() if shape.contains(Point(door.point)))
    return tuple(door for door in doors() if door.code_insee == code)


def _door(place: Place, rng: random.Random) -> Door:
    found = _doors_of(place.estate.code if place.estate else place.town.code)
    if place.estate:
        return rng.choice(found)
    centre = Point(place.town.centre)
    return min(rng.sample(found, 4), key=lambda door: centre.distance(Point(door.point)))


def _offers(place: Place, decks: dict[str, Iterator[Offer]], rng: random.Random) -> list[Offer]:
    """Dealt in turn over the town, so that no offer is forgotten; none twice in one place."""
    found: list[Offer] = []
    for number in range(rng.randint(*SERVICES_A_PLACE)):
        wanted = place.families[number % len(place.families)]
        known = _offers_of(wanted)
        deck = decks.setdefault(wanted, _turning(list(known), rng))
        if left := set(known) - set(found):
            found.append(next(offer for offer in deck if offer in left))
    return found


@cache
def _offers_of(wanted: str) -> tuple[Offer, ...]:
    """Of a family, or of one need."""
    family, _, only = wanted.partition("--")
    return tuple(
        Offer(f"{family}--{need}", offer["title"], tuple(offer["texts"]), offer.get("fee") == "payant")
        for need, offers in fragments()["families"][family]["needs"].items()
        if only in ("", need)
        for offer in offers
    )


def _structure(place: Place, door: Door, today: date, rng: random.Random) -> Record:
    latitude, longitude = degrees(door.point)
    is_poor = rng.random() < EMPTY_SHARE
    slug = slugged(place.name)
    return {
        "source": SOURCE,
        "id": f"{SOURCE}--{slug}",
        "nom": place.name,
        "date_maj": _date(today, rng).isoformat(),
        "description": None if is_poor else _presented(place),
        "commune": place.town.name,
        "code_postal": place.town.postcode,
        "code_insee": place.town.code,
        "adresse": f"{door.number} {door.street}",
        "latitude": latitude,
        "longitude": longitude,
        "telephone": None if is_poor and rng.random() < 0.5 else _phone(rng),
        "courriel": None if rng.random() < 0.4 else f"contact@{slug[:40].strip('-')}.example",
        "site_web": None if rng.random() < 0.6 else f"https://{slug[:40].strip('-')}.example/",
        "horaires_accueil": None if is_poor else _hours(place, rng),
        "reseaux_porteurs": [place.network] if place.network else None,
    }


def _presented(place: Place) -> str:
    where = place.estate.name if place.estate else place.town.name
    return (
        f"{place.name} accueille les habitants de {where} et des environs. Lieu fictif de la démonstration."
    )


def _service(
    structure: Record, place: Place, offer: Offer, number: int, today: date, rng: random.Random
) -> Record:
    is_poor = rng.random() < EMPTY_SHARE
    publics = _publics(offer.family, place, rng)
    fee = None if rng.random() < UNPRICED_SHARE else "payant" if offer.is_paid else "gratuit"
    title = offer.title
    if rng.random() < CLOSED_SHARE:
        title = f"{title} (fermé jusqu’à nouvel ordre)"
    return {
        "source": SOURCE,
        "structure_id": structure["id"],
        "id": f"{structure['id']}--{number}",
        "nom": title,
        "description": _told(offer, rng),
        "date_maj": _date(today, rng).isoformat(),
        "type": rng.choice((None, "accompagnement", "atelier", "information", "aide-materielle")),
        "thematiques": [Thematique(offer.need).value],
        "frais": fee,
        "frais_precisions": "Selon vos revenus." if fee == "payant" and rng.random() < 0.6 else None,
        "publics": publics,
        "commune": structure["commune"],
        "code_postal": structure["code_postal"],
        "code_insee": structure["code_insee"],
        "adresse": structure["adresse"],
        "latitude": structure["latitude"],
        "longitude": structure["longitude"],
        "telephone": None if is_poor else structure["telephone"],
        "courriel": None if is_poor else structure["courriel"],
        "modes_accueil": ["en-presentiel", "a-distance"] if rng.random() < 0.15 else ["en-presentiel"],
        "zone_eligibilite": _zone(place, rng),
        "modes_mobilisation": None if is_poor else rng.choice(WAYS_IN),
        "mobilisable_par": None if is_poor else rng.choice(BY_WHOM),
        "horaires_accueil": None if is_poor or title != offer.title else _hours(place, rng, title=title),
    }


def _told(offer: Offer, rng: random.Random) -> str:
    parts = [rng.choice(offer.texts), rng.choice(fragments()["families"][offer.family]["details"])]
    if rng.random() < 0.7:
        parts.append(rng.choice(fragments()["closings"]))
    return " ".join(parts)


def _publics(family: str, place: Place, rng: random.Random) -> list[str] | None:
    known: list[str] = _organisations()["publics"].get(family, [])
    if rng.random() < 0.25:
        return None
    if "residents-qpv-frr" in known:
        if place.estate and rng.random() < 0.6:
            return ["residents-qpv-frr"]
        return [public for public in known if public != "residents-qpv-frr"]
    return list(known) if rng.random() < 0.7 else ["tous-publics"]


def _zone(place: Place, rng: random.Random) -> list[str] | None:
    """Half say nothing; the others: their town, or the whole agglomeration."""
    if rng.random() < 0.5:
        return None
    return [place.town.code] if rng.random() < 0.3 else [town.code for town in TOWNS]


def _hours(place: Place, rng: random.Random, *, title: str = "") -> str:
    if "tôt le matin" in title or "horaires décalés" in place.name:
        return str(_organisations()["early_hours"])
    if "du matin" in title:
        return "Mo,We,Fr 08:30-12:00"
    return str(rng.choice(_organisations()["hours"]))


def _date(today: date, rng: random.Random) -> date:
    """Most were confirmed this half-year; a quarter is stale, by one to four years."""
    days = rng.randint(400, 1_500) if rng.random() < STALE_SHARE else rng.randint(2, 200)
    return today - timedelta(days=days)


def _phone(rng: random.Random) -> str:
    """01 99 00 xx xx: a range that is given to nobody."""
    return f"019900{rng.randint(0, 9999):04d}"


def slugged(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
