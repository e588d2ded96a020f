"""A small edit is found at the next look of a worker; the index is built again at most once a minute."""

from datetime import timedelta

from allervers.accounts.actor import Actor
from allervers.directory.actions.correcting import close, correct
from allervers.directory.actions.hand_made import create_service
from allervers.directory.actions.indexing import catch_up_index
from allervers.directory.models import IndexVersion, Kind
from allervers.directory.queries import indexes
from allervers.engines.search import Query
from tests.directory.actions.conftest import data_folder, make_service, make_structure, take_in, write
from tests.factories import NOW

__all__ = ["data_folder", "make_service", "make_structure", "take_in", "write"]  # fixtures
OPERATOR = Actor(7, is_operator=True)
PERMIS = "mobilite--preparer-un-permis"


def found(need: str) -> list[str]:
    answer = indexes.current_index().search(Query(needs=(need,)), now=NOW)
    return [hit.service_id for hit in answer.hits]


def test_small_edit_is_found_at_the_next_look(take_in, write, make_structure, make_service, monkeypatch):
    take_in(write("a.csv", [make_structure(1)]), write("b.csv", [make_service(1, of=1)]))
    before = found(PERMIS)
    monkeypatch.setattr(indexes, "LOOK_EVERY_SECONDS", 0.0)
    typed = {"nom": "Auto-école", "description": "Passer le permis.", "thematiques": [PERMIS]}

    correct(
        Kind.SERVICE, "essai--1", values={"thematiques": [PERMIS]}, seen={}, reason="", by=OPERATOR, now=NOW
    )
    corrected = found(PERMIS)
    made = create_service("essai--1", typed, by=OPERATOR, now=NOW)
    with_made = found(PERMIS)
    close(Kind.SERVICE, "essai--1", reason="", by=OPERATOR, now=NOW)

    assert (before, corrected) == ([], ["essai--1"])
    assert sorted(with_made) == ["essai--1", made.ident]
    assert found(PERMIS) == [made.ident]
    assert IndexVersion.objects.count() == 1  # nothing was built for it


def test_index_is_built_again_after_edits_at_most_once_a_minute(take_in, write, make_structure, make_service):
    take_in(write("a.csv", [make_structure(1)]), write("b.csv", [make_service(1, of=1)]))
    close(Kind.SERVICE, "essai--1", reason="", by=OPERATOR, now=NOW)

    catch_up_index(now=NOW + timedelta(seconds=59))
    too_soon = IndexVersion.objects.count()
    catch_up_index(now=NOW + timedelta(seconds=60))
    built = IndexVersion.objects.count()
    catch_up_index(now=NOW + timedelta(seconds=180))

    assert (too_soon, built, IndexVersion.objects.count()) == (1, 2, 2)
    assert IndexVersion.objects.order_by("-pk").first().services == 0
