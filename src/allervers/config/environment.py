"""What the operator says through environment variables, with safe defaults.

Every name is documented in `docs/operations.md`; a test holds the two together.
"""

import os
import secrets
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

Network = IPv4Network | IPv6Network

SECRET_LENGTH = 50  # characters; Django asks for at least 50
YES = frozenset({"1", "true", "yes", "on", "oui"})


class BadSetting(Exception):
    """A variable says something that cannot be understood. The text is a sentence for the operator."""


def data_folder() -> Path:
    """Where the database and the index live: `ALLERVERS_DATA`, default `./var`. Nothing is made here."""
    return Path(os.environ.get("ALLERVERS_DATA") or "var").expanduser().resolve()


def switched_on(name: str) -> bool:
    """True when the variable says yes; anything else is no."""
    return os.environ.get(name, "").strip().lower() in YES


def listed(name: str, default: str = "") -> list[str]:
    """A comma-separated variable as a list without blanks."""
    return [item.strip() for item in (os.environ.get(name) or default).split(",") if item.strip()]


def whole_number(name: str, default: int) -> int:
    """A variable that counts something, 0 or more. Raises BadSetting."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise BadSetting(f"{name} : « {text} » n’est pas un nombre. Écrivez par exemple {default}.")
    return int(text)


def networks(name: str) -> tuple[Network, ...]:
    """A variable that lists addresses or CIDR blocks. Raises BadSetting."""
    return tuple(_network(name, item) for item in listed(name))


def _network(name: str, text: str) -> Network:
    try:
        return ip_network(text, strict=False)
    except ValueError as error:
        raise BadSetting(
            f"{name} : « {text} » n’est ni une adresse ni un bloc d’adresses. "
            "Écrivez par exemple 127.0.0.1 ou 10.0.0.0/8, séparés par des virgules."
        ) from error


def secret_key(folder: Path) -> str:
    """The installation's secret: `ALLERVERS_SECRET_KEY`, else a file made on first run.

    The file stands in a folder of its own, which a backup leaves out: who holds a backup must not hold the
    key that signs sessions. Raises BadSetting for a secret too short to be one.
    """
    given = os.environ.get("ALLERVERS_SECRET_KEY")
    if not given:
        return _kept_or_made(secret_path(folder))
    if len(given) < SECRET_LENGTH:
        raise BadSetting(
            f"ALLERVERS_SECRET_KEY compte {len(given)} caractères : il en faut au moins {SECRET_LENGTH}. "
            "Retirez cette variable pour que la clé soit faite toute seule."
        )
    return given


def secret_path(folder: Path) -> Path:
    return folder / "secret" / "key"


def _kept_or_made(path: Path) -> str:
    try:
        return _kept(path)
    except FileNotFoundError:
        return _made(path)


def _kept(path: Path) -> str:
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < SECRET_LENGTH:
        raise FileNotFoundError(path)  # an empty file of a machine that lost power: make it again
    return secret


def _made(path: Path) -> str:
    """Two first runs at once agree: a hard link never replaces the file that the other one has just made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"key.{secrets.token_hex(8)}")
    _write(draft, secrets.token_urlsafe(SECRET_LENGTH))
    try:
        _claim(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return _kept(path)


def _claim(draft: Path, path: Path) -> None:
    if path.exists() and path.stat().st_size < SECRET_LENGTH:
        path.unlink()
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other run was first: its secret is ours
    except OSError:  # a disk without hard links (FAT): the last name wins
        draft.replace(path)


def _write(path: Path, secret: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
