"""What a table is: the schéma v1, its former v0, a list known at sight, or anything through a mapping."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from allervers.directory.intake import v0
from allervers.directory.intake.mapping import Plan, TableMapping, mapping_from_yaml, translated
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.rows import Row, Table
from allervers.directory.intake.shape import ALL_FIELDS, INDEX_COLUMNS, recognised
from allervers.directory.intake.template import template_mapping
from allervers.directory.intake.words import listed, shown
from allervers.directory.models import Kind

KNOWN_LISTS = Path(__file__).parent / "known_lists"  # mappings of public lists, one a file


@dataclass(frozen=True, slots=True)
class Way:
    """One reading of a table: the kind of its records, and how its rows become rows of the schéma."""

    kind: Kind
    rows: Callable[[Iterable[Row]], Iterator[Row]]
    ignored: tuple[str, ...] = ()
    note: str = ""


def ways(table: Table, *, label: str, mapping: TableMapping | None) -> list[Way]:
    """All the readings of one table. Raises Refused, which says what is missing."""
    if mapping:
        return _mapped(table, mapping, label=label)
    if known := known_list(table.columns):
        note = _("« {file} » est reconnu : {name}.").format(file=label, name=known.name)
        first, *others = _mapped(table, known, label=label)
        return [Way(first.kind, first.rows, first.ignored, note), *others]
    if kind := v0.kind_of(table.columns):
        note = _(
            "« {file} » est écrit selon l’ancien schéma v0 : ses mots sont traduits dans ceux du schéma v1."
        )
        return [Way(kind, lambda rows: v0.translated(rows, kind), note=note.format(file=label))]
    shape = recognised(table.columns, label=label)
    return [Way(shape.kind, iter, shape.ignored)]


def tables_and_ways(
    tables: list[Table], *, label: str, mapping: TableMapping | None
) -> tuple[list[tuple[Table, list[Way]]], list[str]]:
    """Of a workbook, the sheets that can be read, and sentences on the others. Raises Refused: none can."""
    readable, left, why = [], [], None
    for table in tables:
        try:
            readable.append((table, ways(table, label=_sheet_label(table, tables, label), mapping=mapping)))
        except Refused as refused:
            left.append(table.name)
            why = why or refused
    if not readable:
        raise why or Refused(label)
    said = _("« {file} » : feuilles laissées de côté, sans fiches : {sheets}.")
    return readable, [said.format(file=label, sheets=listed(left))] if left else []


def _sheet_label(table: Table, tables: list[Table], label: str) -> str:
    return f"{label} › {shown(table.name)}" if len(tables) > 1 else label


def known_list(columns: Iterable[str]) -> TableMapping | None:
    """The mapping of the public list that has these columns."""
    there = set(columns)
    return next((one for one in known_lists() if there.issuperset(one.recognises)), None)


@cache
def known_lists() -> tuple[TableMapping, ...]:
    """Those that ask for most columns first."""
    files = sorted(KNOWN_LISTS.glob("*.yml"))
    lists = [mapping_from_yaml(path.read_text(encoding="utf-8"), label=path.name) for path in files]
    lists += [template_mapping(kind) for kind in Kind]
    return tuple(sorted((one for one in lists if one.recognises), key=lambda one: -len(one.recognises)))


def known_names(mapping: TableMapping | None) -> frozenset[str]:
    """Columns by which a header is told from a title, and its separator from a comma in a name."""
    lists = [mapping] if mapping else known_lists()
    return ALL_FIELDS | v0.V0_COLUMNS | frozenset(name for one in lists for name in one.names())


def _mapped(table: Table, mapping: TableMapping, *, label: str) -> list[Way]:
    there = {*table.columns, *(f"{name}." for name in table.columns)}
    absent = [name for name in sorted(mapping.names()) if not {name, name.split(".")[0] + "."} & there]
    if (absent and len(absent) == len(mapping.names())) or _misses_names(mapping, absent):
        raise Refused(
            _(
                "« {file} » n’a pas les colonnes que la correspondance attend : {absent}. "
                "On y a trouvé {found}. L’annuaire n’a pas changé. "
                "Corrigez la correspondance ou les noms des colonnes."
            ).format(file=label, absent=listed(absent), found=listed(list(table.columns)) or _("aucune"))
        )
    used = mapping.names()
    ignored = tuple(name for name in table.columns if not _is_used(name, used) and name not in INDEX_COLUMNS)
    return [
        Way(plan.kind, _translation(plan, mapping), ignored if number == 0 else ())
        for number, plan in enumerate(mapping.plans)
    ]


def _misses_names(mapping: TableMapping, absent: list[str]) -> bool:
    """Without its id or its name, no row could be kept."""
    needed = [plan.rules[field] for plan in mapping.plans for field in ("id", "nom") if field in plan.rules]
    return any(rule.names() and set(rule.names()) <= set(absent) for rule in needed)


def _is_used(name: str, used: frozenset[str]) -> bool:
    return name in used or any(one.startswith(f"{name}.") for one in used)


def _translation(plan: Plan, mapping: TableMapping) -> Callable[[Iterable[Row]], Iterator[Row]]:
    return lambda rows: translated(rows, plan, mapping)
