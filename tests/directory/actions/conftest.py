"""A data folder of its own, and files as data·inclusion writes them."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from allervers.accounts.actor import SYSTEM
from allervers.directory.actions.importing import import_files
from allervers.directory.queries.indexes import forget_index

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def data_folder(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.INDEX_FOLDER = settings.DATA / "index"
    forget_index()
    yield settings.DATA
    forget_index()


@pytest.fixture
def write(tmp_path):
    """Write records as a weekly file: `write("a.csv", records)` or `write("a.json", records)`."""

    def written(name: str, records: list[dict]) -> Path:
        path = tmp_path / name
        if path.suffix == ".json":
            path.write_text(json.dumps([_as_json(record) for record in records]), encoding="utf-8")
            return path
        columns = dict.fromkeys(column for record in records for column in record)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(records)
        return path

    return written


def _as_json(record: dict) -> dict:
    moment = datetime.fromisoformat(record["date_maj"]).replace(tzinfo=UTC)
    return record | {"date_maj": int(moment.timestamp() * 1000)}


@pytest.fixture
def take_in(data_folder, transactional_db):
    """Import files and give the report as JSON."""

    def taken(*paths: Path, feed: str = "essai", now: datetime = NOW, **options) -> dict:
        return import_files(paths, feed=feed, by=SYSTEM, now=now, **options).as_json()

    return taken


def structure(number: int, **fields) -> dict:
    return {
        "source": "essai",
        "id": f"essai--{number}",
        "nom": f"Maison {number}",
        "date_maj": "2026-11-01",
        "site_web": None,
        "telephone": "0199001234",
        "latitude": 43.632,
        "longitude": 3.822,
    } | fields


def service(number: int, of: int, **fields) -> dict:
    return {
        "source": "essai",
        "structure_id": f"essai--{of}",
        "id": f"essai--{number}",
        "nom": f"Halte-garderie {number}",
        "description": "Accueil des enfants quelques heures.",
        "date_maj": "2026-11-02",
        "thematiques": ["famille--garde-denfants", "famille--soutien-aidants"],
        "publics": None,
    } | fields


@pytest.fixture
def make_structure():
    return structure


@pytest.fixture
def make_service():
    return service
