"""How far a sheet can be relied on today, with the reasons in words: our score, beside `score_qualite`."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allervers.directory.models import Organisation, Service

DAYS_OF_A_MONTH = 30.44
FRESH_DAYS = 183  # as the schéma's own method: six months are recent…
STALE_DAYS = 730  # …and two years are not
CONFIRMED_WEIGHT = 0.6  # the date counts most; what one needs before going there shares the rest


@dataclass(frozen=True, slots=True)
class Freshness:
    """`score` 0 (do not rely on it) … 1; `reasons` say what is wrong, worst first, none when all is well."""

    score: float
    reasons: tuple[str, ...]


def service_freshness(service: Service, organisation: Organisation, *, today: date) -> Freshness:
    """Of a service, with what it borrows from its organisation."""
    remote = service.modes_accueil == ["a-distance"]
    place = service.adresse or service.commune or organisation.adresse or organisation.commune
    return _freshness(
        service.confirmed_on,
        today,
        {
            _("pas d’horaires"): service.horaires_accueil or organisation.horaires_accueil,
            _("ni téléphone ni courriel"): _contact(service) or _contact(organisation),
            _("pas d’adresse"): remote or place,
            _("le prix n’est pas dit"): service.frais,
        },
    )


def organisation_freshness(organisation: Organisation, *, today: date) -> Freshness:
    return _freshness(
        organisation.confirmed_on,
        today,
        {
            _("pas d’horaires"): organisation.horaires_accueil,
            _("ni téléphone ni courriel"): _contact(organisation),
            _("pas d’adresse"): organisation.adresse or organisation.commune,
        },
    )


def _contact(sheet: Service | Organisation) -> str:
    return sheet.telephone or sheet.courriel


def _freshness(confirmed_on: date | None, today: date, needed: dict[str, object]) -> Freshness:
    days = STALE_DAYS if confirmed_on is None else max((today - confirmed_on).days, 0)
    age = min(max((STALE_DAYS - days) / (STALE_DAYS - FRESH_DAYS), 0.0), 1.0)
    lacking = [words for words, value in needed.items() if not value]
    known = 1 - len(lacking) / len(needed)
    reasons = [_not_confirmed_for(days)] if days > FRESH_DAYS else []
    if confirmed_on is None:
        reasons = [_("nul ne sait quand elle a été confirmée")]
    return Freshness(
        score=round(CONFIRMED_WEIGHT * age + (1 - CONFIRMED_WEIGHT) * known, 2),
        reasons=(*reasons, *lacking),
    )


def _not_confirmed_for(days: int) -> str:
    months = int(days / DAYS_OF_A_MONTH)
    return ngettext(
        "pas confirmée depuis %(months)d mois", "pas confirmée depuis %(months)d mois", months
    ) % {"months": months}
