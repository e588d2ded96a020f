"""Columns on disk: what every engine that is built once and mapped into memory stands on.

    LAYOUT = Layout(file="search.columns", magic=b"ALVSRCH1")
    LAYOUT.write(folder, arrays_of(group))     # whole or not at all; `folder` must not exist yet
    group = group_from(Group, LAYOUT.read(folder))

`Texts`, `Lists` and `Attribute` hold strings, lists and vocabularies as plain arrays; a group is a frozen
dataclass of arrays, tables and groups. Nothing here knows what the columns say.
"""

from allervers.columns.errors import ColumnsError, FolderTaken, FolderUnreadable
from allervers.columns.files import Layout
from allervers.columns.groups import arrays_of, group_from
from allervers.columns.tables import Arrays, Attribute, Lists, Texts, encoded, ends, turned

__all__ = [
    "Arrays",
    "Attribute",
    "ColumnsError",
    "FolderTaken",
    "FolderUnreadable",
    "Layout",
    "Lists",
    "Texts",
    "arrays_of",
    "encoded",
    "ends",
    "group_from",
    "turned",
]
