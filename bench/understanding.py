"""How well sentences are understood, on the two halves of the test set.

    python bench/understanding.py [--language CODE] [--held-out-errors]

Prints for each language that has a test set (or for the one named), with and without embeddings, and with
the synonyms taken away:

top-1        share of the sentences asking for something whose first answer is an expected need
top-3        share of them of which every expected need (at most three) is among the first three answers
false needs  share of the sentences asking for nothing that are answered with a need
extra        answers beyond the expected ones, a sentence asking for something (a chip too many on the page)
publics      share of the sentences telling of a public for which it is answered
urgent       share of the emergencies recognised (of any kind, then of the right kind) and of the
             lookalikes taken for one
ms           median and 95th percentile of the time of one sentence, after the first

n/a stands where a test set holds no such sentences. Without embeddings is the share of the phrases said
(lexical) and of the letters; without synonyms that of the embeddings over bare labels.

Then the worst needs first. The errors of the tuning half are listed; those of the held-out half only
when asked for, which ends its life as a held-out half.
"""

import argparse
import math
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from allervers.engines.vocabulary import Listener, Understanding, embeddings_available, understander

FOLDER = Path(__file__).parent.parent / "tests" / "engines" / "vocabulary" / "sentences"
SENTENCES = FOLDER / "fr.yaml"
HALVES = ("tuning", "held_out")


@dataclass(frozen=True)
class Figures:
    """What was counted on one half; shares are 0 to 1."""

    top_1: float
    top_3: float
    false_needs: float
    extra: float
    publics: float
    urgent: float
    urgent_kind: float
    false_urgent: float
    milliseconds: tuple[float, float]
    misses: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]  # text, expected, answered
    worst: tuple[tuple[str, int, int], ...]  # need, missed, asked


def sentences(path: Path = SENTENCES) -> dict[str, dict[str, list[Any]]]:
    """Both halves as written."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def measure(half: dict[str, list[Any]], reader: Listener) -> Figures:
    """The figures of `reader` on one half of the sentences."""
    times: list[float] = []

    def read(text: str) -> Understanding:
        start = time.perf_counter()
        understood = reader.understand(text)
        times.append((time.perf_counter() - start) * 1000)
        return understood

    read("bonjour")
    times.clear()
    asking = [(one["text"], tuple(one["needs"]), _needs(read(one["text"]))) for one in half["asking"]]
    nothing = [_needs(read(text)) for text in half["nothing"]]
    publics = [
        (one["public"], {got.value for got in read(one["text"]).publics}) for one in half.get("publics", ())
    ]
    urgent = [(one["kind"], read(one["text"]).urgent) for one in half.get("urgent", ())]
    calm = [read(text).urgent for text in half.get("calm", ())]
    return Figures(
        top_1=_share(answered[:1] != () and answered[0] in expected for _, expected, answered in asking),
        top_3=_share(set(expected[:3]) <= set(answered[:3]) for _, expected, answered in asking),
        false_needs=_share(bool(answered) for answered in nothing),
        extra=statistics.mean(len(set(answered) - set(expected)) for _, expected, answered in asking),
        publics=_share(public in answered for public, answered in publics),
        urgent=_share(found is not None for _, found in urgent),
        urgent_kind=_share(found is not None and found.kind == kind for kind, found in urgent),
        false_urgent=_share(found is not None for found in calm),
        milliseconds=(statistics.median(times), statistics.quantiles(times, n=20)[-1]),
        misses=tuple(one for one in asking if not _is_understood(*one[1:])),
        worst=tuple(_worst(asking)),
    )


def _needs(understood: Understanding) -> tuple[str, ...]:
    return tuple(one.value for one in understood.thematiques)


def _share(facts: Iterator[bool]) -> float:
    counted = list(map(float, facts))
    return statistics.mean(counted) if counted else math.nan


def _is_understood(expected: Sequence[str], answered: Sequence[str]) -> bool:
    return answered[:1] != () and answered[0] in expected and set(expected[:3]) <= set(answered[:3])


def _worst(asking: Sequence[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> Iterator[tuple[str, int, int]]:
    asked = Counter(need for _, expected, _ in asking for need in expected)
    missed = Counter(
        need for _, expected, answered in asking for need in expected if need not in answered[:3]
    )
    missed.update(
        expected[0] for _, expected, answered in asking if answered[:1] and answered[0] not in expected
    )
    for need, count in missed.most_common():
        yield need, count, asked[need]


def _print(name: str, half: str, figures: Figures, *, with_misses: bool) -> None:
    f = figures
    print(
        f"{name:32} {half:9} top-1 {f.top_1:6.1%}  top-3 {f.top_3:6.1%}  false needs {f.false_needs:5.1%}  "
        f"extra {f.extra:4.2f}  publics {f.publics:5.1%}  urgent {f.urgent:5.1%} (kind {f.urgent_kind:5.1%}, "
        f"false {f.false_urgent:4.1%})  ms {f.milliseconds[0]:.0f}, {f.milliseconds[1]:.0f}"
    )
    for need, missed, asked in f.worst if with_misses else ():
        print(f"    {need}: {missed} of {asked} missed")
    for text, expected, answered in f.misses if with_misses else ():
        print(f"    « {text} »\n        expected {', '.join(expected)}")
        print(f"        answered {', '.join(answered) or 'nothing'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--held-out-errors", action="store_true", help="list them: it can then no longer be held out"
    )
    parser.add_argument("--language", help="fr, en, ar…: this one alone")
    shown = parser.parse_args()
    for code in [shown.language] if shown.language else sorted(path.stem for path in FOLDER.glob("*.yaml")):
        print(f"\n{code}")
        _print_language(code, held_out_errors=shown.held_out_errors)


def _print_language(code: str, *, held_out_errors: bool) -> None:
    halves = sentences(FOLDER / f"{code}.yaml")
    for name, reader, is_main in _readers(code):
        for half in HALVES:
            figures = measure(halves[half], reader)
            listed = is_main and (half == "tuning" or held_out_errors)
            _print(name, half, figures, with_misses=listed)
            if is_main and not listed:
                missed = ", ".join(need for need, _, _ in figures.worst)
                print(f"    needs with a miss, worst first: {missed or 'none'}")


def _readers(code: str) -> Iterator[tuple[str, Listener, bool]]:
    if embeddings_available():
        yield "with embeddings", understander(code), True
    yield "without embeddings", understander(code, with_embeddings=False), not embeddings_available()
    yield "without synonyms", understander(code, with_synonyms=False), False
    yield "without either", understander(code, with_embeddings=False, with_synonyms=False), False


if __name__ == "__main__":
    main()
