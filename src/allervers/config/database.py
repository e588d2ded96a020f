"""Where records are kept: one SQLite file in the data folder, or a plain PostgreSQL (`DATABASE_URL`)."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from allervers.config.environment import BadSetting

SCHEMES = frozenset({"postgres", "postgresql"})
EXAMPLE = "postgresql://allervers:mot-de-passe@localhost:5432/allervers"


def database(folder: Path) -> dict[str, Any]:
    """The `default` of DATABASES. Raises BadSetting."""
    url = os.environ.get("DATABASE_URL", "").strip()
    return _postgresql(url) if url else _sqlite(folder)


def _sqlite(folder: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "allervers.sqlite3",
        "CONN_MAX_AGE": None,  # a worker's thread keeps its connection
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,  # seconds a writer waits for another
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    """Parameters after `?` are libpq's: sslmode, host (a folder of sockets)… The address is never repeated in
    an error: it holds a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _unreadable() from None
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in SCHEMES or not name:
        raise _unreadable()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or options.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,  # a server that was restarted is asked again, not believed
        "OPTIONS": options,
    }


def _unreadable() -> BadSetting:
    return BadSetting(
        f"DATABASE_URL ne se lit pas. Écrivez par exemple {EXAMPLE}, ou retirez cette variable : "
        "la base est alors un fichier du dossier de données."
    )
