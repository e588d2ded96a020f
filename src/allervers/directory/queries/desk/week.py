"""The directory-keeper's week: which sheets to call about, and why."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from allervers.directory.models import Kind, Service, SheetLook

LOOKED_DAYS = 30
STALE_DAYS = 183  # half a year without a word


@dataclass(frozen=True, slots=True)
class Call:
    """A sheet to call about. `missing`: names of what it does not say."""

    service: Service
    phone: str
    days: int | None  # since it was last confirmed; None: nobody knows
    looks: int  # in the last thirty days
    missing: tuple[str, ...]


MISSING = {
    "telephone": Q(telephone="", organisation__telephone=""),
    "horaires_accueil": Q(horaires_accueil="", organisation__horaires_accueil=""),
    "frais": Q(frais=""),
    "publics": Q(publics=None),
    "adresse": Q(adresse="", organisation__adresse=""),
}


def sheets_to_call(*, now: datetime, limit: int = 10) -> list[Call]:
    """Half of them the stalest, half the most looked-at incomplete ones; filled from either."""
    looks = _looks(now)
    stale = _stalest(now, limit=limit)
    looked = _looked_at_incomplete(looks, limit=limit)
    chosen: dict[int, Service] = {}
    for pair in zip(_padded(looked, limit), _padded(stale, limit), strict=True):
        for service in pair:
            if service is not None and len(chosen) < limit:
                chosen.setdefault(service.pk, service)
    return [_call(service, looks[service.ident], now=now) for service in chosen.values()]


def missing_facts(service: Service) -> tuple[str, ...]:
    """What a reader will ask for and not find."""
    owner = service.organisation
    known = {
        "telephone": service.telephone or owner.telephone,
        "horaires_accueil": service.horaires_accueil or owner.horaires_accueil,
        "frais": service.frais,
        "publics": service.publics is not None,
        "adresse": service.adresse or owner.adresse,
    }
    return tuple(name for name, value in known.items() if not value)


def _looks(now: datetime) -> Counter[str]:
    """Of services, in the last thirty days, by id."""
    since = now.date() - timedelta(days=LOOKED_DAYS)
    counted = SheetLook.objects.filter(kind=Kind.SERVICE, day__gt=since).values("ident")
    return Counter({row["ident"]: row["all"] for row in counted.annotate(all=Coalesce(Sum("times"), 0))})


def _stalest(now: datetime, *, limit: int) -> list[Service]:
    old = now.date() - timedelta(days=STALE_DAYS)
    stale = Q(confirmed_on__lt=old) | Q(confirmed_on=None)
    return list(_live().filter(stale).order_by(F("confirmed_on").asc(nulls_first=True), "ident")[:limit])


def _looked_at_incomplete(looks: Counter[str], *, limit: int) -> list[Service]:
    """Enough of the most looked-at to find `limit` that lack something."""
    lacks = Q()
    for condition in MISSING.values():
        lacks |= condition
    most = [ident for ident, _times in looks.most_common(500)]
    found = {service.ident: service for service in _live().filter(lacks, ident__in=most)}
    return [found[ident] for ident in most if ident in found][:limit]


def _live() -> QuerySet[Service]:
    live = Service.objects.filter(retired_at=None, organisation__retired_at=None)
    return live.select_related("organisation")


def _padded(services: list[Service], length: int) -> list[Service | None]:
    return [*services, *[None] * (length - len(services))]


def _call(service: Service, looks: int, *, now: datetime) -> Call:
    return Call(
        service=service,
        phone=service.telephone or service.organisation.telephone,
        days=(now.date() - service.confirmed_on).days if service.confirmed_on else None,
        looks=looks,
        missing=missing_facts(service),
    )
