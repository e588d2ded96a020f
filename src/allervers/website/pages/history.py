"""« D’où vient cette fiche »: its source, what people corrected, what changed since."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from allervers.directory.models import Organisation, Service
from allervers.directory.queries.history import Event, history

MOST_SHOWN = 12  # events: beyond, nobody reads


def history_context(sheet: Organisation | Service) -> dict[str, object]:
    """`origin`, and `events`, the last first (each `day`, `text`). Which field changed, never a value."""
    told = history(sheet)
    origin = _("Fiche écrite à la main par l’équipe du guichet.")
    if told.feed:
        origin = _("Reçue de « %(source)s » par le flux « %(feed)s ».") % {
            "source": told.source,
            "feed": told.feed,
        }
    return {
        "origin": origin,
        "events": [
            {"day": date_format(timezone.localdate(event.at), "j F Y"), "text": _sentence(event)}
            for event in told.events[:MOST_SHOWN]
        ],
    }


def _sentence(event: Event) -> str:
    words = {
        "received": _("Première version reçue."),
        "changed": _("Changée par sa source : %(fields)s."),
        "corrected": _("Corrigée par l’équipe du guichet : %(fields)s."),
        "taken_back": _("Correction retirée : %(fields)s."),
        "objected": _("Le nom d’une personne a été retiré à sa demande."),
        "closed": _("Fermeture constatée par l’équipe du guichet."),
        "confirmed": _("Vérifiée par l’équipe du guichet."),
        "missing": _("Absente du dernier envoi de sa source."),
        "retired": _("Retirée : sa source ne la donne plus."),
    }
    fields = dict.fromkeys(map(field_words, event.fields))  # an address is several fields
    return words[event.what] % {"fields": ", ".join(fields)}


def field_words(field: str) -> str:
    """As the sheet calls it."""
    words = {
        "nom": _("nom"),
        "description": _("description"),
        "telephone": _("téléphone"),
        "courriel": _("courriel"),
        "adresse": _("adresse"),
        "complement_adresse": _("adresse"),
        "commune": _("commune"),
        "code_postal": _("code postal"),
        "horaires_accueil": _("horaires"),
        "site_web": _("site internet"),
        "frais": _("prix"),
        "frais_precisions": _("prix"),
        "publics": _("pour qui"),
        "publics_precisions": _("pour qui"),
        "conditions_acces": _("conditions"),
        "thematiques": _("besoins"),
        "contact_nom_prenom": _("personne à demander"),
        "retired": _("fermeture"),
    }
    return words.get(field, _("autres détails"))
