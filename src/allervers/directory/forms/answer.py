"""What became of a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from allervers.directory.models import ErrorReport


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Alors ?"),
        choices=ErrorReport.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites ce qu’il en est.")},
    )
