"""Rivelaine enters a data folder, by the same doors as a real town: a territory, its ground, a list."""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final

import orjson
from django.conf import settings
from django.db import transaction

from allervers.accounts.actor import Actor
from allervers.demo.ground import write_ground
from allervers.demo.people import directory
from allervers.demo.towns import TOWNS, municipalities
from allervers.directory.actions.importing import Onlooker, import_files
from allervers.directory.intake.report import Report
from allervers.directory.models import ImportRun
from allervers.territory.actions import create_territory, prepare_ground, publish_ground
from allervers.territory.queries import declared_territory
from allervers.territory.queries.declared import DeclaredDesk
from allervers.territory.queries.ground import Layer, current_ground

SLUG: Final = "rivelaine"
FEED: Final = "rivelaine"
DESK: Final = DeclaredDesk("Le guichet de Rivelaine", "01 99 00 12 34", "Mo-Fr 08:30-18:00; Sa 09:00-12:00")


class OtherTerritory(Exception):
    """This data folder already serves a real territory: nothing fictional enters it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def prepare_demo(*, by: Actor, now: datetime, onlooker: Onlooker) -> Report | None:
    """The territory, its ground and its people, each where it is missing. None when all was there.

    Raises OtherTerritory, and what the doors refuse.
    """
    declared = declared_territory()
    if declared is not None and declared.slug != SLUG:
        raise OtherTerritory(declared.name)
    if declared is None or current_ground() is None:
        onlooker.note("Rivelaine, ville fictive : on trace sa rivière, ses rues, ses quartiers…")
        _lay_the_ground(by=by, now=now, is_new=declared is None, onlooker=onlooker)
    if ImportRun.objects.filter(feed__slug=FEED).exists():
        return None
    onlooker.note("On y installe les organisations et leurs services…")
    return _bring_the_people(by=by, now=now, onlooker=onlooker)


def _lay_the_ground(*, by: Actor, now: datetime, is_new: bool, onlooker: Onlooker) -> None:
    codes = [town.code for town in TOWNS]
    with _aside() as folder, transaction.atomic():
        if is_new:
            create_territory(
                SLUG,
                name="Rivelaine",
                municipalities=codes,
                local_municipalities=municipalities(),
                time_zone="Europe/Paris",
                desks=[DESK],
                by=by,
                at=now,
            )
        files = write_ground(Path(folder))
        layers = {
            Layer.NEIGHBOURHOODS: files.neighbourhoods,
            Layer.ADDRESSES: files.addresses,
            Layer.STREETS: files.streets,
            Layer.PLACES: files.places,
        }
        prepared = prepare_ground(
            layers,
            municipalities=codes,
            watch=lambda step, done, total: onlooker.advance(step, done=done, total=total),
        )
        publish_ground(prepared, by=by, at=now)


def _bring_the_people(*, by: Actor, now: datetime, onlooker: Onlooker) -> Report:
    people = directory(now.date())
    with _aside() as folder:
        structures, services = Path(folder) / "structures.json", Path(folder) / "services.json"
        structures.write_bytes(orjson.dumps(people.structures))
        services.write_bytes(orjson.dumps(people.services))
        return import_files([structures, services], feed=FEED, by=by, now=now, onlooker=onlooker)


def _aside() -> tempfile.TemporaryDirectory[str]:
    """Beside the data: the system's own temporary folder may be small, or read by others."""
    folder = Path(settings.DATA)
    folder.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix="rivelaine-", dir=folder, ignore_cleanup_errors=True)
