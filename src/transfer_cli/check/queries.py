"""What ``check`` asks DuckDB: the repeated keys of large tables, and the rows of Parquet files."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from transfer_cli.check.findings import MAX_LISTED
from transfer_cli.errors import DataError
from transfer_cli.messages import _
from transfer_cli.tables import files
from transfer_cli.tables.reader import ROWS, Chunk

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from transfer_cli.check.table import InputTable
    from transfer_cli.engine.scan import Scan

Key = tuple[str, ...]


class RepeatedKeys(NamedTuple):
    """The first keys, in their order, that occur more than once, and how many rows repeat a key."""

    keys: set[Key]
    rows: int


def repeated_keys(table: "InputTable", key: Sequence[str]) -> RepeatedKeys:
    """Return the keys that occur more than once in a large table; empty keys are left out.

    DuckDB reads the file itself. If it cannot, because rows are broken or it does not know the
    packing, it gets a copy of the keys as the strict reader reads them.
    """
    from duckdb import Error

    from transfer_cli.engine import scan
    from transfer_cli.engine.connection import connect

    paths = [path for path, _shown in table.files]
    positions = [table.columns.index(name) for name in key]
    with connect() as connection:
        try:
            if files.is_parquet(paths[0]):
                source = _parquet_scan(connection, paths)
            else:
                source = scan.delimited(paths, table.columns, table.delimiter)
            return _query_repeated(connection, source, positions)
        except Error:
            copy = files.copy(_key_lines(table, positions), table.name)
            source = scan.delimited([copy], [str(position) for position in positions], ",")
            return _query_repeated(connection, source, range(len(positions)))


def _query_repeated(
    connection: "DuckDBPyConnection", source: "Scan", positions: Sequence[int]
) -> RepeatedKeys:
    names = ", ".join(f"c{position}" for position in positions)
    filled = " OR ".join(f"c{position} <> ''" for position in positions)
    sql = (
        f"SELECT {names}, sum(n - 1) OVER () FROM (SELECT {names}, count(*) AS n"  # noqa: S608
        f" FROM {source.sql()} WHERE {filled} GROUP BY {names} HAVING count(*) > 1)"
        f" ORDER BY {names} LIMIT {MAX_LISTED}"
    )
    # Millions of keys are spilled to the disk rather than held.
    connection.execute("SET memory_limit = '300MB'")
    rows = connection.execute(sql, source.parameters).fetchall()
    return RepeatedKeys({row[:-1] for row in rows}, int(rows[0][-1]) if rows else 0)


def _key_lines(table: "InputTable", positions: Sequence[int]) -> Iterator[bytes]:
    """Yield the keys of a table as CSV, chunk by chunk, under a header."""
    yield (",".join(map(str, positions)) + "\n").encode()
    for _file, chunk in table.chunks():
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerows([row[position] for position in positions] for row in chunk.rows)
        yield text.getvalue().encode()


def parquet_header(path: Path) -> list[str]:
    """Return the names of the columns of a Parquet file; DataError if it is none."""
    with _connected(path) as connection:
        return list(_parquet_scan(connection, [path]).header)


def parquet_chunks(path: Path) -> Iterator[Chunk]:
    """Yield the rows of a Parquet file as text, numbered from 1."""
    with _connected(path) as connection:
        source = _parquet_scan(connection, [path])
        for name in source.header:
            source.require(name)
        names = ", ".join(f"c{position}" for position in range(len(source.header)))
        connection.execute(f"SELECT {names} FROM {source.sql()}", source.parameters)  # noqa: S608
        first = 1
        while rows := connection.fetchmany(ROWS):
            yield Chunk(range(first, first + len(rows)), list(map(list, rows)))
            first += len(rows)


@contextmanager
def _connected(path: Path) -> "Iterator[DuckDBPyConnection]":
    """Give a connection; an error of DuckDB is a DataError about a Parquet file."""
    from duckdb import Error

    from transfer_cli.engine.connection import connect

    try:
        with connect() as connection:
            yield connection
    except Error as error:
        reason = str(error).partition("\n")[0]
        message = _("{name} is no sound Parquet file: {reason}",
                    name=files.label(path), reason=reason)  # fmt: skip
        raise DataError(message, _("it is damaged or cut short: write it again")) from None


def _parquet_scan(connection: "DuckDBPyConnection", paths: Sequence[Path]) -> "Scan":
    from transfer_cli.engine import scan

    place = scan.parquet(paths, []).parameters
    described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", place).fetchall()
    return scan.parquet(paths, [(row[0], row[1]) for row in described])
