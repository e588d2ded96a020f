"""Bringing a backup back: everything is checked before anything is written."""

import secrets
import shutil
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from allervers.config.backup import GROUND, RECORDS, verified
from allervers.config.store_copy import copy_records, sqlite_copy


class NotEmpty(Exception):
    """There are records already: they are not replaced in silence."""


def restore(path: Path) -> dict[str, Any]:
    """Put the records and the ground of `path` into an installation without any. Returns the manifest.

    Raises NotABackup, LaterVersion, NotEmpty (nothing was written), OSError.
    """
    manifest = verified(path)
    if _has_records():
        raise NotEmpty
    folder = Path(settings.DATA)
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".restored.{secrets.token_hex(4)}"
    try:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(aside, members=list(manifest["files"]))
        _place_ground(aside / GROUND)
        _place_records(aside / RECORDS)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return manifest


def _has_records() -> bool:
    """Accounts or feeds, in a database that was there before us."""
    if connection.vendor == "sqlite" and not Path(settings.DATABASES["default"]["NAME"]).exists():
        return False
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in {"accounts_user", "directory_feed", "directory_record"} & tables:
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
            if cursor.fetchone():
                return True
    return False


def _place_ground(ground: Path) -> None:
    target = Path(settings.GROUND_FOLDER)
    if ground.is_dir() and not (target.is_dir() and any(target.iterdir())):
        shutil.rmtree(target, ignore_errors=True)
        ground.replace(target)


def _place_records(records: Path) -> None:
    """Last: from then on the installation is the restored one."""
    if connection.vendor == "sqlite":
        target = Path(settings.DATABASES["default"]["NAME"])
        connection.close()
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        records.replace(target)
        return
    call_command("migrate", verbosity=0, interactive=False)
    with sqlite_copy(records) as alias:
        copy_records(alias, "default")
