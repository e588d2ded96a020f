"""A record's id in an address. Ids hold anything; proxies and browsers mangle `%2F`, `..` and `//`.

So every byte but letters, digits, `-` and `_` stands as `~XX` (UTF-8, hexadecimal): no way of decoding a path
can change it.
"""

import re

PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
ESCAPED = re.compile(rb"~([0-9A-F]{2})")


def to_path(ident: str) -> str:
    """`dora--1/2` → `dora--1~2F2`."""
    return "".join(chr(byte) if byte in PLAIN else f"~{byte:02X}" for byte in ident.encode())


def from_path(text: str) -> str:
    """The id again. Raises ValueError for what `to_path` never writes."""
    ident = ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), text.encode()).decode()
    if to_path(ident) != text:
        raise ValueError(text)
    return ident


class IdentConverter:
    """For `path("services/<ident:ident>", …)`."""

    regex = "[A-Za-z0-9_~-]+"

    def to_python(self, value: str) -> str:
        return from_path(value)

    def to_url(self, value: str) -> str:
        return to_path(value)
