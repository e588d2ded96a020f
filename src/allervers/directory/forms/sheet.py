"""A sheet as the desk edits it: the fields of the schéma v1 that people can say, in their words."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from data_inclusion.schema.v1 import Frais, ModeAccueil, ModeMobilisation, Public, Thematique, TypeService
from django import forms
from django.utils.translation import gettext_lazy as _

from allervers.directory.models import Kind
from allervers.engines.vocabulary import vocabulary

TEXT_MAX = {"description": 10_000, "horaires_accueil": 1_000}
LINE_MAX = 500  # characters of any other text
REASON_MAX = 500
LONG = frozenset({"description", "publics_precisions", "conditions_acces", "mobilisation_precisions"})
NONE = [("", _("non précisé"))]

LABELS = {
    "nom": _("Nom"),
    "description": _("Ce qui est proposé"),
    "telephone": _("Téléphone"),
    "courriel": _("Adresse électronique"),
    "site_web": _("Site internet"),
    "siret": _("Numéro SIRET"),
    "horaires_accueil": _("Horaires"),
    "adresse": _("Adresse"),
    "complement_adresse": _("Complément d’adresse"),
    "code_postal": _("Code postal"),
    "commune": _("Commune"),
    "code_insee": _("Code Insee de la commune"),
    "thematiques": _("Besoins auxquels on répond"),
    "type": _("Sorte de service"),
    "frais": _("Prix"),
    "frais_precisions": _("Précisions sur le prix"),
    "publics": _("Pour qui"),
    "publics_precisions": _("Précisions sur le public"),
    "conditions_acces": _("Conditions"),
    "modes_accueil": _("Sur place ou à distance"),
    "modes_mobilisation": _("Comment y entrer"),
    "mobilisation_precisions": _("Précisions pour y entrer"),
    "lien_mobilisation": _("Page pour faire la demande"),
    "contact_nom_prenom": _("Personne à demander"),
}
HINTS = {
    "horaires_accueil": _("En anglais abrégé, comme sur OpenStreetMap : Mo-Fr 09:00-12:00,14:00-18:00."),
    "thematiques": _("Au moins un, sinon personne ne trouvera ce service."),
}
PLACE = ("adresse", "complement_adresse", "code_postal", "commune", "code_insee")
FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.STRUCTURE: (
        "nom", "description", "telephone", "courriel", "site_web", "horaires_accueil", *PLACE, "siret",
    ),
    Kind.SERVICE: (
        "nom", "description", "thematiques", "type", "publics", "publics_precisions", "conditions_acces",
        "frais", "frais_precisions", "modes_accueil", "modes_mobilisation", "mobilisation_precisions",
        "lien_mobilisation", "telephone", "courriel", "horaires_accueil", *PLACE, "contact_nom_prenom",
    ),
}  # fmt: skip


class SheetForm(forms.Form):
    """The fields of one kind of sheet. `values` and `seen` are as the schéma writes them (None: unknown)."""

    reason = forms.CharField(
        label=_("Pourquoi ? (pas obligatoire)"),
        required=False,
        max_length=REASON_MAX,
        help_text=_("Gardé avec la correction : « Au téléphone avec l’accueil, le 3 décembre. »"),
    )
    seen_values = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100_000)

    def __init__(self, data: Any = None, *, kind: Kind, shown: Mapping[str, object] | None = None) -> None:
        """`shown`: what the sheet says today; None for a sheet that is being made."""
        super().__init__(data)
        self.names = FIELDS[kind]
        self.is_new = shown is None
        for name in self.names:
            self.fields[name] = _field(name)
        self.order_fields([*self.names, "reason", "seen_values"])
        if shown is None:
            del self.fields["reason"]
        self.show(shown or {})

    def show(self, shown: Mapping[str, object]) -> None:
        """What the form is filled with, and what it will say that it was shown."""
        known = {name: shown.get(name) for name in self.names}
        self.initial = {**known, "seen_values": json.dumps(known, ensure_ascii=False)}

    def see_again(self, shown: Mapping[str, object]) -> None:
        """What was typed stays; the next sending says that the new values have been seen."""
        known = {name: shown.get(name) for name in self.names}
        typed: Any = self.data
        self.data = typed = typed.copy()
        typed["seen_values"] = json.dumps(known)

    @property
    def values(self) -> dict[str, object]:
        return {name: self.cleaned_data.get(name) or None for name in self.names}

    @property
    def seen(self) -> dict[str, object]:
        """Raises nothing: what cannot be read was never ours, and is as if nothing had been seen."""
        try:
            read = json.loads(self.cleaned_data.get("seen_values") or "{}")
        except ValueError:
            return {}
        return {name: read[name] for name in self.names if name in read} if isinstance(read, dict) else {}


def _needs() -> list[tuple[str, object]]:
    """By family, in everyday words."""
    words = vocabulary()
    groups: dict[str, list[tuple[str, str]]] = {}
    for need in Thematique:
        family = need.value.partition("--")[0]
        label = words.thematiques[need.value].label
        groups.setdefault(family, []).append((need.value, label))
    return [(words.categories[family].label, options) for family, options in groups.items()]


def _labelled(enum: Any) -> list[tuple[str, object]]:
    return [(one.value, one.label) for one in enum]


CHOICES: Mapping[str, Any] = {
    "thematiques": _needs,
    "publics": lambda: _labelled(Public),
    "modes_accueil": lambda: _labelled(ModeAccueil),
    "modes_mobilisation": lambda: _labelled(ModeMobilisation),
}
ONE_OF: Mapping[str, Any] = {
    "frais": lambda: [*NONE, *_labelled(Frais)],
    "type": lambda: [*NONE, *_labelled(TypeService)],
}


def _field(name: str) -> forms.Field:
    said: dict[str, Any] = {
        "label": LABELS[name],
        "help_text": HINTS.get(name, ""),
        "required": name == "nom",
    }
    if name in CHOICES:
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=CHOICES[name](), widget=boxes, **said)
    if name in ONE_OF:
        return forms.ChoiceField(choices=ONE_OF[name](), **said)
    widget = forms.Textarea(attrs={"rows": 4}) if name in LONG else forms.TextInput()
    return forms.CharField(max_length=TEXT_MAX.get(name, LINE_MAX), widget=widget, **said)


class ReasonForm(forms.Form):
    """Why a sheet is closed."""

    reason = forms.CharField(
        label=_("Comment le sait-on ?"),
        max_length=REASON_MAX,
        error_messages={"required": _("Dites comment on le sait : une phrase suffit.")},
    )


def said(name: str, value: object) -> object:
    """A value in words: codes of a list become their labels, one by one."""
    options = CHOICES.get(name) or ONE_OF.get(name)
    if options is None or value is None:
        return value
    words = _flat(options())
    codes = value if isinstance(value, list) else [value]
    return [words.get(str(code), str(code)) for code in codes]


def _flat(options: Sequence[tuple[str, object]]) -> dict[str, str]:
    """Groups opened: {code: label}."""
    found: dict[str, str] = {}
    for code, label in options:
        if isinstance(label, list):
            found |= {inner: str(words) for inner, words in label}
        else:
            found[code] = str(label)
    return found
