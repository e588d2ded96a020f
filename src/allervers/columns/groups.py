"""Groups of columns: frozen dataclasses whose fields are arrays, tables of this package, or such groups."""

from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from numpy.typing import NDArray

from allervers.columns.tables import Arrays, Attribute, Lists, Texts

TABLES = (Texts, Lists, Attribute)

Group = TypeVar("Group")


def arrays_of(group: Any, name: str = "") -> Arrays:
    """The arrays of a group, each under the path of its field (`needs.thematiques.values.blob`)."""
    found: dict[str, NDArray[Any]] = {}
    for field in fields(group):
        value, path = getattr(group, field.name), f"{name}{field.name}"
        if isinstance(value, TABLES):
            found |= value.arrays(path)
        elif is_dataclass(value):
            found |= arrays_of(value, f"{path}.")
        else:
            found[path] = value
    return found


def group_from(cls: type[Group], arrays: Arrays, name: str = "") -> Group:
    """The group back from its arrays. Raises: KeyError when one is missing."""
    found: dict[str, Any] = {}
    for field in fields(cls):  # type: ignore[arg-type]  # a dataclass, by the contract of this module
        kind: Any = field.type
        path = f"{name}{field.name}"
        if kind in TABLES:
            found[field.name] = kind.read(arrays, path)
        elif isinstance(kind, type) and is_dataclass(kind):
            found[field.name] = group_from(kind, arrays, f"{path}.")
        else:
            found[field.name] = arrays[path]
    return cls(**found)
