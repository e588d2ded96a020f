"""Files to import, and the feed they belong to."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from allervers.directory.actions.importing import FEED_LENGTH

FILES_MAX = 10


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One to ten files."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        sent: Sequence[Any] = data if isinstance(data, (list, tuple)) else [data]
        if len(sent) > FILES_MAX:
            raise forms.ValidationError(_("Dix fichiers au plus à la fois."))
        files = [super(FilesField, self).clean(one, initial) for one in (sent or [None])]
        return [file for file in files if file]


class UploadForm(forms.Form):
    feed = forms.SlugField(
        label=_("D’où viennent ces fiches ?"),
        max_length=FEED_LENGTH,
        help_text=_("Un nom court, toujours le même pour la même liste : open-data, associations-mairie."),
        error_messages={
            "required": _("Donnez un nom à cette source."),
            "invalid": _("Des lettres sans accent, des chiffres et des tirets, sans espace."),
        },
    )
    sent = FilesField(
        label=_("Fichiers"),
        help_text=_("Envoyez ensemble les structures et les services. 250 Mo au plus."),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide."),
        },
    )
    partial = forms.BooleanField(
        label=_("C’est un extrait : ce qui n’y est pas existe toujours"), required=False
    )
