"""The keys that occur more than once in large files, looked for by DuckDB."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from duckdb import DuckDBPyConnection, Error

from transfer_cli.engine import scan
from transfer_cli.engine.connection import connect, execute
from transfer_cli.tables import files

Key = tuple[str, ...]


class RepeatedKeys(NamedTuple):
    """The first keys, in their order, that occur more than once, and how many rows repeat a key."""

    keys: set[Key]
    rows: int


def repeated_keys(
    paths: Sequence[Path],
    columns: Sequence[str],
    delimiter: str,
    key: Sequence[int],
    *,
    limit: int,
    copy: Callable[[], Path],
) -> RepeatedKeys:
    """Return the first ``limit`` keys that occur more than once; empty keys are left out.

    ``key`` are the positions of its columns. DuckDB reads the files itself. If it cannot, because
    rows are broken, it does not know the packing, or ``delimiter`` is empty, it reads what ``copy``
    returns: a CSV file of the keys as the strict reader reads them.
    """
    with connect() as connection:
        if delimiter and not files.is_parquet(paths[0]) and not scan.ends_lines(columns):
            try:
                source = scan.delimited(paths, columns, delimiter)
                return _query(connection, source, key, limit)
            except Error:
                pass  # The strict reader decides what a row is.
        source = scan.delimited([copy()], [str(position) for position in key], ",")
        return _query(connection, source, range(len(key)), limit)


def _query(
    connection: DuckDBPyConnection, source: scan.Scan, key: Sequence[int], limit: int
) -> RepeatedKeys:
    names = ", ".join(f"c{position}" for position in key)
    filled = " OR ".join(f"c{position} <> ''" for position in key)
    sql = (
        f"SELECT {names}, sum(n - 1) OVER () FROM (SELECT {names}, count(*) AS n"  # noqa: S608
        f" FROM {source.sql(key)} WHERE {filled} GROUP BY {names} HAVING count(*) > 1)"
        f" ORDER BY {names} LIMIT {limit}"
    )
    # Millions of keys are spilled to the disk.
    connection.execute("SET memory_limit = '300MB'")
    try:
        execute(connection, sql, source.parameters)
        rows = connection.fetchall()
    finally:
        connection.execute("RESET memory_limit")
    return RepeatedKeys({row[:-1] for row in rows}, int(rows[0][-1]) if rows else 0)
