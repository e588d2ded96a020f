"""A backup: one zip file, written while the site answers, read again before it is called done.

It holds the records (an SQLite file), the ground of the territory, and a manifest with the fingerprint of
each. Never the secret key; sessions, which open accounts by themselves, are left out.
"""

import hashlib
import json
import os
import secrets
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing
from datetime import datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from allervers.config.environment import secret_key, secret_path
from allervers.config.store_copy import copy_records, sqlite_copy

MANIFEST, RECORDS, GROUND = "manifest.json", "records.sqlite3", "ground"
FORMAT = "allervers backup 1"
BLOCK = 1 << 20  # bytes read at once
LEFT_OUT = ("django_session",)  # who holds a session's key is signed in


class NotABackup(Exception):
    """The file is no backup of Allervers, or not a whole one. The text says why, in French."""


class LaterVersion(NotABackup):
    """It was made by a version that knows more than this one."""


def write_backup(target: Path, *, now: datetime) -> dict[str, Any]:
    """Write, read again, then give the file its name: it is whole, or not there. Returns the manifest.

    Raises OSError, NotABackup (what was written does not read back).
    """
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup") as folder:
            records = Path(folder) / RECORDS
            _copy_records(records)
            _write(draft, _members(records), now=now)
        manifest = verified(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def verified(path: Path) -> dict[str, Any]:
    """Read everything again; its manifest. Raises NotABackup, LaterVersion, OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive)
            names = set(archive.namelist()) - {MANIFEST}
            if names != set(manifest["files"]) or not all(map(_is_ours, names)):
                raise NotABackup("son contenu n’est pas celui d’une sauvegarde")
            for name, fingerprint in manifest["files"].items():
                if _fingerprint(archive, name) != fingerprint:
                    raise NotABackup(f"« {name} » y est abîmé")
            _check_records(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        raise NotABackup("ce n’est pas une sauvegarde d’Allervers, ou elle est coupée") from error
    known = set(MigrationLoader(None).disk_migrations)
    if not {(app, name) for app, name in manifest["migrations"]} <= known:
        raise LaterVersion(f"elle vient d’une version plus récente ({manifest['version']})")
    return manifest


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest.get("format") != FORMAT:
        raise NotABackup("ce n’est pas une sauvegarde d’Allervers")
    return manifest


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name == RECORDS or (parts[:1] == (GROUND,) and ".." not in parts and "\\" not in name)


def _fingerprint(archive: zipfile.ZipFile, name: str) -> str:
    """sha256; a member that holds the key is no backup of ours."""
    digest, tail, key = hashlib.sha256(), b"", _secret()
    with archive.open(name) as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
            if key and key in tail + block:
                raise NotABackup("elle contiendrait la clé secrète")
            tail = block[-len(key) :] if key else b""
    return digest.hexdigest()


def _secret() -> bytes:
    """The key of this installation, when it has one: looking makes none."""
    folder = Path(settings.DATA)
    has_one = secret_path(folder).exists() or os.environ.get("ALLERVERS_SECRET_KEY")
    return secret_key(folder).encode() if has_one else b""


def _check_records(archive: zipfile.ZipFile) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = archive.extract(RECORDS, folder)
        try:
            with closing(sqlite3.connect(path)) as records:
                if records.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    raise NotABackup("ses fiches sont abîmées")
        except sqlite3.DatabaseError as error:
            raise NotABackup("ses fiches sont abîmées") from error


def _copy_records(path: Path) -> None:
    if connection.vendor == "sqlite":
        connections["default"].ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
    else:
        with sqlite_copy(path) as alias:
            copy_records("default", alias)
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        for table in LEFT_OUT:
            copy.execute(f"DELETE FROM {table}")
        copy.execute("VACUUM")


def _members(records: Path) -> dict[str, Path]:
    ground = Path(settings.GROUND_FOLDER)
    found = sorted(path for path in ground.rglob("*") if path.is_file()) if ground.is_dir() else []
    kept = [path for path in found if path.suffix != ".lock"]
    return {RECORDS: records} | {f"{GROUND}/{path.relative_to(ground).as_posix()}": path for path in kept}


def _write(draft: Path, members: dict[str, Path], *, now: datetime) -> None:
    fingerprints = {}
    with draft.open("xb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, path in members.items():
                archive.write(path, name)
                with path.open("rb") as stream:
                    fingerprints[name] = hashlib.file_digest(stream, "sha256").hexdigest()
            manifest = {
                "format": FORMAT,
                "version": version("allervers"),
                "made_at": now.isoformat(),
                "migrations": _applied(members[RECORDS]),
                "files": fingerprints,
            }
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        file.flush()
        os.fsync(file.fileno())


def _applied(records: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(records)) as copy:
        return list(copy.execute("SELECT app, name FROM django_migrations ORDER BY id"))
