"""What a dry run would change, for people: the first of each kind, field by field."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from allervers.cli.output import results

TITLES = {
    "added": "Seraient ajoutées",
    "changed": "Seraient modifiées",
    "missing": "Ne sont plus dans ces fichiers (toujours montrées)",
    "retired": "Seraient retirées",
}
LONGEST = 80  # characters of a value
KINDS = {"structure": "structure", "service": "service"}


def show_preview(preview: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    for what, title in TITLES.items():
        entries = preview.get(what, ())
        if entries:
            results.print(Text(f"\n{title} :", style="bold"))
        for entry in entries:
            results.print(Text(f"  {KINDS[entry['kind']]} {entry['id']} — {entry['nom']}"))
            for field, (before, after) in entry.get("fields", {}).items():
                results.print(Text(f"    {field} : {_short(before)} → {_short(after)}"))


def _short(value: object) -> str:
    if value is None:
        return "(vide)"
    text = " ".join(str(value).split())
    return f"« {text[:LONGEST]}… »" if len(text) > LONGEST else f"« {text} »"
