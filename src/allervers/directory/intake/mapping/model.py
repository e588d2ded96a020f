"""What each column of a table becomes: read from a `map.yml`, kept with a feed, written by the desk.

The file is described, with examples, in `docs/imports.md`.
"""

import string
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.shape import FIELDS, KIND_WORDS
from allervers.directory.intake.words import listed, shown
from allervers.directory.models import Kind

LARGEST = 200_000  # characters of a map.yml: beyond, it is something else
SECTIONS = {"structures": Kind.STRUCTURE, "services": Kind.SERVICE}
SECTION_OF = {kind: name for name, kind in SECTIONS.items()}
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SETTINGS = frozenset({"nom", "date", "reconnait", "feuille", *SECTIONS})


@dataclass(frozen=True, slots=True)
class Rule:
    """Where one field comes from: columns, or a template over columns, or a constant.

    `days` are columns of hours, one a weekday. `fingerprint` makes an id of columns that stay the same.
    """

    columns: tuple[str, ...] = ()
    between: str = " "
    template: str = ""
    constant: object = None
    separator: str = ""  # of a cell that holds a list
    values: Mapping[str, object] = field(
        default_factory=dict
    )  # cell -> code, list of codes, or None: dropped
    only_listed: bool = False  # a cell that `values` does not know is dropped, and said
    fingerprint: tuple[str, ...] = ()
    days: Mapping[str, str] = field(default_factory=dict)

    def names(self) -> tuple[str, ...]:
        """All the columns it reads."""
        return (*self.columns, *_holes(self.template), *self.fingerprint, *self.days.values())


