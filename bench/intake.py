"""How fast a national file is taken in, and in how much memory.

    .venv/bin/python bench/intake.py [--rows 20000] [--seed 6] [--forms csv,json,geojson,parquet,xlsx]

The bar: `--rows 160000` new in 120 s, again unchanged in 40 s; 200 MB of CSV within 300 MB of memory.

Writes invented records as the weekly files write theirs (CSV with Python text lists, JSON with milliseconds),
imports them into a data folder of their own, then again unchanged, then from JSON. Each import is a process;
memory is the most that it ever held, Python and Django included (about 90 MB), before the index is built and
at the end: the index is made in memory, the intake is not.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook

SERVICES_A_STRUCTURE = 3
NEEDS = (
    "famille--garde-denfants",
    "numerique--acceder-a-des-services-en-ligne",
    "mobilite--preparer-un-permis",
)
PUBLICS = ("familles", "jeunes", "demandeurs-emploi", "seniors")
MIDNIGHT = 1_764_547_200_000  # 2025-12-01, in milliseconds
LENGTH = range(200, 2000)  # characters of a description

# A process that imports, and says how: seconds and peak memory (MB) before the index, and at the end.
CHILD = """
import json, sys, time
from pathlib import Path
from allervers.cli.app import set_up
set_up()
from django.utils import timezone
from allervers.cli.prepared import prepared
prepared()
from allervers.accounts.actor import SYSTEM
from allervers.directory.actions.importing import import_files

def so_far():
    seconds = time.perf_counter() - began, time.process_time()
    status = Path("/proc/self/status")
    if status.exists():  # Linux: ru_maxrss would count what the bench itself held
        return seconds, int(status.read_text().split("VmHWM:")[1].split()[0]) / (1 << 10)
    try:
        import resource
    except ImportError:  # Windows keeps no such count
        return seconds, None
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit

class BeforeIndex(BaseException):
    pass

class Watch:
    before_index = None
    def advance(self, step, *, done, total): ...
    def note(self, sentence):
        if "index" in sentence:
            self.before_index = so_far()
            if not build:
                raise BeforeIndex

began, watch = time.perf_counter(), Watch()
build = sys.argv[1] == "index"
files = [Path(path) for path in sys.argv[2:]]
counts = {}
try:
    report = import_files(files, feed="bench", by=SYSTEM, now=timezone.now(), onlooker=watch)
    counts = {name: value for name, value in report.as_json().items() if name != "rejected" and value}
except BeforeIndex:  # the records are in
    pass
end = so_far()
print(json.dumps({"intake": watch.before_index or end, "end": end, "counts": counts}))
"""


def structures(rows: int, dice: random.Random) -> Iterator[dict]:
    for number in range(rows):
        yield {
            "source": "banc",
            "id": f"banc--{number}",
            "nom": f"Maison de l’emploi numéro {number}",
            "date_maj": "2025-12-01",
            "commune": "Montpellier",
            "code_postal": "34000",
            "code_insee": "34172",
            "adresse": f"{dice.randrange(300)} rue de l’Essai",
            "longitude": dice.uniform(3.7, 4.0),
            "latitude": dice.uniform(43.5, 43.7),
            "telephone": "0199001234",
            "courriel": f"accueil{number}@essai.example",
            "site_web": f"https://essai.example/{number}",
            "horaires_accueil": "Mo-Fr 09:00-12:00,14:00-17:00",
        }


def services(rows: int, dice: random.Random) -> Iterator[dict]:
    for number in range(rows):
        yield {
            "source": "banc",
            "structure_id": f"banc--{number // SERVICES_A_STRUCTURE}",
            "id": f"banc--service-{number}",
            "nom": f"Atelier numéro {number}",
            "description": ("Un accueil, un conseil, un pas de plus. " * 50)[: dice.choice(LENGTH)],
            "date_maj": "2025-12-01",
            "type": "accompagnement",
            "thematiques": dice.sample(NEEDS, dice.randint(1, len(NEEDS))),
            "frais": "gratuit",
            "publics": dice.sample(PUBLICS, dice.randint(1, len(PUBLICS))),
            "modes_accueil": ["en-presentiel"],
            "zone_eligibilite": ["34172"],
            "modes_mobilisation": ["telephoner"],
            "mobilisable_par": ["usagers", "professionnels"],
        }


def write_csv(path: Path, records: Iterator[dict]) -> Path:
    first = next(records)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, first)
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(records)
    return path


def write_json(path: Path, records: Iterator[dict]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for number, record in enumerate(records):
            file.write(",\n" if number else "[")
            file.write(json.dumps(record | {"date_maj": MIDNIGHT}, ensure_ascii=False))
        file.write("]")
    return path


def write_geojson(path: Path, records: Iterator[dict]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for number, record in enumerate(records):
            feature = {"type": "Feature", "properties": record, "geometry": None}
            file.write((",\n" if number else "") + json.dumps(feature, ensure_ascii=False))
        file.write("]}")
    return path


def write_parquet(path: Path, records: Iterator[dict]) -> Path:
    rows = list(records)
    pq.write_table(pa.Table.from_pylist(rows), path)  # one row group of all, as pandas writes it
    return path


def write_xlsx(path: Path, records: Iterator[dict]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    first = next(records)
    sheet.append(list(first))
    for record in chain([first], records):
        sheet.append([str(value) for value in record.values()])
    book.save(path)
    return path


WRITERS = {
    "csv": write_csv,
    "json": write_json,
    "geojson": write_geojson,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}


def measured(data: Path, *files: Path, index: bool) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, "index" if index else "records", *map(str, files)],
        env=os.environ | {"ALLERVERS_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def main() -> None:
    options = argparse.ArgumentParser(description="Rows a second and memory of an import.")
    options.add_argument("--rows", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=6)
    options.add_argument(
        "--forms", default="csv,json", help="the first is imported new, then again unchanged"
    )
    options.add_argument(
        "--no-index", dest="index", action="store_false", help="stop once the records are in"
    )
    asked = options.parse_args()
    few = asked.rows // (SERVICES_A_STRUCTURE + 1)
    many = asked.rows - few
    forms = asked.forms.split(",")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        files = {
            form: (
                write(root / f"structures.{form}", structures(few, random.Random(asked.seed))),
                write(root / f"services.{form}", services(many, random.Random(asked.seed))),
            )
            for form, write in ((form, WRITERS[form]) for form in forms)
        }
        print(f"{asked.rows} rows, seed {asked.seed}, {time.strftime('%Y-%m-%d')}")
        for words, form in (("new", forms[0]), ("again", forms[0]), *(("again", form) for form in forms[1:])):
            weight = sum(path.stat().st_size for path in files[form]) / 1e6
            print(
                f"{words}, {form}".ljust(16),
                f"{weight:4.0f} MB",
                told(measured(root / "data", *files[form], index=asked.index), asked.rows),
                flush=True,
            )


def told(result: dict, rows: int) -> str:
    ((intake, cpu), intake_mb), ((end, _cpu), end_mb) = result["intake"], result["end"]
    memory = f"peak {intake_mb:.0f} MB, then {end_mb:.0f} MB" if end_mb else "peak not measured"
    speed = f"{intake:6.1f} s (CPU {cpu:.1f}) + index {end - intake:5.1f} s = {rows / end:6.0f} rows/s"
    return f"{speed}  {memory}  {result['counts']}"


if __name__ == "__main__":
    main()
