"""Geocoding: a typed address -> a place, offline.

Addresses are built once into an immutable folder and mapped into memory; nothing here reads a clock, a
database or the network.

    build(folder, houses, towns=towns, named=places, lines=lines)   # the folder must not exist yet
    names = Names.open(folder)
    geocode("12bis av du gal de gaulle", names)                     # Match…, best first

- Layers: `geocode(text, names, others)` asks several sets of names as one; `Names.of` holds a few.
- Scores go from 1 (the very words) to 0; equal ones are a choice for the person. How: `_matching.py`.
- A number that is not loaded stands between the nearest two: `Kind.INTERPOLATED`, `Match.between`.
- `shown_name`: names in capitals, in a form fit to be read.
- Errors are those of `allervers.columns`: FolderTaken, FolderUnreadable.
"""

from allervers.engines.geocoding._build import Built, build
from allervers.engines.geocoding._geocoder import Names, geocode
from allervers.engines.geocoding._naming import accents_of, shown_name
from allervers.engines.geocoding._said import House, Kind, Line, Match, Named, Town

__all__ = [
    "Built",
    "House",
    "Kind",
    "Line",
    "Match",
    "Named",
    "Names",
    "Town",
    "accents_of",
    "build",
    "geocode",
    "shown_name",
]
