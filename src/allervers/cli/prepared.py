"""What every command that needs data does first: bring its data folder up to date, and say nothing."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from allervers.cli.app import set_up
from allervers.config.environment import secret_key
from allervers.directory.locking import exclusive

WAIT_SECONDS = 120.0  # longer than any migration of this version


def prepared() -> Path:
    """The data folder, with its secret made and its database migrated. Returns the folder.

    Reads only when all is in place (30 ms after Django's own start). Two commands at once wait in line.
    """
    set_up()
    folder = Path(settings.DATA)
    folder.mkdir(parents=True, exist_ok=True)
    secret_key(folder)
    with exclusive(folder / "prepare.lock", wait_seconds=WAIT_SECONDS):
        if migrations_pending():
            call_command("migrate", verbosity=0, interactive=False)
    return folder


def migrations_pending() -> bool:
    """True when the database lacks a migration that this version brings."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
