"""What a file is: format, encoding, and the files that are refused at sight."""

import hashlib
from pathlib import Path

import pytest

from allervers.directory.intake.fetch import fetch, labels
from allervers.directory.intake.refusal import Refused

HEADER = "id,nom\n"


def written(folder: Path, content: bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"id,nom\n1,cafe\n", "utf-8"),
        ("id,nom\n1,Café\n".encode(), "utf-8"),
        ("id,nom\n1,Café\n".encode("utf-8-sig"), "utf-8-sig"),
        ("id,nom\n1,Café\n".encode("cp1252"), "cp1252"),
        ("id,nom\n1,Café\n".encode("utf-16"), "utf-16"),
        ("id,nom\n1,Café\n".encode("utf-16-le"), "utf-16-le"),
        ("id,nom\n1,Café\n".encode("utf-16-be"), "utf-16-be"),
        ("id,nom\n1,Café\n".encode() + "2,Thé\n".encode("cp1252"), "utf-8"),  # one line goes astray
    ],
)
def test_fetch_recognises_the_encoding(tmp_path, content, encoding):
    assert fetch(written(tmp_path, content), label="a.csv").encoding == encoding


def test_fetch_reads_each_encoding_as_the_same_text(tmp_path):
    text = "id,nom\n1,Épicerie « Été » à Sète\n"
    read = set()
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"):
        source = fetch(written(tmp_path, text.encode(encoding)), label="a.csv")
        with source.opened() as stream:
            read.add(stream.read().lstrip("\ufeff"))

    assert read == {text}


def test_fetch_keeps_what_tells_a_file_again(tmp_path):
    content = HEADER.encode() + b"1,a\n"
    source = fetch(written(tmp_path, content), label="a.csv")

    assert (source.size, source.sha256) == (len(content), hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("start", "found"),
    [("[{}]", "json"), (' \n {"a": 1}', "json"), ("a,b\n1,2\n", "csv"), ("PAR1…", "parquet")],
)
def test_fetch_recognises_the_format_from_its_content(tmp_path, start, found):
    assert fetch(written(tmp_path, start.encode(), "nothing.txt"), label="x").format == found


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "est vide"),
        (b" \n\r\n\t", "est vide"),
        (b"\xef\xbb\xbf", "est vide"),
        (b"PK\x05\x06rest", "ZIP vide"),
        (b"\xd0\xcf\x11\xe0rest", "protégé par un mot de passe"),
        (b"<!DOCTYPE html><html>", "page web"),
        (b"\x1f\x8brest", "gzip"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_fetch_refuses_what_is_no_table_and_says_so(tmp_path, content, words):
    with pytest.raises(Refused) as refused:
        fetch(written(tmp_path, content), label="a.csv")

    assert "« a.csv »" in refused.value.sentence
    assert words in refused.value.sentence
    assert "L’annuaire n’a pas changé." in refused.value.sentence


def test_fetch_refuses_a_folder_and_a_missing_file(tmp_path):
    with pytest.raises(Refused, match="n’est pas un fichier"):
        fetch(tmp_path, label="dossier")
    with pytest.raises(Refused, match="n’existe pas"):
        fetch(tmp_path / "nulle-part.csv", label="nulle-part.csv")


def test_labels_are_file_names_unless_two_are_the_same():
    assert labels([Path("x/a.csv"), Path("y/b.csv")]) == ["a.csv", "b.csv"]
    assert labels([Path("x/a.csv"), Path("y/a.csv")]) == [str(Path("x/a.csv")), str(Path("y/a.csv"))]
