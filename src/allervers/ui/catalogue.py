"""What the catalogue page shows: every component, with plainly fictional contents."""

from django import forms
from django.utils.translation import gettext as _

from allervers.ui import icons
from allervers.ui.site import Desk, LanguageLink


class ExampleForm(forms.Form):
    """One field of each kind."""

    town = forms.CharField(label=_("Où habitez-vous ?"), help_text=_("Une ville ou un code postal."))
    words = forms.CharField(label=_("Vos mots"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    wrong = forms.ChoiceField(
        label=_("Qu’est-ce qui ne va pas ?"),
        choices=[("phone", _("Le téléphone")), ("hours", _("Les horaires"))],
        widget=forms.RadioSelect,
        required=False,
    )
    several = forms.MultipleChoiceField(
        label=_("Pour qui ?"),
        choices=[(_("Âge"), [("young", _("Les jeunes")), ("old", _("Les retraités"))])],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label=_("Je suis d’accord"), required=False)


def examples() -> dict[str, object]:
    """The context of `ui/catalogue.html`."""
    return {
        "desk": Desk("0199001234", _("Maison du quartier"), _("La Maison du quartier répond jusqu’à 18 h.")),
        "languages": (
            LanguageLink("#", "Français", "fr", "ltr", is_current=True),
            LanguageLink("#", "العربية", "ar", "rtl"),
        ),
        "urgent": _urgent(),
        "tiles": _tiles(),
        "chips": _chips(),
        "cards": _cards(),
        "facts": _facts(),
        "fresh": {
            "sentence": _("Fiche confirmée il y a 12 jours."),
            "producer": _("Écrite par Rivelaine."),
        },
        "week": [
            {"day": _("aujourd’hui"), "hours": _("9 h – 12 h et 14 h – 18 h")},
            {"day": _("demain"), "hours": _("fermé")},
        ],
        "form": ExampleForm(),
        "refused_form": ExampleForm({"town": ""}, prefix="refused"),
        "choices": [
            {"label": "Rivelaine", "hint": "99100", "url": "#"},
            {"label": "Rivelette", "hint": "99110", "url": "#"},
        ],
        "columns": [
            {"label": _("Structure")},
            {"label": _("Ville")},
            {"label": _("Services"), "number": True},
        ],
        "rows": [
            [{"text": "Halte-garderie Les Hirondelles"}, {"text": "Rivelaine"}, {"text": 3, "number": True}],
            [{"text": "Relais petite enfance du Port"}, {"text": "Rivelaine"}, {"text": 12, "number": True}],
        ],
        "icon_names": sorted(icons.names()),
    }


def _urgent() -> dict[str, object]:
    return {
        "title": _("Vous êtes en danger ?"),
        "numbers": [
            {"number": "17", "label": _("Police")},
            {"number": "3919", "label": _("Violences : on vous écoute, c’est gratuit")},
        ],
        "sentence": _("On peut appeler jour et nuit. L’appel ne se voit pas sur la facture."),
    }


def _tiles() -> list[dict[str, str]]:
    return [
        {"icon": "baby", "label": _("Faire garder mes enfants"), "url": "#"},
        {"icon": "bus-front", "label": _("Me déplacer"), "url": "#"},
        {"icon": "message-square-text", "label": _("Parler mieux français"), "url": "#"},
        {"icon": "briefcase", "label": _("Trouver un emploi"), "url": "#"},
    ]


def _chips() -> list[dict[str, object]]:
    return [
        {"label": _("Garde d’enfants"), "url": "#", "on": True},
        {"label": _("Gratuit"), "url": "#", "count": 3},
        {"label": _("Ouvert maintenant"), "url": "#", "count": 5},
    ]


def _cards() -> list[dict[str, object]]:
    known = [_("Ouvert demain 8 h – 18 h"), _("Gratuit"), _("Confirmé il y a 12 jours")]
    unknown = {"text": _("Prix non indiqué : appelez, ils sauront"), "known": False}
    first = {
        "title": _("Accueil des 0-3 ans, même quelques heures"),
        "who": "Halte-garderie Les Hirondelles",
        "distance_m": 543,
        "why": [{"text": text, "known": True} for text in known],
    }
    second = {
        "title": _("Trouver une assistante maternelle, par téléphone"),
        "who": "Relais petite enfance du Port",
        "remote": True,
        "why": [{"text": _("Gratuit"), "known": True}, unknown],
    }
    third = {"title": _("Garde tôt le matin"), "who": "Association Grandir ensemble", "why": [unknown]}
    return [{"url": "#", **card} for card in (first, second, third)]


def _facts() -> list[dict[str, object]]:
    return [
        {"icon": "users", "term": _("Pour qui"), "texts": [_("Les familles, avec ou sans emploi.")]},
        {"icon": "clock", "term": _("Quand"), "texts": [_("Demain de 8 h à 18 h.")]},
        {"icon": "euro", "term": _("Combien"), "texts": [_("Prix non indiqué. Appelez.")], "known": False},
        {
            "icon": "globe",
            "term": _("Sur internet"),
            "texts": [],
            "link": {"url": "https://hirondelles.example", "label": "hirondelles.example", "outside": True},
        },
    ]
