"""An index on disk: whole or not there, and never read when damaged."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.columns import FolderUnreadable
from allervers.engines.search import (
    DuplicateService,
    FolderTaken,
    Index,
    IndexClosed,
    IndexUnreadable,
    Query,
    ServiceDocument,
    build,
)
from allervers.engines.search._columns import LAYOUT
from tests.engines.search.towns import NOW, directories, service

CRECHE = service("a/1", nom="Crèche", thematiques=("famille--garde-denfants",), frais="gratuit")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build([CRECHE, service("b")], tmp_path / "index")
    return tmp_path / "index"


def found(folder: Path) -> list[str]:
    with Index.open(folder) as index:
        return [hit.service_id for hit in index.search(Query(), now=NOW).hits]


def test_an_index_comes_back_as_it_was_built(folder: Path) -> None:
    assert found(folder) == ["a/1", "b"]
    assert [path.name for path in folder.parent.iterdir()] == ["index"]
    assert [path.name for path in folder.iterdir()] == [LAYOUT.file]


def test_an_empty_directory_has_an_index(tmp_path: Path) -> None:
    build([], tmp_path / "index")

    with Index.open(tmp_path / "index") as index:
        answer = index.search(Query(needs=("mobilite",), text="crèche"), now=NOW)
        assert (len(index), answer.total, answer.hits) == (0, 0, ())
        assert index.organisations_named("ccas") == ()
        assert index.relaxations(Query(needs=("mobilite",)), now=NOW) == ()


def test_a_build_never_writes_over_another(folder: Path) -> None:
    with pytest.raises(FolderTaken) as caught:
        build([], folder)
    assert caught.value.path == folder
    assert found(folder) == ["a/1", "b"]


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(DuplicateService) as caught:
        build([service("same"), service("other"), service("same")], tmp_path / "index")
    assert caught.value.service_id == "same"
    assert list(tmp_path.iterdir()) == []


def test_a_build_cut_while_writing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def disk_full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", disk_full)
    with pytest.raises(OSError, match="No space left"):
        build([CRECHE], tmp_path / "index")
    assert list(tmp_path.iterdir()) == []


def test_an_index_is_read_while_another_is_built(folder: Path) -> None:
    """The documents of the second come from an iterator that asks the first meanwhile."""

    def slowly() -> Iterator[ServiceDocument]:
        for ident in "xyz":
            assert found(folder) == ["a/1", "b"]
            with pytest.raises(IndexUnreadable):
                Index.open(folder.with_name("second"))
            yield service(ident)

    build(slowly(), folder.with_name("second"))
    assert found(folder.with_name("second")) == ["x", "y", "z"]
    assert found(folder) == ["a/1", "b"]


def test_a_folder_without_index_is_refused(tmp_path: Path) -> None:
    for empty in (tmp_path, tmp_path / "gone"):
        with pytest.raises(IndexUnreadable) as caught:
            Index.open(empty)
        assert caught.value.path == empty


def test_another_version_is_refused(folder: Path) -> None:
    file = folder / LAYOUT.file
    file.write_bytes(b"ALVSRCH0" + file.read_bytes()[8:])

    with pytest.raises(IndexUnreadable, match="not columns of this version"):
        Index.open(folder)


@given(cut=st.floats(0, 1, exclude_max=True))
def test_a_truncated_index_is_refused(cut: float) -> None:
    with TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        build([CRECHE], index)
        whole = (index / LAYOUT.file).read_bytes()
        (index / LAYOUT.file).write_bytes(whole[: int(len(whole) * cut)])

        with pytest.raises(IndexUnreadable):
            Index.open(index)


@given(directories(), st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_a_flipped_byte_is_seen_or_means_nothing(
    documents: list[ServiceDocument], place: float, flip: int
) -> None:
    """Only the padding between arrays may change unseen."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        index = Path(folder) / "index"
        build(documents, index)
        before = {name: array.tobytes() for name, array in LAYOUT.read(index).items()}
        damaged = bytearray((index / LAYOUT.file).read_bytes())
        damaged[int(len(damaged) * place)] ^= flip
        (index / LAYOUT.file).write_bytes(damaged)

        try:
            after = {name: array.tobytes() for name, array in LAYOUT.read(index).items()}
        except FolderUnreadable:
            return
    assert after == before


def test_a_closed_index_says_so(folder: Path) -> None:
    index = Index.open(folder)
    index.close()
    index.close()

    for ask in (
        lambda: index.search(Query(), now=NOW),
        lambda: index.page(Query(), now=NOW),
        lambda: index.relaxations(Query(), now=NOW),
        lambda: index.organisations_named("ccas"),
    ):
        with pytest.raises(IndexClosed):
            ask()


def test_closing_gives_the_map_back(folder: Path) -> None:
    """Windows deletes no mapped file: nothing of an index that answered may keep its map."""
    maps = Path("/proc/self/maps")
    if not maps.exists():
        pytest.skip("only Linux tells its maps")
    index = Index.open(folder)
    answer = index.page(Query(text="creche"), now=NOW)
    named = index.organisations_named("creche")
    assert str(folder) in maps.read_text()

    index.close()

    assert str(folder) not in maps.read_text()
    assert (answer.total, named) == (1, ())
