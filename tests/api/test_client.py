"""The client of `docs/api.md`, and what a real one does, against `allervers serve --workers 2`."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.cli.running import run, served

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"
SHARED_ID = "rive/1"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("api")
    structure = {
        "source": "rive",
        "id": SHARED_ID,
        "nom": "Centre social",
        "date_maj": "2026-11-01",
        "commune": "Montpellier",
        "code_insee": "34172",
        "code_postal": "34000",
    }
    services = [
        {
            "source": "rive",
            "structure_id": SHARED_ID,
            "id": SHARED_ID if number == 0 else f"rive--{number}",
            "nom": f"Service {number}",
            "description": "Un service pour essayer, décrit en une phrase assez longue.",
            "date_maj": "2026-11-01",
            "thematiques": ["mobilite--preparer-un-permis"],
            "modes_accueil": ["a-distance"],
            "frais": None if number % 2 else "gratuit",
        }
        for number in range(7)
    ]
    for name, rows in (("structures", [structure]), ("services", services)):
        (folder / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    data = folder / "data"
    done = run(
        "import", str(folder / "structures.json"), str(folder / "services.json"), "--feed", "essai", data=data
    )
    assert done.returncode == 0, done.stderr
    with served(data, "--workers", "2") as server:
        yield f"http://localhost:{server.port}"


@pytest.fixture(scope="module")
def everything() -> Callable[[str, str], Iterator[dict[str, Any]]]:
    """The function written in the guide, as it stands there."""
    code = re.search(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert code
    names: dict[str, Any] = {}
    exec(code[1], names)  # our own guide: it must run as it is printed
    return names["everything"]  # type: ignore[no-any-return]


def get(base: str, path: str) -> tuple[int, Any]:
    try:
        with urlopen(f"{base}/api/v1/{path}") as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def test_the_client_of_the_guide_reads_everything_once(
    base: str, everything: Callable[[str, str], Iterator[dict[str, Any]]]
) -> None:
    services = [service["id"] for service in everything(base, "services")]

    assert services == sorted([SHARED_ID, *(f"rive--{number}" for number in range(1, 7))])
    assert [structure["id"] for structure in everything(base, "structures")] == [SHARED_ID]


def test_a_real_client_asks_details_and_forgets_what_is_gone(base: str) -> None:
    service = get(base, f"services/{quote(SHARED_ID, safe='')}")
    structure = get(base, f"structures/{quote(SHARED_ID, safe='')}")

    assert (service[0], service[1]["nom"]) == (200, "Service 0")
    assert (structure[0], len(structure[1]["services"])) == (200, 7)
    assert get(base, "services/gone") == (404, {"detail": "Not Found"})


def test_a_real_client_searches_by_municipality_and_need(base: str) -> None:
    status, page = get(base, "search/services?code_commune=34172&thematiques=mobilite&size=3")

    assert (status, page["total"], page["size"], page["pages"]) == (200, 7, 3, 3)
    assert [item["distance"] for item in page["items"]] == [None, None, None]
    assert [item["service"]["frais"] for item in page["items"]] == [None, "gratuit", None]
