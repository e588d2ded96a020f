"""Declaring the territory and its desks: the only code that writes them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data_inclusion.schema.v1 import Categorie, Thematique
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from allervers.accounts.actor import Actor
from allervers.accounts.policies import require
from allervers.journal import actions as journal
from allervers.territory.models import (
    DESK_MAX,
    NAME_MAX,
    SLUG_MAX,
    Desk,
    LocalMunicipality,
    Territory,
    TerritoryMunicipality,
)
from allervers.territory.opening import readable
from allervers.territory.policies import can_create_territory, can_keep_desks
from allervers.territory.queries.declared import DeclaredDesk, forget_declared_territory
from allervers.territory.queries.places import municipalities_near_code, municipality
from allervers.territory.reference import Municipality
from allervers.territory.reference.divisions import time_zone_of


class TerritoryError(Exception):
    """Base of what these actions refuse. Facts are attributes; the edge writes the sentence."""


@dataclass
class TerritoryExists(TerritoryError):
    """One data folder serves one territory."""

    slug: str


@dataclass
class NoTerritory(TerritoryError):
    """A desk belongs to a territory: none is declared."""


@dataclass
class BadName(TerritoryError):
    """No letter or number in it, or too long."""

    name: str


@dataclass
class NoMunicipality(TerritoryError):
    """A territory holds at least one."""


@dataclass
class UnknownMunicipality(TerritoryError):
    """`unknown`: each code that is nobody's, with the municipalities that may have been meant."""

    unknown: tuple[tuple[str, tuple[Municipality, ...]], ...]


@dataclass
class MunicipalityTaken(TerritoryError):
    """A local municipality may not bear the code of a real one."""

    municipality: Municipality


@dataclass
class UnknownTimeZone(TerritoryError):
    time_zone: str


@dataclass
class BadDesk(TerritoryError):
    """`field`: name, phone, hours, sentence or need."""

    field: str
    value: str


NEEDS = frozenset(need.value for need in (*Thematique, *Categorie))


@transaction.atomic
def create_territory(
    slug: str,
    *,
    name: str = "",
    municipalities: Sequence[str],
    time_zone: str = "",
    local_municipalities: Collection[Municipality] = (),
    desks: Sequence[DeclaredDesk] = (),
    by: Actor,
    at: datetime,
) -> Territory:
    """Declare what this installation serves. Without `time_zone`: that of its first municipality.

    Raises: NotAllowed, TerritoryExists, BadName, NoMunicipality, UnknownMunicipality, MunicipalityTaken,
    UnknownTimeZone, BadDesk.
    """
    require(can_create_territory(by))
    _expect_none()
    local = {town.code_insee: town for town in local_municipalities}
    _check_local(local.values())
    towns = _known(municipalities, local)
    territory = _create(
        slug=_checked_slug(slug),
        name=_checked_name(name or _called(slug, towns)),
        time_zone=_checked_zone(time_zone or time_zone_of(towns[0].departement)),
        created_at=at,
    )
    TerritoryMunicipality.objects.bulk_create(
        TerritoryMunicipality(territory=territory, code_insee=town.code_insee) for town in towns
    )
    LocalMunicipality.objects.bulk_create(_local(territory, town) for town in local.values())
    fields = ["slug", "name", "time_zone", "municipalities"]
    journal.record("territory.created", "territory", territory.uid, by=by.ref, at=at, fields=fields)
    for desk in desks:
        add_desk(desk, by=by, at=at)
    told()
    return territory


@transaction.atomic
def update_territory(
    *, name: str = "", municipalities: Sequence[str] = (), by: Actor, at: datetime
) -> Territory:
    """Another name, other municipalities (in the place of all): what is not given stays.

    Raises: NotAllowed, NoTerritory, BadName, UnknownMunicipality.
    """
    require(can_create_territory(by))
    territory = Territory.objects.select_for_update().first()
    if territory is None:
        raise NoTerritory
    changed = []
    if name and name.strip() != territory.name:
        territory.name = _checked_name(name)
        territory.save(update_fields=["name"])
        changed.append("name")
    if municipalities:
        towns = _known(municipalities, {})
        territory.municipalities.all().delete()
        TerritoryMunicipality.objects.bulk_create(
            TerritoryMunicipality(territory=territory, code_insee=town.code_insee) for town in towns
        )
        changed.append("municipalities")
    if changed:
        journal.record("territory.updated", "territory", territory.uid, by=by.ref, at=at, fields=changed)
    told()
    return territory


