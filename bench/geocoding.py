"""How fast, and how well, a typed address is found.

    .venv/bin/python bench/geocoding.py [--addresses 500000] [--mangled 1000] [--seed 7] [--file BAN.csv.gz]

Invents towns with streets and houses, builds their names, opens them, and asks for addresses mangled by a
program (`--seed`): capitals, lost accents, kinds of streets shortened, small words dropped, slips of the
finger, bis glued, numbers said aloud, postcode and town added, a floor before. Prints the milliseconds of one
question by the clock and by the processor (median, 99th percentile), the memory that a process takes to open
the names and answer, and the share of first answers within 100 m. `--file`: the same on the addresses of a
real town (columns of the Base adresse nationale).
"""

import argparse
import csv
import gzip
import math
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from allervers.engines.geocoding import House, Named, Names, Town, build, geocode
from allervers.engines.geocoding import Kind as Kinds

RIGHT_M = 100.0
TYPES = (
    ["Rue"] * 12
    + ["Avenue"] * 3
    + ["Impasse"] * 3
    + ["Allée"] * 3
    + ["Boulevard", "Place", "Chemin", "Route"] * 2
)
SHORT = {
    "Rue": ("r.", "r", "rue"), "Avenue": ("av", "av.", "ave"), "Boulevard": ("bd", "bld", "boul."),
    "Allée": ("all", "allee"), "Impasse": ("imp", "imp."), "Place": ("pl", "place"), "Chemin": ("ch", "che"),
    "Route": ("rte", "route"), "Square": ("sq",), "Général": ("gal", "gen"), "Maréchal": ("mal",),
    "Docteur": ("dr",), "Saint": ("st", "St"), "Sainte": ("ste",), "Commandant": ("cdt",),
}  # fmt: skip
_FIRST = (
    "Jean Pierre Marie Louis Paul Jacques Claude Émile Victor Jules Georges Henri Charles Léon Albert "
    "Simone François Gabriel Lucie Antoine Louise Camille Raymond Édouard Marcel René André Germaine "
    "Joséphine"
)
FIRST = _FIRST.split()
TITLES = ("Général", "Maréchal", "Docteur", "Saint", "Sainte", "Commandant", "Abbé", "Président")
_SYLLABLES = (
    "ba be bo bru ca cha che cla co cre da del do du fa fer fon ga gar go gri la lan le lo lu ma man "
    "mar mi mon na no pa per pi por ra re ri ro sa sar se so ta ter ti tou va ver vi vo"
)
SYLLABLES = _SYLLABLES.split()
ENDS = ("n", "rd", "rt", "s", "x", "t", "l", "ac", "ier", "elle", "otte", "ères", "eau", "ain", "on", "et")
SMALL = {"de", "du", "des", "la", "le", "les", "l", "d"}
ALOUD = {
    1: "un", 2: "deux", 5: "cinq", 7: "sept", 12: "douze", 20: "vingt", 21: "vingt et un",
    80: "quatre-vingts", 100: "cent", 112: "cent douze",
}  # fmt: skip


