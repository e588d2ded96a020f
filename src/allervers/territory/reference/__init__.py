"""The municipalities of France, from one compact file of the package. No database, no settings.

35,014 lines: 34,969 municipalities and the 45 wards of Paris, Lyon and Marseille. `make.py` writes the file
and says what its source does not hold; `ATTRIBUTION.md` says whose work it is.
"""

import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("communes.tsv.gz")
COLUMNS = (
    "code_insee",
    "nom",
    "codes_postaux",
    "epci",
    "epci_nom",
    "departement",
    "region",
    "population",
    "lat",
    "lon",
    "centre_estimated",
    "part_of",
)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality, or a ward of Paris, Lyon or Marseille. An empty text is unknown or none.

    `latitude`, `longitude`: its centre, degrees in WGS84; `centre_estimated`: the mean of its neighbours'.
    `population`: inhabitants, None where none is counted. `part_of`: for a ward, the code of its city.
    """

    code_insee: str
    nom: str
    codes_postaux: tuple[str, ...]
    epci: str
    epci_nom: str
    departement: str
    region: str
    population: int | None
    latitude: float
    longitude: float
    centre_estimated: bool = False
    part_of: str = ""

    @property
    def commune(self) -> str:
        """The code that rules and zones speak of: its own, or its city's for a ward."""
        return self.part_of or self.code_insee

    @property
    def zone_codes(self) -> tuple[str, ...]:
        """The codes of all that holds it, smallest first: ward, municipality, EPCI, department, region."""
        codes = (self.code_insee, self.part_of, self.epci, self.departement, self.region)
        return tuple(dict.fromkeys(code for code in codes if code))


@cache
def municipalities() -> dict[str, Municipality]:
    """All of them by code, in the order of codes. Read once a process."""
    with gzip.open(FILE, "rt", encoding="utf-8", newline="\n") as file:
        lines = file.read().splitlines()
    return {line[:5]: _municipality(line) for line in lines}


def _municipality(line: str) -> Municipality:
    code, nom, postcodes, epci, epci_nom, departement, region, *rest = line.split("\t")
    population, lat, lon, estimated, city = rest
    return Municipality(
        code_insee=code,
        nom=nom,
        codes_postaux=tuple(postcodes.split("|")) if postcodes else (),
        epci=epci,
        epci_nom=epci_nom,
        departement=departement,
        region=region,
        population=int(population) if population else None,
        latitude=float(lat),
        longitude=float(lon),
        centre_estimated=estimated == "1",
        part_of=city,
    )