@transaction.atomic
def add_desk(desk: DeclaredDesk, *, by: Actor, at: datetime) -> Desk:
    """One more person or place to call. Raises: NotAllowed, NoTerritory, BadDesk."""
    require(can_keep_desks(by))
    territory = Territory.objects.select_for_update().first()
    if territory is None:
        raise NoTerritory
    check_desk(desk)
    known = {"name": desk.name.strip(), "phone": desk.phone.strip(), "hours": desk.hours.strip()}
    kept = Desk.objects.create(territory=territory, **known, need=desk.need, sentence=desk.sentence.strip())
    fields = [field for field in ("name", "phone", "hours", "need", "sentence") if getattr(kept, field)]
    journal.record("desk.added", "desk", kept.uid, by=by.ref, at=at, fields=fields)
    told()
    return kept


def _expect_none() -> None:
    if there := Territory.objects.first():
        raise TerritoryExists(there.slug)


def _create(**fields: object) -> Territory:
    """Two commands at once: the database lets one of them in."""
    try:
        with transaction.atomic():
            return Territory.objects.create(**fields)
    except IntegrityError:
        _expect_none()
        raise


def _known(codes: Sequence[str], local: dict[str, Municipality]) -> list[Municipality]:
    """The municipalities of these codes, once each, in their order."""
    found = {code: local.get(code) or municipality(code) for code in codes}
    unknown = [code for code, town in found.items() if town is None]
    if unknown:
        raise UnknownMunicipality(tuple((code, tuple(municipalities_near_code(code))) for code in unknown))
    towns = {town.code_insee: town for town in found.values() if town}
    if not towns:
        raise NoMunicipality
    return list(towns.values())


def _check_local(towns: Collection[Municipality]) -> None:
    for town in towns:
        if real := municipality(town.code_insee):
            raise MunicipalityTaken(real)


def _called(slug: str, towns: Sequence[Municipality]) -> str:
    """The official name when it is called like one of its towns: « saint-denis » → « Saint-Denis »."""
    official = {slugify(town.nom): town.nom for town in towns}
    given = slug.strip()
    return official.get(slugify(given)) or given[:1].upper() + given[1:]


def _checked_slug(name: str) -> str:
    slug = slugify(name)
    if not slug or len(slug) > SLUG_MAX:
        raise BadName(name)
    return slug


def _checked_name(name: str) -> str:
    if not name.strip() or len(name) > NAME_MAX:
        raise BadName(name)
    return name.strip()


def _checked_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: a folder of zones, « Europe »
        raise UnknownTimeZone(name) from error
    return name


def check_desk(desk: DeclaredDesk) -> None:
    """Raises BadDesk."""
    for field, longest in DESK_MAX.items():
        if len(getattr(desk, field)) > longest:
            raise BadDesk(field, getattr(desk, field))
    if not desk.name.strip():
        raise BadDesk("name", desk.name)
    if not any(letter.isdigit() for letter in desk.phone):
        raise BadDesk("phone", desk.phone)
    if desk.hours.strip() and not readable(desk.hours):
        raise BadDesk("hours", desk.hours)
    if desk.need and desk.need not in NEEDS:
        raise BadDesk("need", desk.need)


def _local(territory: Territory, town: Municipality) -> LocalMunicipality:
    return LocalMunicipality(
        territory=territory,
        code_insee=town.code_insee,
        nom=town.nom,
        codes_postaux=list(town.codes_postaux),
        epci=town.epci,
        epci_nom=town.epci_nom,
        departement=town.departement,
        region=town.region,
        population=town.population,
        latitude=town.latitude,
        longitude=town.longitude,
    )


def told() -> None:
    """This process reads the territory again as soon as the change is there for all."""
    transaction.on_commit(forget_declared_territory)
