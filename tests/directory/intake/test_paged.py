"""The paginated API: whole, or a failed run."""

from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from allervers.directory.intake.paged import PAGE_SIZE, fetch_pages, is_paged, preferred
from allervers.directory.intake.refusal import Refused

URL = "https://api.essai.example/api/v1/structures"


def pages(*lists, total=None):
    """A transport that gives these lists of ids as pages."""
    asked = []

    def get(url: str) -> bytes:
        asked.append(url)
        number = int(parse_qs(urlsplit(url).query)["page"][0])
        items = [{"id": ident, "nom": ident} for ident in lists[number - 1]]
        count = len({one for some in lists for one in some}) if total is None else total
        said = count[number - 1] if isinstance(count, list) else count
        return orjson.dumps({"items": items, "total": said, "page": number, "pages": len(lists)})

    get.asked = asked
    return get


def test_pages_that_shift_give_each_record_once(tmp_path):
    get = pages(["a", "b"], ["b", "c"], ["d"])

    path = fetch_pages(URL, tmp_path / "structures.json", get=get)

    assert [one["id"] for one in orjson.loads(path.read_bytes())] == ["a", "b", "c", "d"]
    assert get.asked[0] == f"{URL}?page=1&size={PAGE_SIZE}"


@pytest.mark.parametrize(
    ("get", "why"),
    [
        (pages(["a", "b"], ["b", "c"], total=4), "4 fiches annoncées, 3 reçues"),
        (pages(["a", "b"], ["c"], total=[3, 4]), "le total a changé"),
        (pages([None]), "sans identifiant"),
        (lambda url: b'{"items": [{"id": "a"}', "coupée"),
        (lambda url: b"[1]", "n’est pas une page"),
        (lambda url: orjson.dumps({"items": [{"id": url}], "total": 1, "pages": 10**9}), "plus de"),
    ],
)
def test_pages_that_do_not_add_up_are_a_failed_run(tmp_path, get, why):
    with pytest.raises(Refused, match=why) as refused:
        fetch_pages(URL, tmp_path / "structures.json", get=get)

    assert "L’annuaire n’a pas changé." in refused.value.sentence
    assert list(tmp_path.iterdir()) == []


def test_weekly_file_is_preferred_to_the_pages():
    file = "https://www.essai.example/structures-inclusion.csv"

    assert preferred([URL, file]) == [file]
    assert preferred([URL]) == [URL]
    assert [is_paged(url) for url in (URL, f"{URL}?size=3", file)] == [True, True, False]
