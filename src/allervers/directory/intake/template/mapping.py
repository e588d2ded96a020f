"""How the filled template is read: the same rules as any mapping, made from the columns."""

from functools import cache

from allervers.directory.intake.mapping.model import Plan, Rule, TableMapping
from allervers.directory.intake.template.columns import COLUMNS, EXAMPLE, STRUCTURE_NAME, Column
from allervers.directory.models import Kind

SOURCE = "liste-locale"


@cache
def template_mapping(kind: Kind) -> TableMapping:
    """Known by its required columns. A structure is known by its name: services name it."""
    columns = COLUMNS[kind]
    rules = {"source": Rule(constant=SOURCE)}
    for column in columns:
        before = rules.get(column.field, Rule())
        rules[column.field] = Rule(columns=(*before.columns, column.header), values=_codes(column))
    if kind is Kind.STRUCTURE:
        rules["id"] = Rule(fingerprint=(STRUCTURE_NAME,))
    else:
        rules["structure_id"] = Rule(fingerprint=(STRUCTURE_NAME,))
        rules["id"] = Rule(fingerprint=(STRUCTURE_NAME, "Nom du service"))
    required = tuple(column.header for column in columns if column.required)
    own = required if kind is Kind.SERVICE else (*required, "Présentation")
    return TableMapping(
        (Plan(kind, rules, only_with=required[:1], skipped=((STRUCTURE_NAME, EXAMPLE),)),),
        name="le modèle d’Allervers",
        recognises=own,
    )


def _codes(column: Column) -> dict[str, object]:
    return {str(getattr(one, "label", one.value)): one.value for one in column.options or ()}
