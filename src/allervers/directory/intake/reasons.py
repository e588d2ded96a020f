"""Why a value is refused, in plain French: one sentence for each way the official models say no."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from pydantic_core import ErrorDetails


def reason(field: str, error: ErrorDetails) -> str:
    """The sentence for one error of pydantic. The field's own rule first, then the type's."""
    if error["type"] == "missing":
        return _("Ce champ est obligatoire.")
    if error["type"] in ENUMERATIONS:
        return _("Cette valeur n’est pas dans la liste du schéma data·inclusion.")
    if error["type"] == "value_error" and field in SAID_BY_THE_MODELS:
        return _of_the_model(error)
    if (sentence := OF_FIELDS.get(field)) is not None:
        return sentence()
    return OF_TYPES.get(error["type"], _unknown)(error.get("ctx", {}))


ENUMERATIONS = frozenset({"enum", "literal_error"})
SAID_BY_THE_MODELS = frozenset({"date_maj", "publics"})  # the models' own validators speak French


def _of_the_model(error: ErrorDetails) -> str:
    return str(error.get("ctx", {}).get("error", "")) or _unknown({})


def _unknown(_facts: dict[str, Any]) -> str:
    return _("Cette valeur n’est pas acceptée par le schéma data·inclusion.")


def _a_link() -> str:
    return _("Ce n’est pas une adresse web : elle commence par https:// ou http://.")


def _a_list() -> str:
    return _("Une liste de codes est attendue, comme ['a', 'b'].")


OF_FIELDS: dict[str, Callable[[], str]] = {
    "code_postal": lambda: _("Un code postal a 5 chiffres."),
    "code_insee": lambda: _("Un code commune de l’Insee a 5 caractères."),
    "siret": lambda: _("Un numéro SIRET a 14 chiffres, sans espace."),
    "courriel": lambda: _("Ce n’est pas une adresse électronique."),
    "site_web": _a_link,
    "lien_source": _a_link,
    "lien_mobilisation": _a_link,
    "accessibilite_lieu": _a_link,
    "date_maj": lambda: _("Une date s’écrit année-mois-jour, comme 2026-11-16."),
    "zone_eligibilite": lambda: _(
        "Chaque zone est un code de commune, de département, d’EPCI ou de pays, ou « france »."
    ),
    "nombre_semaines": lambda: _("Un nombre entier de semaines est attendu, 1 ou plus."),
    "volume_horaire_hebdomadaire": lambda: _("Un nombre d’heures par semaine est attendu, 0 ou plus."),
    "longitude": lambda: _("Un nombre de degrés est attendu, avec un point, comme 3.8767."),
    "latitude": lambda: _("Un nombre de degrés est attendu, avec un point, comme 43.6108."),
}

OF_TYPES: dict[str, Callable[[dict[str, Any]], str]] = {
    "string_type": lambda facts: _("Un texte est attendu."),
    "string_too_short": lambda facts: _("Ce texte est trop court : {least} caractères au moins.").format(
        least=facts.get("min_length")
    ),
    "string_too_long": lambda facts: _("Ce texte est trop long : {most} caractères au plus.").format(
        most=facts.get("max_length")
    ),
    "too_short": lambda facts: _("Cette liste est vide : laissez le champ vide s’il est inconnu."),
    "set_type": lambda facts: _a_list(),
    "list_type": lambda facts: _a_list(),
}
