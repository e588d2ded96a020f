"""How long a country takes to search.

    .venv/bin/python bench/search.py [--services 100000] [--seed 3] [--rounds 30]

Writes an invented directory (places spread over France, thicker in some towns; half of the sheets without
hours, fee or date, as real ones are), builds its index, opens it, and asks each kind of question `rounds`
times from different places. Prints milliseconds: the median and the slowest of twenty; the first question of
all, which reads the hours, is told apart.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from allervers.engines.search import Index, Place, Query, ServiceDocument, build

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Europe/Paris"))
CATEGORIES, NEEDS_EACH, TOWNS = 16, 4, 2000
PUBLICS = (
    "tous-publics",
    "jeunes",
    "familles",
    "femmes",
    "seniors",
    "demandeurs-emploi",
    "personnes-exilees",
)
SYLLABLES = ("ba", "cre", "da", "fo", "gui", "lo", "mai", "nou", "par", "ro", "sa", "tou", "ver", "zan")


def directory(size: int, *, rng: random.Random) -> Iterator[ServiceDocument]:
    towns = [(rng.uniform(42.5, 50.8), rng.uniform(-1.5, 7.5)) for _ in range(TOWNS)]
    lexicon = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(8000)]
    needs = [f"categorie-{c}--besoin-{n}" for c in range(CATEGORIES) for n in range(NEEDS_EACH)]
    for number in range(size):
        town = int(rng.paretovariate(0.7)) % TOWNS
        latitude, longitude = towns[town]
        yield ServiceDocument(
            id=f"source--{number}",
            structure_id=f"structure--{number // 3}",
            nom=" ".join(rng.choices(lexicon, k=4)),
            description=" ".join(rng.choices(lexicon, k=60)),
            structure_nom=" ".join(rng.choices(lexicon, k=4)),
            thematiques=tuple(rng.sample(needs, k=rng.randint(1, 3))),
            publics=tuple(rng.sample(PUBLICS, k=rng.randint(0, 2))),
            frais=rng.choice((None, None, "gratuit", "payant")),
            modes_accueil=rng.choice((("en-presentiel",), ("en-presentiel", "a-distance"), ())),
            zone_eligibilite=rng.choice(((), (), ("france",), (f"{town:05d}",), (f"{town:05d}"[:2],))),
            latitude=rng.gauss(latitude, 0.03),
            longitude=rng.gauss(longitude, 0.03),
            code_insee=f"{town:05d}",
            horaires=hours(rng) if rng.random() < 0.5 else None,
            source=f"source-{number % 20}",
            confirmed_on=date(2026, 11, 24) - timedelta(days=rng.randint(0, 1500))
            if rng.random() < 0.5
            else None,
        )


def hours(rng: random.Random) -> str:
    first, last = sorted(rng.sample(("Mo", "Tu", "We", "Th", "Fr"), k=2))
    plain = (
        f"{first}-{last} {rng.randint(7, 11):02d}:{rng.choice(('00', '15', '30'))}-{rng.randint(12, 19)}:00"
    )
    return f"{plain}; PH off" if rng.random() < 0.05 else plain


def questions(rng: random.Random) -> dict[str, Callable[[], Query]]:
    def place(radius_m: int | None) -> Place:
        code = f"{rng.randrange(TOWNS):05d}"
        point = {"latitude": rng.uniform(43, 50), "longitude": rng.uniform(-1, 7)}
        return Place(**point, radius_m=radius_m, code_insee=code, departement=code[:2])

    def need() -> str:
        return f"categorie-{rng.randrange(CATEGORIES)}--besoin-{rng.randrange(NEEDS_EACH)}"

    return {
        "one need, 50 km": lambda: Query(needs=(need(),), place=place(50_000)),
        "two needs, free, open tomorrow": lambda: Query(
            needs=(need(), need()), place=place(50_000), free_only=True, open_within_days=1
        ),
        "a category, whole country": lambda: Query(
            needs=(f"categorie-{rng.randrange(CATEGORIES)}",), place=place(None)
        ),
        "two words, 50 km": lambda: Query(text=f"{rng.choice(SYLLABLES)}maisa crefolo", place=place(50_000)),
        "the beginning of a word": lambda: Query(text=f"{rng.choice(SYLLABLES)}{rng.choice(SYLLABLES)}"),
        "everything": lambda: Query(),
    }


def milliseconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def report(what: str, taken: list[float]) -> None:
    slow = sorted(taken)[int(len(taken) * 0.95) - 1]
    print(f"{what:34} {median(taken):8.1f} ms   {slow:8.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--services", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    documents = list(directory(options.services, rng=rng))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        measure(documents, Path(folder) / "index", rounds=options.rounds, rng=rng)


def measure(documents: list[ServiceDocument], folder: Path, *, rounds: int, rng: random.Random) -> None:
    print(f"build  {milliseconds(lambda: build(documents, folder)) / 1000:8.1f} s")
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"file   {size / 1e6:8.1f} MB for {len(documents)} services")
    print(f"open   {milliseconds(lambda: Index.open(folder).close()):8.1f} ms, every byte checked")
    with Index.open(folder) as index:
        kinds = questions(rng)
        print(f"first  {milliseconds(lambda: index.page(kinds['one need, 50 km'](), now=NOW)):8.1f} ms")
        print(f"\n{'a page of ten':34} {'median':>11}   {'slowest of 20':>11}")
        for what, question in kinds.items():
            asked = [question() for _ in range(rounds)]
            report(what, [milliseconds(partial(index.page, query, now=NOW)) for query in asked])
        first = milliseconds(lambda: index.organisations_named("maison lobada"))
        names = [f"{rng.choice(SYLLABLES)}lobada crefolo" for _ in range(rounds)]
        report(
            "an organisation by name",
            [milliseconds(partial(index.organisations_named, name)) for name in names],
        )
        print(f"{'  the first, which reads the names':34} {first:8.1f} ms")


if __name__ == "__main__":
    main()
