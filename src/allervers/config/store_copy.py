"""Copying all records between databases: a backup is an SQLite file, whatever keeps the records."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.models import Model

CHUNK = 1_000
ALIAS = "copy"


@contextmanager
def sqlite_copy(path: Path) -> Iterator[str]:
    """An SQLite file brought to this version, as a database alias for the length of the block."""
    connections.databases[ALIAS] = connections.databases["default"] | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {},
        "CONN_HEALTH_CHECKS": False,
    }
    try:
        call_command("migrate", database=ALIAS, verbosity=0, interactive=False)
        yield ALIAS
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]


def copy_records(source: str, target: str) -> None:
    """Every row of every model, as one transaction of `target` and one sight of `source`."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    with transaction.atomic(using=source), transaction.atomic(using=target):
        _one_sight(source)
        for model in reversed(models):
            with connections[target].cursor() as cursor:  # what migrations have put there
                cursor.execute(f"DELETE FROM {connections[target].ops.quote_name(model._meta.db_table)}")
        for model in models:
            _copy(model, source, target)
        for statement in connections[target].ops.sequence_reset_sql(no_style(), models):
            with connections[target].cursor() as cursor:
                cursor.execute(statement)


def _one_sight(alias: str) -> None:
    """All statements see the same moment. SQLite does so by itself."""
    if connections[alias].vendor == "postgresql":
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _copy(model: type[Model], source: str, target: str) -> None:
    rows = model._base_manager.using(source).order_by("pk").iterator(CHUNK)
    batch: list[Model] = []
    for row in rows:
        batch.append(row)
        if len(batch) == CHUNK:
            model._base_manager.using(target).bulk_create(batch)
            batch = []
    model._base_manager.using(target).bulk_create(batch)
