"""The catalogue against rules read one record at a time."""

from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.engines.exchange import Catalogue, Filters, Near, ServiceEntry, StructureEntry, build
from tests.engines.exchange.oracle import Oracle
from tests.engines.exchange.worlds import nears, questions, worlds

World = tuple[list[StructureEntry], list[ServiceEntry]]


def opened(world: World, folder: str) -> Catalogue:
    build(*world, Path(folder) / "catalogue")
    return Catalogue.open(Path(folder) / "catalogue")


def answers(catalogue: Catalogue, asked: Filters, near: Near | None, *, size: int) -> dict[str, object]:
    """Every route, page by page."""
    told: dict[str, list[object]] = {"structures": [], "services": [], "search_services": [], "search": []}
    for offset in range(0, 9, size):
        window = catalogue.structures(asked, offset=offset, limit=size)
        told["structures"] += [ident(catalogue.listed_structure(row)) for row in window.rows]
        window = catalogue.services(asked, offset=offset, limit=size)
        told["services"] += [ident(catalogue.detailed_service(row)) for row in window.rows]
        for name, method in (
            ("search_services", catalogue.search_services),
            ("search", catalogue.search),
        ):
            window = method(asked, near, offset=offset, limit=size)
            rows = [ident(catalogue.detailed_service(row)) for row in window.rows]
            told[name] += list(zip(rows, window.km.tolist(), strict=True))
    return dict(told)


def ident(body: memoryview) -> str:
    return str(orjson.loads(bytes(body))["id"])


def expected(oracle: Oracle, asked: Filters, near: Near | None) -> dict[str, object]:
    return {
        "structures": oracle.list_structures(asked),
        "services": oracle.list_services(asked),
        "search_services": oracle.search_services(asked, near),
        "search": oracle.search(asked, near),
    }


@given(worlds(), st.lists(st.tuples(questions(), nears()), min_size=1, max_size=6), st.integers(1, 7))
def test_every_page_holds_what_the_rules_say(
    world: World, asked: list[tuple[Filters, Near | None]], size: int
) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        catalogue, oracle = opened(world, folder), Oracle(*world)
        for filters, near in asked:
            assert answers(catalogue, filters, near, size=size) == expected(oracle, filters, near)


def test_the_oracle_sees_a_planted_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A catalogue that forgets `tous-publics` is caught."""
    monkeypatch.setattr("allervers.engines.exchange._filters.EVERYONE", "personne")
    structure = StructureEntry(id="s", source="dora", nom="S", body=b'{"id":"s"}', extra={})
    service = ServiceEntry(
        id="a",
        structure_id="s",
        source="dora",
        body=b'{"id":"a"}',
        extra={},
        nom="A",
        description="",
        score_qualite=1.0,
        publics=("tous-publics",),
    )
    build([structure], [service], tmp_path / "c")
    asked = Filters(publics=("jeunes",))

    found = answers(Catalogue.open(tmp_path / "c"), asked, None, size=5)
    assert found != expected(Oracle([structure], [service]), asked, None)
