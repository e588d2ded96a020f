"""The tables of a file, whatever its format."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from allervers.directory.intake.csv_rows import csv_table
from allervers.directory.intake.fetch import Source, fetch, labels
from allervers.directory.intake.json_rows import json_table
from allervers.directory.intake.parquet_rows import parquet_table
from allervers.directory.intake.rows import Table
from allervers.directory.intake.shape import ALL_FIELDS
from allervers.directory.intake.xlsx_rows import xlsx_tables


@dataclass(frozen=True, slots=True)
class Tables:
    """To be read while the file is open, one after the other. `position`: bytes behind."""

    tables: list[Table]
    position: Callable[[], int]


@contextmanager
def opened_tables(
    source: Source, *, known: Collection[str] = ALL_FIELDS, sheet: str = ""
) -> Iterator[Tables]:
    """`known`: columns that tell a header and its separator. Raises Refused, at any row."""
    if source.format == "parquet":
        yield Tables([parquet_table(source)], lambda: 0)
    elif source.format == "xlsx":
        with xlsx_tables(source, known=known, sheet=sheet) as tables:
            yield Tables(tables, lambda: 0)
    else:
        with closing(source.opened()) as stream:
            table = (
                json_table(source, stream)
                if source.format in ("json", "hsds")
                else csv_table(source, stream, known=known)
            )
            yield Tables([table], lambda: _position(stream))


def first_rows(
    path: Path, *, at_most: int = 200, sheet: str = ""
) -> tuple[tuple[str, ...], list[Mapping[str, object]]]:
    """(columns, rows) of the first table of a file of any format, for `guess_mapping`. Raises Refused."""
    source = fetch(path, label=labels([path])[0])
    with opened_tables(source, sheet=sheet) as opened:
        table = opened.tables[0]
        rows: list[Mapping[str, object]] = [row.values for row in islice(table.rows, at_most)]
        return table.columns, rows


def _position(stream: Any) -> int:
    """Bytes read so far, as the file below the text knows them."""
    return int(stream.buffer.raw.tell())
