"""What an operator says of the territory, as values. Nothing is saved here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from allervers.territory.logo import SENT_MAX
from allervers.territory.models import DESK_MAX, NAME_MAX
from allervers.territory.opening import readable


class IdentityForm(forms.Form):
    """Name, colour, logo."""

    name = forms.CharField(
        label=_("Nom du territoire"),
        max_length=NAME_MAX,
        help_text=_("Celui que lisent les habitants, en haut de chaque page."),
        error_messages={"required": _("Un territoire a un nom.")},
    )
    colour = forms.CharField(
        label=_("Couleur"),
        required=False,
        max_length=7,
        help_text=_("Six chiffres et lettres après #, comme #0a5443. Vide : le vert d’Allervers."),
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("Un fichier PNG ou SVG. Il sera montré en petit, à gauche du nom."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/svg+xml"}),
    )
    without_logo = forms.BooleanField(label=_("Enlever le logo"), required=False)

    def clean_logo(self) -> bytes | None:
        sent = self.cleaned_data.get("logo")
        if sent is None:
            return None
        if sent.size > SENT_MAX:
            raise forms.ValidationError(_("Ce fichier est trop lourd : un mégaoctet au plus."))
        content: bytes = sent.read()
        return content


class DeskForm(forms.Form):
    """The person or the place that residents call."""

    desk_name = forms.CharField(
        label=_("Nom du guichet"),
        max_length=DESK_MAX["name"],
        help_text=_("La personne ou le lieu qui répond : Maison du quartier."),
        error_messages={"required": _("Dites qui répond.")},
    )
    phone = forms.CharField(
        label=_("Téléphone"),
        max_length=DESK_MAX["phone"],
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        error_messages={"required": _("Donnez un numéro de téléphone.")},
    )
    hours = forms.CharField(
        label=_("Horaires"),
        required=False,
        max_length=DESK_MAX["hours"],
        help_text=_(
            "En anglais abrégé, comme sur OpenStreetMap : Mo-Fr 09:00-12:00,14:00-18:00. Vide : non connus."
        ),
    )
    sentence = forms.CharField(
        label=_("À savoir"),
        required=False,
        max_length=DESK_MAX["sentence"],
        help_text=_("Une phrase lue après les horaires : « Demandez Samira. »"),
    )

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if not any(letter.isdigit() for letter in phone):
            raise forms.ValidationError(_("Un numéro de téléphone a des chiffres, comme 01 99 00 12 34."))
        return phone

    def clean_hours(self) -> str:
        hours: str = self.cleaned_data["hours"]
        if hours.strip() and not readable(hours):
            raise forms.ValidationError(
                _("Ces horaires ne se lisent pas. Écrivez par exemple Mo-Fr 09:00-12:00,14:00-18:00.")
            )
        return hours
