"""Received values as they may be printed: short, on one line, never a control character."""

import json

VALUE_LENGTH = 200  # characters of a received value that a report keeps
NAME_LENGTH = 60  # characters of a column's or a file's name


def shown(value: object, *, length: int = VALUE_LENGTH) -> str:
    """`value` as text, at most `length` characters; what cannot be printed becomes « � »."""
    text = value if isinstance(value, str) else _written(value)
    return "".join(_printable(character) for character in text[:length])


def listed(names: list[str], *, at_most: int = 12) -> str:
    """« a, b, c et 40 autres » without the rest of a very wide table."""
    first = ", ".join(shown(name, length=NAME_LENGTH) for name in names[:at_most])
    others = len(names) - at_most
    return f"{first} et {others} de plus" if others > 0 else first


def _written(value: object) -> str:
    if value is None:
        return ""
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):  # an integer of more than 4,300 digits; a very deep list
        return "�"


def _printable(character: str) -> str:
    return character if character.isprintable() or character in "\n\t" else "�"