def country(size: int, *, rng: random.Random) -> tuple[list[Town], list[House]]:
    """Towns of all sizes whose streets share names, as real ones do."""
    surnames = sorted({_surname(rng) for _ in range(size // 40)})
    shared = [_street(rng, surnames) for _ in range(200)]  # « Rue de la Mairie » is everywhere
    towns, houses = [], []
    while len(houses) < size:
        code = f"{len(towns) + 10000:05d}"
        name = _surname(rng) + rng.choice(("", "", "-sur-" + _surname(rng), "-les-" + _surname(rng)))
        towns.append(Town(code, name, (code[:4] + "0",)))
        south, west = rng.uniform(43, 50), rng.uniform(-1, 7)
        streets = {_street(rng, surnames) for _ in range(int(rng.paretovariate(0.9) * 25) % 3000)}
        streets.update(rng.sample(shared, 20))
        for street in sorted(streets):
            houses += _houses(street, code, (south + rng.gauss(0, 0.02), west + rng.gauss(0, 0.02)), rng)
    return towns, houses[:size]


def _surname(rng: random.Random) -> str:
    return ("".join(rng.choices(SYLLABLES, k=rng.randint(1, 3))) + rng.choice(ENDS)).capitalize()


def _street(rng: random.Random, surnames: Sequence[str]) -> str:
    kind, name = rng.choice(TYPES), rng.choice(surnames)
    made = rng.random()
    if made < 0.35:
        return f"{kind} {rng.choice(FIRST)} {name}"
    if made < 0.45:
        return f"{kind} du {rng.choice(TITLES)} {name}"
    return f"{kind} {rng.choice(('de la', 'du', 'des', 'de', ''))} {name}".replace("  ", " ")


def _houses(street: str, code: str, start: tuple[float, float], rng: random.Random) -> Iterator[House]:
    heading, step = rng.uniform(0, 2 * math.pi), rng.choice((1, 1, 1, 12))
    for at in range(rng.randint(2, 50)):
        away = at * 0.00012
        mark = "bis" if rng.random() < 0.03 else ""
        yield House(
            number=1 + at * step,
            street=street,
            code_insee=code,
            latitude=start[0] + away * math.sin(heading),
            longitude=start[1] + away * math.cos(heading),
            repetition=mark,
            postcode=code[:4] + "0",
        )


def real(file: Path) -> tuple[list[Town], list[House]]:
    content = file.read_bytes()
    text = (gzip.decompress(content) if file.suffix == ".gz" else content).decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    towns = {row["code_insee"]: Town(row["code_insee"], row["nom_commune"]) for row in rows}
    houses = [
        House(
            int(row["numero"]), row["nom_voie"], row["code_insee"], float(row["lat"]), float(row["lon"]),
            row["rep"], row["code_postal"],
        )
        for row in rows
    ]  # fmt: skip
    return list(towns.values()), houses


class Mangler:
    """Writes an address as people type it. Each change has its own chance; a number is never lost."""

    def __init__(self, rng: random.Random, towns: Sequence[Town], *, always_town: bool) -> None:
        self._rng, self._always_town = rng, always_town
        self._towns = {town.code_insee: town.name for town in towns}

    def typed(self, house: House) -> str:
        street = " ".join(self._word(word) for word in house.street.split() if not self._drops(word))
        number = self._number(house)
        text = f"{number}{self._rng.choice((' ', ' ', ', '))}{street}"
        if self._always_town or self._rng.random() < 0.3:
            town = self._towns[house.code_insee]
            text += self._rng.choice((f" {town}", f", {house.postcode} {town}", f" à {town}"))
        if self._rng.random() < 0.05:
            text = self._rng.choice(("bâtiment B ", "appt 12, ", "3e étage ")) + text
        return self._rng.choice((str, str, str.upper, str.lower))(text)

    def _word(self, word: str) -> str:
        rng = self._rng
        shorter = SHORT.get(word.capitalize())
        if shorter and rng.random() < 0.5:
            return rng.choice(shorter)
        if len(word) >= 5 and not word.isdigit() and rng.random() < 0.25:
            word = self._slip(word)
        return _plain(word) if rng.random() < 0.5 else word

    def _slip(self, word: str) -> str:
        """One letter lost, doubled, swapped with the next or struck beside."""
        at = self._rng.randrange(1, len(word) - 1)
        return self._rng.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + self._rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],
            )
        )

    def _drops(self, word: str) -> bool:
        return word.lower() in SMALL and self._rng.random() < 0.2

    def _number(self, house: House) -> str:
        if not house.repetition and house.number in ALOUD and self._rng.random() < 0.3:
            return ALOUD[house.number]
        glue = self._rng.choice(("", " "))
        return f"{house.number}{glue}{house.repetition}" if house.repetition else str(house.number)


def _plain(word: str) -> str:
    return word.translate(str.maketrans("éèêëàâîïôûùüçÉÈÊ", "eeeeaaiiouuucEEE"))


