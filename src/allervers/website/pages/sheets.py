"""The sheet of a service or an organisation: what, for whom, how to get in, when, where, cost, how sure."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from allervers.directory.models import Kind, Organisation, Service
from allervers.directory.opening_hours import Day, week
from allervers.directory.queries.finding import Search, Where
from allervers.directory.queries.places import ServicePlace, own_place
from allervers.directory.queries.sheets import OrganisationSheet, ServiceSheet
from allervers.directory.wording import age, next_opening_sentence, spans_sentence
from allervers.directory.words import words
from allervers.ui.moments import day_name
from allervers.website.links import to_link
from allervers.website.pages.eligibility import eligibility
from allervers.website.pages.history import history_context
from allervers.website.pages.results import sheet_path

STALE_DAYS = 365
SOURCE_SHOWN = 60  # characters


def service_context(
    sheet: ServiceSheet, search: Search, *, now: datetime, metres: int | None = None
) -> dict[str, object]:
    """The variables of `website/service.html`."""
    service = sheet.service
    return {
        "title": service.nom,
        "who": sheet.organisation.nom,
        "organisation_url": organisation_path(sheet.organisation.ident),
        "description": service.description,
        "phone": sheet.telephone,
        "facts": service_facts(sheet, search.where, now=now, metres=metres),
        "week": week_rows(sheet.horaires, now=now),
        "fresh": fresh(service, now=now),
        "history": history_context(service),
        "report_url": f"{sheet_path(service.ident, Search())}/signaler",
        "back_url": to_link(search) if not search.asks_nothing else "",
    }


def organisation_context(sheet: OrganisationSheet, *, now: datetime) -> dict[str, object]:
    """The variables of `website/organisation.html`."""
    organisation = sheet.organisation
    place = own_place(organisation)
    return {
        "title": organisation.nom,
        "description": organisation.description,
        "phone": organisation.telephone,
        "facts": [
            hours_fact(organisation.horaires_accueil, now=now),
            place_fact(place),
            *contact_facts(organisation.courriel, organisation.site_web),
        ],
        "week": week_rows(organisation.horaires_accueil, now=now),
        "services": [
            {"url": sheet_path(service.ident, Search()), "label": service.nom} for service in sheet.services
        ],
        "fresh": fresh(organisation, now=now),
        "history": history_context(organisation),
        "report_url": f"{organisation_path(organisation.ident)}/signaler",
    }


def organisation_path(ident: str) -> str:
    return reverse("website:organisation", args=[ident])


def record_path(kind: Kind, ident: str) -> str:
    return organisation_path(ident) if kind == Kind.STRUCTURE else sheet_path(ident, Search())


def service_facts(
    sheet: ServiceSheet, where: Where | None, *, now: datetime, metres: int | None
) -> list[dict[str, object]]:
    service = sheet.service
    return [
        audience_fact(service, where, metres=metres),
        entry_fact(sheet),
        hours_fact(sheet.horaires, now=now),
        place_fact(sheet.place, modes=service.modes_accueil or []),
        cost_fact(service),
        *contact_facts(sheet.courriel, service.lien_mobilisation or sheet.organisation.site_web),
        *contact_person_facts(service),
    ]


def fact(icon: str, term: str, *texts: str, unknown: str = "") -> dict[str, object]:
    """A line of the sheet; `unknown` is what stands there when nothing is known."""
    said = [text for text in texts if text]
    return {"icon": icon, "term": term, "texts": said or [unknown], "known": bool(said)}


def audience_fact(service: Service, where: Where | None, *, metres: int | None) -> dict[str, object]:
    publics = words().publics
    for_residents = eligibility(service, where, metres=metres)
    labels = [publics[value].label for value in service.publics or [] if value in publics]
    return fact(
        "users",
        _("Pour qui"),
        ", ".join(labels),
        str(for_residents["text"]) if for_residents else "",
        service.publics_precisions,
        service.conditions_acces,
        unknown=_("Ce n’est pas précisé. Demandez : on vous dira."),
    )


def entry_fact(sheet: ServiceSheet) -> dict[str, object]:
    service = sheet.service
    ways = {
        "telephoner": _("Téléphoner"),
        "envoyer-un-courriel": _("Envoyer un courriel"),
        "se-presenter": _("Se présenter sur place"),
        "utiliser-lien-mobilisation": _("Faire la demande sur internet"),
    }
    said = [ways[value] for value in service.modes_mobilisation or [] if value in ways]
    by_professional = _("Il faut passer par un professionnel (conseiller, assistante sociale…).")
    only_professionals = service.mobilisable_par == ["professionnels"]
    return fact(
        "door-open",
        _("Comment y entrer"),
        ", ".join(said),
        by_professional if only_professionals else "",
        service.mobilisation_precisions,
        unknown=_("Ce n’est pas précisé. Appelez avant de venir."),
    )


def hours_fact(horaires: str, *, now: datetime) -> dict[str, object]:
    days = week(horaires, now=now) if horaires else None
    written = "" if days or not horaires else horaires
    return fact(
        "clock",
        _("Quand"),
        next_opening_sentence(days, now=now) if days else "",
        written,
        unknown=_("Les horaires ne sont pas indiqués. Appelez avant de venir."),
    )


def week_rows(horaires: str, *, now: datetime) -> list[dict[str, str]]:
    """Seven days from today, for the table under « Quand »; empty when hours are unknown or not readable."""
    days: tuple[Day, ...] = (week(horaires, now=now) if horaires else None) or ()
    return [{"day": day_name(day.date, today=now.date()), "hours": spans_sentence(day.spans)} for day in days]


def place_fact(place: ServicePlace, modes: list[str] | None = None) -> dict[str, object]:
    town = " ".join(part for part in (place.code_postal, place.commune) if part)
    address = ", ".join(part for part in (place.adresse, place.complement_adresse, town) if part)
    guessed = _("Situé d’après son adresse.") if place.from_address else ""
    remote = _("Aussi à distance, par téléphone ou internet.") if "a-distance" in (modes or []) else ""
    if modes == ["a-distance"]:
        return fact("globe", _("Où"), _("À distance : par téléphone ou internet. Pas besoin de se déplacer."))
    return fact(
        "map-pin", _("Où"), address, guessed, remote, unknown=_("L’adresse n’est pas indiquée. Demandez-la.")
    )


def cost_fact(service: Service) -> dict[str, object]:
    words = {"gratuit": _("Gratuit"), "payant": _("Payant")}
    return fact(
        "euro",
        _("Combien"),
        words.get(service.frais, ""),
        service.frais_precisions,
        unknown=_("Le prix n’est pas indiqué. Demandez avant de vous engager."),
    )


def contact_facts(courriel: str, site: str) -> list[dict[str, object]]:
    facts: list[dict[str, object]] = []
    if courriel:
        facts.append({"icon": "mail", "term": _("Écrire"), "texts": [], "link": _mail_link(courriel)})
    if site.startswith(("https://", "http://")):
        link = {"url": site, "label": _host(site), "outside": True}
        facts.append({"icon": "globe", "term": _("Sur internet"), "texts": [], "link": link})
    return facts


def contact_person_facts(service: Service) -> list[dict[str, object]]:
    if not service.contact_nom_prenom:
        return []
    return [fact("users", _("Qui demander"), service.contact_nom_prenom)]


def fresh(record: Service | Organisation, *, now: datetime) -> dict[str, object]:
    """When the sheet was last said true, and by whom: shown, never faked."""
    if record.confirmed_on is None:
        sentence = _(
            "« %(source)s » ne dit pas quand cette fiche était juste : appelez avant de vous déplacer."
        ) % {"source": record.confirmed_by[:SOURCE_SHOWN]}
        return {"sentence": sentence, "producer": _producer(record), "stale": True}
    days = (now.date() - record.confirmed_on).days
    facts = {"age": age(days), "source": record.confirmed_by[:SOURCE_SHOWN]}
    sentence = _("Fiche confirmée %(age)s par « %(source)s ».") % facts
    if days > STALE_DAYS:
        sentence = _("Fiche confirmée %(age)s par « %(source)s » : appelez avant de vous déplacer.") % facts
    return {"sentence": sentence, "producer": _producer(record), "stale": days > STALE_DAYS}


def _producer(record: Service | Organisation) -> str:
    return _("Écrite par « %(source)s ».") % {"source": record.source[:SOURCE_SHOWN]}


def _mail_link(courriel: str) -> dict[str, object]:
    return {"url": f"mailto:{courriel}", "label": courriel, "outside": False}


def _host(site: str) -> str:
    return site.split("//", 1)[1].split("/", 1)[0]
