"""A row of another shape as a row of the schéma: what every translation has in common.

The row as received goes along, to be kept verbatim. A value that cannot be read is set aside and said; only a
row without its name or its id is lost.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from allervers.directory.intake.mending import NotMended, mended
from allervers.directory.intake.placing import current_code
from allervers.directory.intake.rows import Row, SetAside
from allervers.directory.intake.shape import FIELDS, OFFICIAL
from allervers.directory.intake.words import shown
from allervers.directory.models import Kind

LONGEST = {"nom": 150, "description": 10_000}  # characters, of the schéma


class Translation:
    """Fills the fields of one record, and keeps what had to be left aside."""

    def __init__(self, row: Row, kind: Kind) -> None:
        self.row = row
        self.kind = kind
        self.values: dict[str, object] = {}
        self.aside: list[SetAside] = []

    def put(self, field: str, value: object) -> None:
        """An empty value says nothing; one that cannot be mended is set aside."""
        if field not in FIELDS[self.kind] or value is None or value == "" or value == []:
            return
        try:
            good = mended(field, value, self.values)
        except NotMended as why:
            self.leave(field, value, str(why))
            return
        if good is not None:
            self.values[field] = good

    def leave(self, field: str, value: object, why: str) -> None:
        self.aside.append(SetAside(field, shown(value), why))

    def done(self) -> Row:
        """The row of the schéma."""
        self._shorten()
        self._place()
        return Row(self.row.number, self.values, self.row.trouble, self.row.values, tuple(self.aside))

    def _shorten(self) -> None:
        for field, most in LONGEST.items():
            value = self.values.get(field)
            if isinstance(value, str) and len(value) > most:
                self.values[field] = value[: most - 1].rsplit(" ", 1)[0] + "…"
                self.leave(
                    field, value, _("Ce texte est trop long : {most} caractères au plus.").format(most=most)
                )

    def _place(self) -> None:
        """Today's code of the municipality, where the row says enough."""
        code, postcode, name = (
            str(self.values.get(one) or "") for one in ("code_insee", "code_postal", "commune")
        )
        found = current_code(code, code_postal=postcode, commune=name)
        if found:
            self.values["code_insee"] = found


def strings(value: object, separator: str = ";") -> list[str]:
    """The items of a list, of Python's text of a list, or of a cell."""
    if isinstance(value, list | tuple | set):
        return [text for item in value if (text := str(item).strip())]
    text = "" if value is None else str(value).strip()
    return [part for item in text.strip("[](){}").split(separator) if (part := item.strip(" '\"“”"))]


def forgiven(values: Mapping[str, object], fields: list[str], kind: Kind) -> dict[str, object] | None:
    """The values without these fields, when none of them is required."""
    required = {name for name, field in OFFICIAL[kind].model_fields.items() if field.is_required()}
    if required & set(fields):
        return None
    kept: dict[str, Any] = {name: value for name, value in values.items() if name not in fields}
    return kept
