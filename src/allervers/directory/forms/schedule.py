"""Where a feed is fetched, and how often."""

from django import forms
from django.utils.translation import gettext_lazy as _

from allervers.directory.intake.download import check_url
from allervers.directory.intake.refusal import Refused
from allervers.directory.models import Schedule

URLS_MAX = 10


class ScheduleForm(forms.Form):
    urls = forms.CharField(
        label=_("Adresses des fichiers"),
        max_length=5_000,
        help_text=_("Une par ligne, structures et services ensemble : https://exemple.example/services.csv"),
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "url"}),
        error_messages={"required": _("Donnez au moins une adresse.")},
    )
    rhythm = forms.ChoiceField(label=_("Rythme"), choices=Schedule.Rhythm.choices)

    def clean_urls(self) -> list[str]:
        urls = [line.strip() for line in self.cleaned_data["urls"].splitlines() if line.strip()]
        if len(urls) > URLS_MAX:
            raise forms.ValidationError(_("Dix adresses au plus."))
        for url in urls:
            try:
                check_url(url)
            except Refused as refused:
                raise forms.ValidationError(refused.sentence) from refused
        return urls
