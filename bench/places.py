"""How fast the towns of France are matched with what people type.

    .venv/bin/python bench/places.py [--times 50]

Asks for the hardest texts (three letters, a name that hundreds of towns begin with, slips of the finger, a
very long text) again and again, then prints for each the milliseconds of an answer by the clock and by the
processor: the best and the median.
"""

import argparse
import time
from statistics import median

from allervers.territory.reference.matching import french_names, ranked

TYPED = ("saint", "sai", "34080", "montpelier", "saint denis la reunion", "x" * 5000)
LIMIT = 8  # answers, as a page asks for
SHOWN = 24  # characters of a text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50)
    times = parser.parse_args().times
    began = time.perf_counter()
    french_names()
    print(f"names opened in {1000 * (time.perf_counter() - began):.0f} ms")
    for typed in TYPED:
        wall, processor = zip(*(_asked(typed) for _ in range(times)), strict=True)
        print(
            f"{typed[:SHOWN]:<{SHOWN}}  clock: best {min(wall):6.2f} ms, median {median(wall):6.2f} ms"
            f"   processor: best {min(processor):6.2f} ms, median {median(processor):6.2f} ms"
        )


def _asked(typed: str) -> tuple[float, float]:
    """Milliseconds of one answer, by the clock and by the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    ranked(french_names().scored(typed), home=(), limit=LIMIT)
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - processor)


if __name__ == "__main__":
    main()
