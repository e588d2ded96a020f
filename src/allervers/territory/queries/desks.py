"""Whom to call now: never nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from allervers.territory.opening import Opening, opening
from allervers.territory.queries.declared import DeclaredDesk, declared_territory
from allervers.ui.moments import clock, day_and_hour, day_name

CATEGORY_MARK = "--"  # "famille--garde-denfants" is a need of the category "famille"


@dataclass(frozen=True, slots=True)
class DeskNow:
    """`sentence`: who answers, and when; ready to be read. `is_open` None: hours not known."""

    name: str
    phone: str
    sentence: str
    is_open: bool | None = None


def allo_service_public() -> DeskNow:
    """The State's number, the desk where none is declared. Its hours are not promised."""
    return DeskNow(
        name=_("Allô Service Public"),
        phone="39 39",
        sentence=_("Allô Service Public renseigne sur vos droits et vos démarches, au prix d’un appel."),
    )


def desk_at(now: datetime, needs: Sequence[str] = ()) -> DeskNow:
    """The desk that answers now for one of these needs (thematiques or categories), else the next best.

    In order: open for the need, open for anything, hours not known, opening soonest. A desk for other needs
    comes after those; one that opens in no fortnight never. At the end, 39 39.
    """
    territory = declared_territory()
    if territory is None:
        return allo_service_public()
    zone = ZoneInfo(territory.time_zone)
    here = now.astimezone(zone)
    known = [(desk, opening(desk.hours, now=here, zone=zone)) for desk in territory.desks]
    able = [(desk, hours) for desk, hours in known if hours is None or hours.is_open or hours.opens_at]
    if not able:
        return allo_service_public()
    desk, hours = min(able, key=lambda one: _rank(*one, needs=needs, now=here))
    return DeskNow(desk.name, desk.phone, _sentence(desk, hours, here), hours.is_open if hours else None)


def _rank(
    desk: DeclaredDesk, hours: Opening | None, *, needs: Sequence[str], now: datetime
) -> tuple[bool, int, datetime, int]:
    """Smaller is better; equal ones keep the order in which they were declared."""
    fits = _fit(desk.need, needs)
    when = 1 if hours is None else 0 if hours.is_open else 2
    opens_at = hours.opens_at if hours and hours.opens_at else now
    return fits == _OTHER, when, opens_at, fits


_FOR_NEED, _FOR_CATEGORY, _FOR_ANYTHING, _OTHER = range(4)


def _fit(need: str, needs: Sequence[str]) -> int:
    if not need:
        return _FOR_ANYTHING
    if need in needs:
        return _FOR_NEED
    categories = {asked.partition(CATEGORY_MARK)[0] for asked in needs}
    return _FOR_CATEGORY if need in categories else _OTHER


def _sentence(desk: DeclaredDesk, hours: Opening | None, now: datetime) -> str:
    """« La Maison du quartier répond jusqu’à 18 h. Demandez Samira. »"""
    return f"{_answers(desk.name, hours, now)} {desk.sentence}".strip()


def _answers(name: str, hours: Opening | None, now: datetime) -> str:
    if hours is None:
        return _("%(name)s vous répond.") % {"name": name}
    if hours.is_open and hours.until is None:
        return _("%(name)s répond à toute heure.") % {"name": name}
    if hours.is_open:
        return _("%(name)s répond jusqu’à %(hour)s.") % {"name": name, "hour": _end(hours.until or now, now)}
    opens_at = hours.opens_at or now
    words = {"name": name, "day": day_name(opens_at.date(), today=now.date()), "hour": clock(opens_at.time())}
    return _("%(name)s répond %(day)s à partir de %(hour)s.") % words


def _end(until: datetime, now: datetime) -> str:
    """« 18 h », « minuit », « demain 2 h »."""
    tonight = now.date() + timedelta(days=1)
    if until.date() == now.date() or (until.date() == tonight and until.time() == time()):
        return clock(until.time())
    return day_and_hour(until, today=now.date())
