"""Replacing the ground of the territory: built aside from files, then made current whole, by one row."""

import os
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

import shapely
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from allervers.accounts.actor import Actor
from allervers.accounts.policies import require
from allervers.engines.geocoding import Built
from allervers.journal import actions as journal
from allervers.territory.actions.declaring import NoTerritory, TerritoryError
from allervers.territory.ground.addresses import AddressReport
from allervers.territory.ground.charting import chart
from allervers.territory.ground.names import GroundFiles, build_names
from allervers.territory.ground.perimeters import Perimeter, read_perimeters
from allervers.territory.models import GroundVersion, Neighbourhood, Territory
from allervers.territory.policies import can_change_ground
from allervers.territory.queries.declared import declared_territory
from allervers.territory.queries.geocoding import forget_names
from allervers.territory.queries.ground import MAP, NAMES, Layer, current_ground, ground_folder
from allervers.territory.queries.neighbourhoods import forget_neighbourhoods
from allervers.territory.queries.places import towns_around

KEPT = 2  # versions: the current one, and the one that a slow reader may be opening
ASIDE = "building-"  # folders that no row names yet
OLD_SECONDS = 24 * 3600.0  # of a build that was killed

Watch = Callable[[str, int, int], None]  # a step, in words; how much of it is done, of how much


@dataclass
class GroundMoved(TerritoryError):
    """Another command has changed the ground meanwhile: this one gives way."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A ground built aside, that nobody reads yet. `base`: the version it took over from, 0 for none."""

    folder: Path
    base: int
    replaced: tuple[Layer, ...]
    perimeters: tuple[Perimeter, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def prepare_ground(
    files: Mapping[Layer, Path], *, municipalities: Sequence[str] = (), watch: Watch | None = None
) -> Prepared:
    """Read and build aside: nothing of the territory changes. Raises GroundRefused, OSError (our disk).

    `municipalities`: codes of the territory, if not declared yet. `watch`: told how far each step is.
    """
    current = current_ground()
    aside = Path(settings.GROUND_FOLDER) / f"{ASIDE}{secrets.token_hex(8)}"
    aside.mkdir(parents=True)
    try:
        for layer, path in files.items():
            shutil.copyfile(path, aside / layer)
        if current:
            _take_over(ground_folder(current.version), aside, without=files)
        notes: list[str] = []
        perimeters: tuple[Perimeter, ...] = ()
        if (aside / Layer.NEIGHBOURHOODS).is_file():
            read = read_perimeters(aside / Layer.NEIGHBOURHOODS)
            perimeters, notes = read.found, [*notes, *read.notes]
        reading = partial(watch, _("Lecture des adresses")) if watch else None
        report = AddressReport()
        given = _files(aside, municipalities, perimeters)
        built = build_names(aside / NAMES, given, report, watch=reading)
        notes += report.notes
        if report.refused > len(report.notes):
            notes.append(
                _("… et {count} autres adresses refusées.").format(count=report.refused - len(report.notes))
            )
        limits = aside / Layer.LIMITS
        chart(aside / MAP, given, limits=limits if limits.is_file() else None, watch=watch)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return Prepared(
        aside, current.pk if current else 0, tuple(files), perimeters, _counts(built), tuple(notes)
    )


def _counts(built: Built) -> dict[str, int]:
    return {"addresses": built.houses, "streets": built.streets, "places": built.places}


def _files(folder: Path, municipalities: Sequence[str], perimeters: Sequence[Perimeter]) -> GroundFiles:
    declared = declared_territory()
    home = list(municipalities or (declared.municipality_codes if declared else ()))
    there = {layer: folder / layer for layer in Layer if (folder / layer).is_file()}
    return GroundFiles(
        home=home,
        towns=towns_around(home),
        perimeters=perimeters,
        addresses=there.get(Layer.ADDRESSES),
        streets=there.get(Layer.STREETS),
        places=there.get(Layer.PLACES),
    )


def publish_ground(prepared: Prepared, *, by: Actor, at: datetime) -> GroundVersion:
    """Make it current, perimeters too, in one transaction. Raises NotAllowed, NoTerritory, GroundMoved."""
    require(can_change_ground(by))
    version = f"{at:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    try:
        with transaction.atomic():
            territory = Territory.objects.select_for_update().first()
            if territory is None:
                raise NoTerritory
            current = current_ground()
            if (current.pk if current else 0) != prepared.base:
                raise GroundMoved
            prepared.folder.rename(ground_folder(version))
            if Layer.NEIGHBOURHOODS in prepared.replaced:
                _replace_neighbourhoods(territory, prepared.perimeters)
            row = GroundVersion.objects.create(
                territory=territory, version=version, made_at=at, **prepared.counts
            )
            fields = sorted(layer.name.lower() for layer in prepared.replaced)
            journal.record("territory.ground_changed", "ground", row.uid, by=by.ref, at=at, fields=fields)
            transaction.on_commit(forget_neighbourhoods)
            transaction.on_commit(forget_names)
    except BaseException:
        shutil.rmtree(prepared.folder, ignore_errors=True)
        shutil.rmtree(ground_folder(version), ignore_errors=True)
        raise
    transaction.on_commit(lambda: _sweep(now=at.timestamp()))
    return row


def update_ground(files: Mapping[Layer, Path], *, by: Actor, at: datetime) -> Prepared:
    """Replace these files of the ground, the others stay. Returns what was read.

    Raises: NotAllowed, NoTerritory, GroundRefused, GroundMoved.
    """
    require(can_change_ground(by))
    if not Territory.objects.exists():
        raise NoTerritory
    prepared = prepare_ground(files)
    publish_ground(prepared, by=by, at=at)
    return prepared


def _take_over(old: Path, new: Path, *, without: Mapping[Layer, Path]) -> None:
    for layer in Layer:
        if layer in without or not (old / layer).is_file():
            continue
        try:
            os.link(old / layer, new / layer)
        except OSError:  # a disk without hard links (FAT)
            shutil.copyfile(old / layer, new / layer)


def _replace_neighbourhoods(territory: Territory, perimeters: tuple[Perimeter, ...]) -> None:
    """Whole: those that the file no longer holds go. One that stays keeps its row, which others point to."""
    territory.neighbourhoods.exclude(code__in=[one.code for one in perimeters]).delete()
    for one in perimeters:
        Neighbourhood.objects.update_or_create(
            code=one.code,
            defaults={
                "territory": territory,
                "year": one.year,
                "name": one.name,
                "municipalities": list(one.towns),
                "perimeter": shapely.to_wkb(one.shape),
            },
        )


def _sweep(*, now: float) -> None:
    """Old folders go. A file that a worker still maps stays on Windows until the next change."""
    kept = set(GroundVersion.objects.order_by("-pk").values_list("version", flat=True)[:KEPT])
    GroundVersion.objects.exclude(version__in=kept).delete()
    for folder in Path(settings.GROUND_FOLDER).iterdir():
        fresh = folder.name.startswith(ASIDE) and now - folder.stat().st_mtime < OLD_SECONDS
        if folder.is_dir() and folder.name not in kept and not fresh:
            shutil.rmtree(folder, ignore_errors=True)
