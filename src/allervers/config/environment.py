"""What the operator says through environment variables, read once, with safe defaults.

Every name is documented in `docs/operations.md`; a test holds the two together.
"""

import os
import secrets
from pathlib import Path

SECRET_LENGTH = 50  # characters; Django asks for at least 50


def data_folder() -> Path:
    """Where the database and the index live (`ALLERVERS_DATA`, default `./var`), made on first use."""
    folder = Path(os.environ.get("ALLERVERS_DATA", "var")).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def switched_on(name: str) -> bool:
    """True when the variable says yes; anything else is no."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on", "oui"}


def listed(name: str, default: str = "") -> list[str]:
    """A comma-separated variable as a list without blanks."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def secret_key(folder: Path) -> str:
    """The installation's secret: `ALLERVERS_SECRET_KEY`, else a file made on first run.

    The file stands in a folder of its own, which a backup leaves out: who holds a backup must not hold the
    key that signs sessions.
    """
    if given := os.environ.get("ALLERVERS_SECRET_KEY"):
        return given
    path = folder / "secret" / "key"
    try:
        return _kept(path)
    except FileNotFoundError:
        return _made(path)


def _kept(path: Path) -> str:
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < SECRET_LENGTH:
        raise FileNotFoundError(path)  # an empty file of a run killed while writing: make it again
    return secret


def _made(path: Path) -> str:
    """Two first runs at once agree: the file appears whole under its name, and the last name wins for both."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"key.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(SECRET_LENGTH))
    try:
        draft.rename(path) if not path.exists() else draft.unlink()
    except OSError:  # Windows refuses to rename over the file the other run has just made
        draft.unlink(missing_ok=True)
    return _kept(path)
