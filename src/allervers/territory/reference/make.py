"""Makes `communes.tsv.gz` again: `python -m allervers.territory.reference.make communes.csv`.

Source: table of the French municipalities on 1 January 2026, Licence Ouverte (see `ATTRIBUTION.md`). Columns:
code_insee, nom, type, departement, region, population, codes_postaux (joined by `|`), epci, epci_nom, lon,
lat, and the employment basin, which is not kept. Same source, same bytes.

What the source does not hold: the former codes of merged municipalities and the delegated ones (its `type`
only knows `commune-actuelle` and `arrondissement-municipal`). So no former code resolves today; the wards of
Paris, Lyon and Marseille are tied to their city, which their postcodes tell.
"""

import argparse
import csv
import gzip
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean

from allervers.territory.reference import COLUMNS, FILE

Row = dict[str, str]
WARD = "arrondissement-municipal"
DECIMALS = 4  # of a degree, as the source: about 10 m


class NoCentre(Exception):
    """A municipality whose postcode and EPCI hold no other one with a centre."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the reference of municipalities again.")
    parser.add_argument("source", type=Path, help="communes.csv")
    parser.add_argument("--to", type=Path, default=FILE)
    given = parser.parse_args()
    rows = read(given.source)
    estimated = estimate_centres(rows)
    tie_wards(rows)
    write(rows, given.to)
    print(f"{len(rows)} municipalities, {given.to.stat().st_size:,} bytes")
    print("no centre in the source, estimated: " + ", ".join(estimated))


def read(source: Path) -> list[Row]:
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted(rows, key=lambda row: row["code_insee"])


def estimate_centres(rows: Sequence[Row]) -> list[str]:
    """Give those without a centre the mean of their postcode's, else of their EPCI's; say what was done."""
    known = [row for row in rows if row["lon"] and row["lat"]]
    said = []
    for row in [row for row in rows if not (row["lon"] and row["lat"])]:
        neighbours, of_what = _neighbours(row, known)
        for axis in ("lon", "lat"):
            row[axis] = f"{fmean(float(other[axis]) for other in neighbours):.{DECIMALS}f}"
        row["centre_estimated"] = "1"
        said.append(f"{row['nom']} ({row['code_insee']}, {len(neighbours)} of its {of_what})")
    return said


def _neighbours(row: Row, known: Iterable[Row]) -> tuple[list[Row], str]:
    """Those of one of its postcodes in its own EPCI: a postcode may span two valleys."""
    together = [other for other in known if other["epci"] == row["epci"] and row["epci"]]
    postcodes = set(row["codes_postaux"].split("|"))
    if same := [other for other in together if postcodes & set(other["codes_postaux"].split("|"))]:
        return same, "postcode"
    if together:
        return together, "EPCI"
    raise NoCentre(row["code_insee"])


def tie_wards(rows: Sequence[Row]) -> None:
    """Give each ward its city's code and EPCI: the source leaves them blank."""
    for ward in [row for row in rows if row["type"] == WARD]:
        city = _city(ward, rows)
        ward |= {"part_of": city["code_insee"], "epci": city["epci"], "epci_nom": city["epci_nom"]}


def _city(ward: Row, rows: Sequence[Row]) -> Row:
    postcodes = set(ward["codes_postaux"].split("|"))
    cities = [
        row
        for row in rows
        if row["type"] != WARD
        and ward["nom"].startswith(row["nom"] + " ")
        and postcodes <= set(row["codes_postaux"].split("|"))
    ]
    (city,) = cities
    return city


def write(rows: Iterable[Row], to: Path) -> None:
    """Tab-separated, one line each, without header; no date inside: the same source gives the same bytes."""
    lines = ("\t".join(row.get(column) or "" for column in COLUMNS) + "\n" for row in rows)
    text = "".join(lines).encode()
    to.write_bytes(gzip.compress(text, compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
