"""The lines of rows. A large table is read again for them."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from transfer_cli.errors import DataError
from transfer_cli.frames import pd
from transfer_cli.query.condition import EVERY_ROW, Condition
from transfer_cli.tables import files
from transfer_cli.tables.memory import MemorySource
from transfer_cli.tables.read import with_constants
from transfer_cli.tables.rows import open_rows
from transfer_cli.tables.source import Source
from transfer_cli.tables.table import Table

Result = TypeVar("Result")


def read(source: Source, where: Condition, function: Callable[[Iterable[Table]], Result]) -> Result:
    """Return what ``function`` makes of the rows that satisfy ``where``, given in chunks.

    The rows have their lines if the table has no ids to name them by, or if ``function`` raises
    DataError, so that the error names the line.
    """
    if "id" in source.columns:
        try:
            return function(source.rows(where))
        except DataError:
            if isinstance(source, MemorySource):
                raise
    return function(table for part in parts(source) for table in part.rows(where))


def parts(source: Source) -> Iterator[MemorySource]:
    """Yield the parts of a table with the lines of their rows; a large table is read again.

    The name of a part is that of its file. The rows of Parquet are counted from 1.
    """
    if isinstance(source, MemorySource):
        yield source
        return
    for path, frame in _numbered(source):
        name = files.label(path)
        yield MemorySource(
            Table(frame, source.schema, name, report=source.report, vocabulary=source.vocabulary)
        )


def _numbered(source: Source) -> "Iterator[tuple[Path, pd.DataFrame]]":
    if source.paths and files.is_parquet(source.paths[0]):
        first = 1
        for table in source.rows(EVERY_ROW):
            rows = range(first, first + len(table))
            first += len(table)
            yield source.paths[0], table.frame.set_axis(pd.Index(rows), axis=0)
        return
    for path in source.paths:
        with open_rows(path) as file:
            for chunk in file:
                index = pd.Index(chunk.lines)
                columns = source.columns[: len(file.header)]
                frame = pd.DataFrame(chunk.rows, index, list(columns), dtype=object)
                yield path, with_constants(frame, source.schema)
