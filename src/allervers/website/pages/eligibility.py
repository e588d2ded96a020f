"""What a service for the residents of a priority neighbourhood says to this person. Never a bare refusal."""

from django.utils.translation import gettext as _

from allervers.directory.models import Service
from allervers.directory.queries.finding import RESIDENTS, Where
from allervers.territory.queries.neighbourhoods import neighbourhood


def eligibility(service: Service, where: Where | None, *, metres: int | None) -> dict[str, object] | None:
    """A reason (`text`, `known`); None for what is not for residents. `metres`: to the limit, when near."""
    publics = service.publics or []
    if RESIDENTS not in publics:
        return None
    reserved = set(publics) == {RESIDENTS}
    if where is not None and where.qpv:
        return {"text": _there(where.qpv, reserved=reserved), "known": True}
    if where is not None and where.qpv_near:
        return {"text": _near(where.qpv_near, metres, reserved=reserved), "known": False}
    return {"text": _elsewhere(where, reserved=reserved), "known": False}


def _there(code: str, *, reserved: bool) -> str:
    return _("%(whom)s : vous y habitez") % {"whom": _residents_of(code, reserved=reserved)}


def _near(code: str, metres: int | None, *, reserved: bool) -> str:
    whom = _residents_of(code, reserved=reserved)
    if metres is None:
        return _("%(whom)s : votre adresse est dedans ou tout près de la limite, demandez") % {"whom": whom}
    facts = {"whom": whom, "metres": metres}
    return _("%(whom)s : votre adresse est à %(metres)s m de la limite, demandez") % facts


def _elsewhere(where: Where | None, *, reserved: bool) -> str:
    whom = (
        _("Réservé aux habitants des quartiers prioritaires")
        if reserved
        else _("Aussi pour les habitants des quartiers prioritaires")
    )
    if where is None or where.is_centre:
        return _("%(whom)s : donnez votre adresse pour savoir, ou demandez") % {"whom": whom}
    return _("%(whom)s : votre adresse n’y est pas, demandez s’il reste une place") % {"whom": whom}


def _residents_of(code: str, *, reserved: bool) -> str:
    quarter = neighbourhood(code)
    facts = {"quarter": quarter.name if quarter else code}
    if reserved:
        return _("Réservé aux habitants du quartier %(quarter)s") % facts
    return _("Aussi pour les habitants du quartier %(quarter)s") % facts