@dataclass(frozen=True, slots=True)
class Plan:
    """How a row becomes one record of `kind`."""

    kind: Kind
    rules: Mapping[str, Rule]
    only_with: tuple[str, ...] = ()  # rows where one of these columns is filled make a record
    skipped: tuple[tuple[str, str], ...] = ()  # (column, start): rows that begin so are examples


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A whole `map.yml`. `listed_on` is the date of the list itself, for rows that bear none."""

    plans: tuple[Plan, ...]
    name: str = ""
    listed_on: date | None = None
    recognises: tuple[str, ...] = ()  # columns by which the list is known at sight
    sheet: str = ""

    def names(self) -> frozenset[str]:
        """All the columns it reads."""
        rules = [rule for plan in self.plans for rule in plan.rules.values()]
        conditions = [name for plan in self.plans for name in plan.only_with]
        return frozenset([name for rule in rules for name in rule.names()] + conditions)


def read_mapping(path: Path) -> TableMapping:
    """A `map.yml`. Raises Refused."""
    label = shown(path.name)
    try:
        if path.stat().st_size > 4 * LARGEST:
            raise _refused(label, _("il est trop long pour une table de correspondance"))
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or _("il n’est pas écrit en UTF-8")
        raise _refused(label, _("il ne se laisse pas lire ({why})").format(why=why)) from None
    return mapping_from_yaml(text, label=label)


def mapping_from_yaml(text: str, *, label: str = "map.yml") -> TableMapping:
    """Raises Refused, which names the line of the mapping to mend."""
    if len(text) > LARGEST:
        raise _refused(label, _("il est trop long pour une table de correspondance"))
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text)):
            raise _refused(label, _("les renvois « * » de YAML n’y sont pas admis"))
        data = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _refused(label, _("ce n’est pas du YAML : {error}").format(error=shown(str(error)))) from None
    return mapping_from_json(data, label=label)


def mapping_from_json(data: Any, *, label: str = "map.yml") -> TableMapping:
    """From the object that `mapping_as_json` gives (the same as the YAML file's). Raises Refused."""
    if not isinstance(data, dict):
        raise _refused(label, _("il y manque « structures: » ou « services: »"))
    if unknown := [str(name) for name in data if name not in SETTINGS]:
        raise _refused(label, _("mots inconnus : {words}").format(words=listed(unknown)))
    plans = tuple(_plan(kind, data[name], label) for name, kind in SECTIONS.items() if name in data)
    if not plans:
        raise _refused(label, _("il y manque « structures: » ou « services: »"))
    return TableMapping(
        plans=plans,
        name=str(data.get("nom") or ""),
        listed_on=_date(data.get("date"), label),
        recognises=_texts(data.get("reconnait") or [], "reconnait", label),
        sheet=str(data.get("feuille") or ""),
    )


def mapping_as_json(mapping: TableMapping) -> dict[str, Any]:
    """To keep with a feed, or to write as YAML: `yaml.safe_dump(…, allow_unicode=True, sort_keys=False)`."""
    head = {
        "nom": mapping.name,
        "date": mapping.listed_on.isoformat() if mapping.listed_on else None,
        "reconnait": list(mapping.recognises),
        "feuille": mapping.sheet,
    }
    return {name: value for name, value in head.items() if value} | {
        SECTION_OF[plan.kind]: _plan_as_json(plan) for plan in mapping.plans
    }


def mapping_as_yaml(mapping: TableMapping) -> str:
    text: str = yaml.safe_dump(mapping_as_json(mapping), allow_unicode=True, sort_keys=False, width=110)
    return text


def _plan(kind: Kind, data: Any, label: str) -> Plan:
    if not isinstance(data, dict):
        raise _refused(label, _("« {name} » attend des champs").format(name=SECTION_OF[kind]))
    fields = {str(name): spec for name, spec in data.items() if name != "si"}
    if unknown := [name for name in fields if name not in FIELDS[kind]]:
        what = _("champs inconnus des {kind} : {names} ; les champs possibles sont {all}")
        raise _refused(
            label,
            what.format(
                kind=KIND_WORDS[kind](),
                names=listed(unknown),
                all=listed(list(FIELDS[kind]), at_most=len(FIELDS[kind])),
            ),
        )
    rules = {name: _rule(name, spec, label) for name, spec in fields.items()}
    if absent := [name for name in _needed(kind) if name not in rules]:
        what = _("il manque {names} dans « {section} »")
        raise _refused(label, what.format(names=listed(absent), section=SECTION_OF[kind]))
    return Plan(kind, rules, _texts(data.get("si") or [], "si", label))


def _needed(kind: Kind) -> Collection[str]:
    """A date may be unknown; a name, an id and a producer may not."""
    needed = ("source", "id", "nom")
    return needed if kind is Kind.STRUCTURE else (*needed, "structure_id", "description")


def _rule(name: str, spec: Any, label: str) -> Rule:
    if isinstance(spec, str):
        return Rule(columns=(spec,))
    if not isinstance(spec, dict):
        what = _(
            "« {name} » attend un nom de colonne, ou colonne, colonnes, modele, valeur, empreinte, jours"
        )
        raise _refused(label, what.format(name=name))
    known = {
        "colonne", "colonnes", "entre", "modele", "valeur", "separateur",
        "valeurs", "autres", "empreinte", "jours",
    }  # fmt: skip
    if unknown := [str(word) for word in spec if word not in known]:
        raise _refused(
            label, _("« {name} » : mots inconnus : {words}").format(name=name, words=listed(unknown))
        )
    if not {"colonne", "colonnes", "modele", "valeur", "empreinte", "jours"} & set(spec):
        raise _refused(label, _("« {name} » ne dit pas d’où il vient").format(name=name))
    return Rule(
        columns=_texts(spec.get("colonnes") or spec.get("colonne") or [], name, label),
        between=str(spec.get("entre", " ")),
        template=_template(spec.get("modele"), name, label),
        constant=_constant(spec.get("valeur")),
        separator=str(spec.get("separateur") or ""),
        values=_values(spec.get("valeurs"), name, label),
        only_listed=_only_listed(spec.get("autres"), name, label),
        fingerprint=_texts(spec.get("empreinte") or [], name, label),
        days=_days(spec.get("jours"), name, label),
    )


def _texts(value: Any, name: str, label: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return tuple(str(item) for item in value)
    raise _refused(label, _("« {name} » attend des noms de colonnes").format(name=name))


def _template(value: Any, name: str, label: str) -> str:
    """« {source}--{id} »: columns in braces and nothing else, so that a mapping reads cells only."""
    text = str(value or "")
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        parts = [("", "", "x", None)]
    if any(hole == "" or spec or conversion for _text, hole, spec, conversion in parts if hole is not None):
        raise _refused(
            label, _("« {name} » : un modèle s’écrit « {{colonne}}--{{colonne}} »").format(name=name)
        )
    return text


def _holes(template: str) -> tuple[str, ...]:
    return tuple(hole for _text, hole, _spec, _conversion in string.Formatter().parse(template) if hole)


def _constant(value: Any) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _values(value: Any, name: str, label: str) -> Mapping[str, object]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _refused(
            label, _("« {name} » : « valeurs » attend des lignes « cellule: code »").format(name=name)
        )
    return {str(cell): _constant(code) for cell, code in value.items()}


def _only_listed(value: Any, name: str, label: str) -> bool:
    if value not in (None, "garder", "laisser"):
        raise _refused(label, _("« {name} » : « autres » vaut garder ou laisser").format(name=name))
    return str(value) == "laisser"


def _days(value: Any, name: str, label: str) -> Mapping[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not set(value) <= set(DAYS):
        raise _refused(label, _("« {name} » : « jours » attend lundi, mardi…").format(name=name))
    return {day: str(value[day]) for day in DAYS if day in value}


def _date(value: Any, label: str) -> date | None:
    if value is None or value == "":
        return None
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise _refused(label, _("« date » s’écrit année-mois-jour, comme 2012-06-01")) from None


def _plan_as_json(plan: Plan) -> dict[str, Any]:
    condition = {"si": list(plan.only_with)} if plan.only_with else {}
    return condition | {name: _rule_as_json(rule) for name, rule in plan.rules.items()}


def _rule_as_json(rule: Rule) -> Any:
    if rule == Rule(columns=rule.columns[:1]) and rule.columns:
        return rule.columns[0]
    said = {
        "colonnes": list(rule.columns),
        "entre": rule.between if rule.between != " " else None,
        "modele": rule.template,
        "valeur": rule.constant,
        "separateur": rule.separator,
        "valeurs": dict(rule.values),
        "autres": "laisser" if rule.only_listed else None,
        "empreinte": list(rule.fingerprint),
        "jours": dict(rule.days),
    }
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def _refused(label: str, what: str) -> Refused:
    return Refused(
        _("« {file} » n’est pas une correspondance de colonnes : {what}. L’annuaire n’a pas changé.").format(
            file=label, what=what
        )
    )
