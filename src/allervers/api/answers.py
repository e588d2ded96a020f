"""What an answer is made of: a status, headers, and pieces of JSON that leave as they come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import orjson

from allervers.engines.exchange import Catalogue, Window

Piece = bytes | memoryview
PIECES_JOINED = 512
"""Pieces sent together: about 700 kB of services, so that a page of 5,000 never stands whole in memory."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`chunks`: the body in order. `is_versioned`: it says what one version of the index says, and may be
    asked again by its ETag."""

    status: int
    chunks: Sequence[bytes] | Iterator[bytes]
    headers: tuple[tuple[str, str], ...] = ()
    is_versioned: bool = False
    pages_left: bool = field(default=False)


def said(value: object, *, status: int = 200, is_versioned: bool = False) -> Answer:
    return Answer(status, [orjson.dumps(value)], is_versioned=is_versioned)


def refused(status: int, detail: object, *headers: tuple[str, str]) -> Answer:
    return Answer(status, [orjson.dumps({"detail": detail})], headers)


def whole(pieces: Sequence[Piece]) -> Answer:
    return Answer(200, [b"".join(pieces)], is_versioned=True)


def page(pieces: Iterator[Piece], window: Window, *, number: int, size: int) -> Answer:
    """The envelope of a list. Small pages leave in one piece."""
    count = len(window.rows)
    pages = -(-window.total // size)
    tail = b'],"total":%d,"page":%d,"size":%d,"pages":%d}' % (window.total, number, count, pages)
    chunks = _chunks(pieces, tail)
    return Answer(
        200,
        chunks if count * 3 > PIECES_JOINED else [b"".join(chunks)],
        is_versioned=True,
        pages_left=number < pages,
    )


def _chunks(pieces: Iterator[Piece], tail: bytes) -> Iterator[bytes]:
    held: list[Piece] = [b'{"items":[']
    for piece in pieces:
        held.append(piece)
        if len(held) >= PIECES_JOINED:
            yield b"".join(held)
            held = []
    held.append(tail)
    yield b"".join(held)


def service_items(catalogue: Catalogue, window: Window) -> Iterator[Piece]:
    separator: Piece = b""
    for row in window.rows.tolist():
        yield separator
        yield from catalogue.service_pieces(row)
        separator = b","


def structure_items(catalogue: Catalogue, window: Window) -> Iterator[Piece]:
    separator: Piece = b""
    for row in window.rows.tolist():
        yield separator
        yield catalogue.listed_structure(row)
        separator = b","


def found_items(catalogue: Catalogue, window: Window, *, with_scores: bool = False) -> Iterator[Piece]:
    """`{"service": …, "distance": …}`, and `score_recherche` where there are scores."""
    opening: Piece = b'{"service":'
    for place, (row, km) in enumerate(zip(window.rows.tolist(), window.km.tolist(), strict=True)):
        yield opening
        yield catalogue.detailed_service(row)
        distance = b',"distance":null' if km < 0 else b',"distance":%d' % km
        yield distance
        if with_scores:
            yield b',"score_recherche":%s' % str(int(window.hundredths[place]) / 100).encode()
        opening = b'},{"service":'
    if len(window.rows):
        yield b"}"
