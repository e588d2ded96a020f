"""Each test has a ground folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from allervers.territory.queries.geocoding import forget_names
from allervers.territory.queries.neighbourhoods import forget_neighbourhoods


@pytest.fixture(autouse=True)
def own_ground(settings: object, tmp_path: Path) -> Iterator[Path]:
    settings.GROUND_FOLDER = tmp_path / "ground"
    forget_names()
    forget_neighbourhoods()
    yield tmp_path / "ground"
    forget_names()
    forget_neighbourhoods()