def apart_m(house: House, latitude: float, longitude: float) -> float:
    north = (house.latitude - latitude) * 111_195
    east = (house.longitude - longitude) * 111_195 * math.cos(math.radians(latitude))
    return math.hypot(north, east)


def measure(title: str, towns: Sequence[Town], houses: Sequence[House], *, mangled: int, seed: int) -> None:
    rng = random.Random(seed)
    asked = rng.sample(list(houses), min(mangled, len(houses)))
    mangler = Mangler(rng, towns, always_town=len(towns) > 1)
    texts = [mangler.typed(house) for house in asked]
    named = [Named(town.name, Kinds.MUNICIPALITY, 0.0, 0.0, town.code_insee) for town in towns]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        began = time.perf_counter()
        built = build(Path(folder) / "names", houses, towns=towns, named=named)
        took = time.perf_counter() - began
        print(f"{title}: {built.houses} houses, {built.streets} streets, built in {took:.1f} s")
        names = Names.open(Path(folder) / "names")
        size = sum(file.stat().st_size for file in (Path(folder) / "names").iterdir())
        print(f"  columns on disk                      {size / 1e6:8.1f} MB")
        print(f"  memory to answer                     {served_mb(Path(folder) / 'names', texts):8.1f} MB")
        geocode(texts[0], names)
        clock = [_milliseconds(time.perf_counter, text, names) for text in texts]
        processor = [_milliseconds(time.process_time, text, names) for text in texts]
    report("one question, by the clock", clock)
    report("one question, by the processor", processor)
    wrong = [
        (text, house, found)
        for text, house, found in zip(texts, asked, clock, strict=True)
        if found.far(house)
    ]
    right = 1 - len(wrong) / len(texts)
    print(f"  first answer within {RIGHT_M:.0f} m {right * 100:20.1f} %  of {len(texts)} (seed {seed})")
    for text, house, found in islice(wrong, 8):
        print(f"    {text!r}: {house.number}{house.repetition} {house.street} → {found.said}")


class Asked(float):
    """Milliseconds, and the first answer."""

    said: str
    point: tuple[float, float] | None

    def far(self, house: House) -> bool:
        return self.point is None or apart_m(house, *self.point) > RIGHT_M


def _milliseconds(timer: Callable[[], float], text: str, names: Names) -> Asked:
    began = timer()
    found = geocode(text, names)
    asked = Asked((timer() - began) * 1000)
    asked.said = (
        f"{found[0].number} {found[0].name} {found[0].town} ({found[0].score:.2f})" if found else "nothing"
    )
    asked.point = (found[0].latitude, found[0].longitude) if found else None
    return asked


def report(what: str, taken: Sequence[float]) -> None:
    slow = sorted(taken)[min(int(len(taken) * 0.99), len(taken) - 1)]
    print(f"  {what:34} {median(taken):8.2f} ms   p99 {slow:8.2f} ms")


def served_mb(folder: Path, texts: Sequence[str]) -> float:
    """What a process of its own holds more once it has opened the names and answered."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        return apart.submit(_taken_mb, folder, texts).result()


def _taken_mb(folder: Path, texts: Sequence[str]) -> float:
    before = resident_mb()
    names = Names.open(folder)
    for text in texts:
        geocode(text, names)
    return resident_mb() - before


def resident_mb() -> float:
    """What is in memory now, mapped files included; nan where /proc is not (macOS, Windows)."""
    statm = Path("/proc/self/statm")
    return (
        int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if statm.exists() else math.nan
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--addresses", type=int, default=500_000)
    parser.add_argument("--mangled", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--file", type=Path, help="addresses of a real town, .csv or .csv.gz")
    options = parser.parse_args()
    if options.file:
        towns, houses = real(options.file)
        measure(options.file.name, towns, houses, mangled=options.mangled, seed=options.seed)
    else:
        towns, houses = country(options.addresses, rng=random.Random(options.seed))
        measure("invented", towns, houses, mangled=options.mangled, seed=options.seed)


if __name__ == "__main__":
    main()
