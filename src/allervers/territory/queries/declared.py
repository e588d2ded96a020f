"""The declared territory as one frozen value, read again at most once a second."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from allervers.territory.models import Desk, Identity, LocalMunicipality, Territory
from allervers.territory.reference import Municipality
from allervers.territory.reference.divisions import MAINLAND_ZONE
from allervers.territory.reference.matching import Names

KEPT_SECONDS = 1.0  # a running server sees within this time what a command has declared


@dataclass(frozen=True, slots=True)
class DeclaredDesk:
    """Whom to call; empty texts are not known."""

    name: str
    phone: str
    hours: str = ""
    need: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredIdentity:
    """`version` is part of the addresses of the sheet and of the logo: they are kept for ever."""

    version: str
    colour: str = ""  # "#0a5443"; "": ours
    logo_type: str = ""  # "": none


@dataclass(frozen=True, slots=True)
class DeclaredTerritory:
    """The territory served. `municipality_codes`: in the order they were given."""

    slug: str
    name: str
    time_zone: str
    municipality_codes: tuple[str, ...]
    desks: tuple[DeclaredDesk, ...] = ()
    identity: DeclaredIdentity | None = None
    local_names: Names = field(default_factory=lambda: Names(()), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class _Kept:
    territory: DeclaredTerritory | None
    read_at: float  # seconds of the monotonic clock


_kept: _Kept | None = None  # one reference, replaced whole: threads need no lock


def declared_territory() -> DeclaredTerritory | None:
    """What this installation serves, or None. Five statements (one for none), at most once a second.

    Inside a transaction it is read afresh and not kept: what is not committed yet is nobody else's.
    """
    global _kept
    if connection.in_atomic_block:
        return _read()
    kept, now = _kept, time.monotonic()
    if kept is None or now - kept.read_at > KEPT_SECONDS:
        kept = _kept = _Kept(_read(), now)
    return kept.territory


def forget_declared_territory() -> None:
    """Read it again next time: it has just changed."""
    global _kept
    _kept = None


def local_now() -> datetime:
    """The present instant on the clock of the territory (of the mainland when none is declared)."""
    territory = declared_territory()
    return timezone.now().astimezone(ZoneInfo(territory.time_zone if territory else MAINLAND_ZONE))


def _read() -> DeclaredTerritory | None:
    found = Territory.objects.prefetch_related("municipalities", "local_municipalities", "desks").first()
    if found is None:
        return None
    return DeclaredTerritory(
        slug=found.slug,
        name=found.name,
        time_zone=found.time_zone,
        municipality_codes=tuple(one.code_insee for one in found.municipalities.all()),
        desks=tuple(_desk(desk) for desk in found.desks.all()),
        identity=_identity(found),
        local_names=Names([_municipality(town) for town in found.local_municipalities.all()]),
    )


def _identity(territory: Territory) -> DeclaredIdentity | None:
    """Without the logo itself: only its own address reads it."""
    found = Identity.objects.filter(territory=territory).values_list("version", "colour", "logo_type").first()
    return DeclaredIdentity(*found) if found else None


def logo() -> bytes:
    """The logo's bytes, of the type that `DeclaredIdentity` says; empty when there is none."""
    found = Identity.objects.values_list("logo", flat=True).first()
    return bytes(found or b"")


def _desk(desk: Desk) -> DeclaredDesk:
    return DeclaredDesk(
        name=desk.name, phone=desk.phone, hours=desk.hours, need=desk.need, sentence=desk.sentence
    )


def _municipality(town: LocalMunicipality) -> Municipality:
    return Municipality(
        code_insee=town.code_insee,
        nom=town.nom,
        codes_postaux=tuple(town.codes_postaux),
        epci=town.epci,
        epci_nom=town.epci_nom,
        departement=town.departement,
        region=town.region,
        population=town.population,
        latitude=town.latitude,
        longitude=town.longitude,
    )
