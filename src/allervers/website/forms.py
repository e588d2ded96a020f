"""What residents type, as values. Nothing here is kept, logged or put in an address."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from allervers.directory.models import ErrorReport
from allervers.website.tiles import BY_SLUG

WORDS_MAX = 500  # characters
PHONE_DIGITS = 4  # the fewest that can be called
PLACE_MAX = 200
SUGGESTED = {  # the list under the field: by POST, so that what is typed is in no address
    "hx-post": reverse_lazy("website:suggest"),
    "hx-trigger": "input changed delay:250ms",
    "hx-target": "#lieux",
    "hx-sync": "this:replace",
}


class PlaceForm(forms.Form):
    """Where one lives: typed, picked among suggestions (`choisi`), or a town chosen by its code."""

    lieu = forms.CharField(
        label=_("Où habitez-vous ?"),
        required=False,
        max_length=PLACE_MAX,
        widget=forms.TextInput(attrs=SUGGESTED),
        error_messages={"max_length": _("Écrivez seulement votre adresse, votre quartier ou votre ville.")},
    )
    choisi = forms.CharField(required=False, max_length=PLACE_MAX * 2, widget=forms.HiddenInput)
    commune = forms.CharField(required=False, max_length=5)  # INSEE code


class AskForm(PlaceForm):
    """The question of the first page: own words or a picture, and a place."""

    mots = forms.CharField(
        label=_("De quoi avez-vous besoin ?"),
        required=False,
        max_length=WORDS_MAX,
        error_messages={"max_length": _("C’est un peu long. Dites-le en quelques mots.")},
    )
    image = forms.ChoiceField(required=False, choices=[(slug, tile.label) for slug, tile in BY_SLUG.items()])

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("mots") or cleaned.get("image")):
            self.add_error(
                "mots", _("Dites ce dont vous avez besoin, avec vos mots, ou choisissez une image plus bas.")
            )
        return cleaned


class ErrorReportForm(forms.Form):
    """« Une erreur ? Dites-le en deux gestes. »"""

    what = forms.ChoiceField(
        label=_("Qu’est-ce qui ne va pas ?"),
        choices=ErrorReport.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce qui ne va pas.")},
    )
    details = forms.CharField(
        label=_("Voulez-vous préciser ? (pas obligatoire)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("C’est un peu long. Dites-le en quelques mots.")},
    )
    contact = forms.CharField(
        label=_("Voulez-vous une réponse ? (pas obligatoire)"),
        required=False,
        max_length=200,
        help_text=_(
            "Votre téléphone ou votre adresse électronique. Effacé dès qu’on vous a répondu, "
            "et au plus tard dans 30 jours."
        ),
        error_messages={"max_length": _("Écrivez seulement un numéro ou une adresse électronique.")},
    )

    def clean_contact(self) -> str:
        contact: str = self.cleaned_data["contact"].strip()
        if contact and "@" not in contact and sum(letter.isdigit() for letter in contact) < PHONE_DIGITS:
            raise forms.ValidationError(
                _("On ne peut pas vous répondre ainsi : écrivez un numéro ou une adresse électronique.")
            )
        return contact
