"""A mapping at work: a row of a town's table becomes a record of the schéma."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from allervers.directory.intake.canonical import LISTS
from allervers.directory.intake.free_hours import osm_week
from allervers.directory.intake.mapping.model import Plan, Rule, TableMapping
from allervers.directory.intake.nearest import vocabulary
from allervers.directory.intake.rows import Row
from allervers.directory.intake.translating import Translation, strings
from allervers.directory.intake.words import shown
from allervers.directory.models import Kind

SEPARATORS = (";", "|", ",")
# What other fields are mended with comes first: a phone's country is its postcode's.
FIRST = ("code_postal", "code_insee", "commune")


def translated(rows: Iterable[Row], plan: Plan, mapping: TableMapping) -> Iterator[Row]:
    """The rows that make a record of the plan's kind; the others are passed over."""
    order = sorted(plan.rules, key=lambda name: name not in FIRST)
    for row in rows:
        if row.trouble or (_has_one_of(row, plan.only_with) and not _is_skipped(row, plan)):
            yield _translated(row, plan, order, mapping)


def preview(
    mapping: TableMapping, rows: Iterable[Mapping[str, object]]
) -> list[tuple[Kind, Mapping[str, object], tuple[str, ...]]]:
    """What the mapping makes of these rows: (kind, fields of the schéma, sentences on what is left aside)."""
    table = [Row(number, dict(values)) for number, values in enumerate(rows, start=1)]
    return [
        (plan.kind, row.values, tuple(f"{one.field} « {one.value} » : {one.reason}" for one in row.set_aside))
        for plan in mapping.plans
        for row in translated(table, plan, mapping)
    ]


def _has_one_of(row: Row, names: tuple[str, ...]) -> bool:
    return not names or any(_cell(row.values, name) for name in names)


def _is_skipped(row: Row, plan: Plan) -> bool:
    return any(_cell(row.values, name).startswith(start) for name, start in plan.skipped)


def _translated(row: Row, plan: Plan, order: list[str], mapping: TableMapping) -> Row:
    translation = Translation(row, plan.kind)
    for field in order:
        _fill(translation, field, plan.rules[field])
    if "date_maj" not in translation.values and mapping.listed_on:
        translation.put("date_maj", mapping.listed_on.isoformat())
    return translation.done()


def _fill(translation: Translation, field: str, rule: Rule) -> None:
    received = translation.row.values
    if rule.days:
        _fill_hours(translation, field, rule)
    elif field in LISTS:
        _fill_list(translation, field, rule)
    elif rule.constant is not None:
        translation.put(field, rule.constant)
    elif rule.fingerprint:
        translation.put(field, _fingerprint(translation, rule))
    elif rule.template:
        translation.put(field, _filled(rule.template, received))
    else:
        cells = [cell for name in rule.columns if (cell := _cell(received, name))]
        text = rule.between.join(dict.fromkeys(cells))
        known = rule.values.get(text, None if rule.only_listed else text)
        translation.put(field, known)


def _cell(received: Mapping[str, object], name: str) -> str:
    """As text. A nested value of JSON is reached by « typology.value »."""
    value = received.get(name)
    if value is None and "." in name:
        outer, inner = name.split(".", 1)
        nested = received.get(outer)
        return _cell(nested, inner) if isinstance(nested, dict) else ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return "" if value is None else str(value).strip()


def _filled(template: str, received: Mapping[str, object]) -> str:
    """ "" when one of the columns is empty: « ville-- » is no id."""
    holes = re.findall(r"\{\{|\}\}|\{([^{}]+)\}", template)
    cells = {name: _cell(received, name) for name in holes if name}
    if not all(cells.values()):
        return ""
    filled = re.sub(r"\{([^{}]+)\}", lambda match: cells[match[1]], re.sub(r"\{\{|\}\}", _brace, template))
    return filled.replace("\ue000", "{").replace("\ue001", "}")


def _brace(match: re.Match[str]) -> str:
    return "\ue000" if match[0] == "{{" else "\ue001"


def _fingerprint(translation: Translation, rule: Rule) -> str:
    """An id made from what stays the same from one list to the next, whatever the case and the accents."""
    words = [_plain(_cell(translation.row.values, name)) for name in rule.fingerprint]
    if not any(words):
        return ""
    digest = hashlib.sha256("\x1f".join(words).encode("utf-8", "replace")).hexdigest()[:16]
    source = translation.values.get("source")
    return f"{source}--{digest}" if source else digest


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower())
    return " ".join(re.findall(r"\w+", "".join(sign for sign in bare if not unicodedata.combining(sign))))


def _fill_hours(translation: Translation, field: str, rule: Rule) -> None:
    cells = {day: _cell(translation.row.values, name) for day, name in rule.days.items()}
    hours = osm_week(cells)
    if hours is None:  # shown as written: better than no hours at all
        hours = " ; ".join(f"{day} : {cell}" for day, cell in cells.items() if cell)
    translation.put(field, hours)


def _fill_list(translation: Translation, field: str, rule: Rule) -> None:
    items = _items(translation, rule)
    codes = vocabulary(translation.kind, field)
    kept: list[str] = []
    for item in items:
        if item in rule.values:
            kept += strings(rule.values[item])
        elif not codes or item in codes:
            kept.append(item)
        elif not rule.only_listed:
            translation.leave(
                field, shown(item), _("Cette valeur n’est pas dans la liste du schéma data·inclusion.")
            )
    translation.put(field, list(dict.fromkeys(kept)))


def _items(translation: Translation, rule: Rule) -> list[str]:
    if rule.constant is not None:
        return strings(rule.constant)
    received = translation.row.values
    items: list[str] = []
    for name in rule.columns:
        value = received.get(name)
        cell = value if isinstance(value, list) else _cell(received, name)
        separator = rule.separator or next((one for one in SEPARATORS if one in str(cell)), ";")
        whole = isinstance(cell, str) and cell in rule.values
        items += [str(cell)] if whole else strings(cell, separator)
    return items
