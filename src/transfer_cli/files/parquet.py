"""Parquet files, read batch by batch, and of them only the columns that are needed.

pyarrow is loaded when a file is opened and not before.
"""

import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from transfer_cli.errors import DataError, TransferError
from transfer_cli.files import arrow, inputs
from transfer_cli.files.batch import Batch
from transfer_cli.frames import pd

ROWS = 1 << 17
"""Rows of a batch: as many as a block of a delimited file has, or somewhat fewer."""


def header(path: Path, name: str) -> list[str]:
    """Return the names of the columns; raise DataError where one has no name or stands twice."""
    with _opened(path, name) as file:
        return names(file, name)


def whole(path: Path) -> pd.DataFrame:
    """Return all rows of a file as text; the index is the number of each."""
    name = inputs.label(path)
    with _opened(path, name) as file:
        parts = [part.text() for part in batches(file, name)]
        return pd.concat(parts) if parts else pd.DataFrame(columns=names(file, name), dtype=object)


def read(path: Path, name: str, columns: Collection[str] | None = None) -> Iterator[Batch]:
    """Yield the rows of a file, with all columns or with those named, in batches.

    Raises TransferError where pyarrow is missing, and DataError for a broken file or for a
    column that holds lists or the like.
    """
    total = inputs.size(path)
    with _opened(path, name) as file:
        rows = max(1, file.metadata.num_rows)
        for part in batches(file, name, columns):
            yield replace(part, reached=total * (part.line + part.rows - 1) // rows)


@contextmanager
def _opened(path: Path, name: str) -> Iterator[Any]:
    with inputs.opened(path) as file:
        # What stands at the end of the file says where all the rest is.
        seekable = file.reader.seekable()
        with sound(file.reader if seekable else io.BytesIO(file.reader.read()), name) as parsed:
            yield parsed


@contextmanager
def sound(source: IO[bytes], name: str) -> Iterator[Any]:
    """Give a file for ``names`` and ``batches``; errors, now or in reading, are as in ``read``."""
    try:
        from pyarrow import parquet
    except ImportError:
        hint = "pip install 'transfer-cli[parquet]'"
        raise TransferError("reading Parquet needs pyarrow", hint) from None
    try:
        yield parquet.ParquetFile(source)
    except arrow.failure() as error:
        told = f"{name} is no sound Parquet file: {arrow.told(error)}"
        raise DataError(told, "it is damaged or cut short: write it again") from None


def names(file: Any, name: str) -> list[str]:
    """Return the names of the columns of an opened file."""
    found: list[str] = file.schema_arrow.names
    for place, column in enumerate(found):
        if not column.strip():
            raise DataError(f"{name}: column {place + 1} has no name")
        if column in found[:place]:
            raise DataError(f"{name}: column {column!r} stands twice", "rename one of them")
    return found


def batches(
    file: Any, name: str, columns: Collection[str] | None = None, row: int = 1, **which: Any
) -> Iterator[Batch]:
    """Yield the rows of an opened file, or of its ``row_groups``, of which ``row`` is the first."""
    header = names(file, name)
    wanted = [column for column in header if columns is None or column in columns]
    for column in wanted:
        arrow.check(file.schema_arrow.field(column).type, f"{name}: column {column!r}")
    for cells in file.iter_batches(ROWS, columns=wanted, **which):
        yield Batch(name, header, cells, row)
        row += cells.num_rows
