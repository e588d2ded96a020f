"""Parquet: read a few rows at a time inside each row group, so that the size of a group does not matter."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from allervers.directory.intake.fetch import Source
from allervers.directory.intake.refusal import Refused
from allervers.directory.intake.rows import Row, Table, broken, cut, without_rows

BATCH = 500  # rows in memory at once
MOST_BYTES = 4 << 30  # of all columns, unpacked: what no directory of a country weighs
MOST_BYTES_A_ROW = 8 << 20  # on average in a group: beyond, a few rows fill the memory
MOST_COLUMNS = 5_000


def parquet_table(source: Source) -> Table:
    """The columns and the rows. Raises Refused: no Parquet, cut, encrypted, or a bomb."""
    try:
        file = pq.ParquetFile(
            source.path, pre_buffer=False, buffer_size=1 << 16, page_checksum_verification=True
        )
        _refuse_bombs(file.metadata, source.label)
        columns = tuple(str(name) for name in file.schema_arrow.names)
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        raise _unreadable(source, error) from None
    return Table(columns, _rows(file, source, columns))


def _refuse_bombs(metadata: pq.FileMetaData, label: str) -> None:
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    too_big = sum(group.total_byte_size for group in groups) > MOST_BYTES or any(
        group.total_byte_size > MOST_BYTES_A_ROW * max(group.num_rows, 1) for group in groups
    )
    if too_big or metadata.num_columns > MOST_COLUMNS:
        raise Refused(
            _(
                "« {file} » prendrait trop de place une fois déplié. L’annuaire n’a pas changé. "
                "Demandez au producteur un fichier plus petit, ou en CSV."
            ).format(file=label)
        )


def _rows(file: pq.ParquetFile, source: Source, columns: tuple[str, ...]) -> Iterator[Row]:
    number = 0
    try:
        for batch in file.iter_batches(batch_size=BATCH, use_threads=False):
            for values in batch.to_pylist():
                number += 1
                yield Row(number, {name: _plain(values[name]) for name in columns})
    except (pa.ArrowException, OSError, ValueError, MemoryError, KeyError) as error:
        raise broken(source.label, after=number, what=_why(error)) from None
    finally:
        file.close()
    if not number:
        raise without_rows(source.label)


def _plain(value: object) -> object:
    """As the JSON files would write it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="surrogateescape")
    if isinstance(value, float) and value != value:  # pandas writes an empty cell of numbers as « nan »
        return None
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _unreadable(source: Source, error: Exception) -> Refused:
    with source.path.open("rb") as file:
        file.seek(max(source.size - 4, 0))
        complete = file.read() in (b"PAR1", b"PARE")
    if complete:
        return broken(source.label, after=0, what=_why(error))
    return cut(source.label, after=0)


def _why(error: Exception) -> str:
    if "ncrypt" in str(error):
        return _("il est chiffré")
    return _("ce n’est plus du Parquet")
