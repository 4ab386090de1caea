"""Keys that occur twice in a table: in memory if it is small, through DuckDB if it is large."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from transfer_cli.check.findings import MAX_LISTED, Findings, Problem
from transfer_cli.messages import _
from transfer_cli.tables import files

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from transfer_cli.check.table import InputTable
    from transfer_cli.engine.scan import Scan

Key = tuple[str, ...]


def check(table: "InputTable", key: Sequence[str], findings: Findings) -> None:
    """Report the rows that have the key of an earlier row; a key whose cells are empty is none.

    The keys of a small table are kept in memory. In a large one DuckDB finds the repeated keys, and
    a second reading finds their lines.
    """
    repeated = repeated_keys(table, key) if table.is_large else None
    if repeated is not None and not repeated.keys:
        return
    positions = [table.columns.index(name) for name in key]
    fix = _("give each row its own, or delete one")
    seen: dict[Key, tuple[str, int]] = {}
    reported = 0
    for file, chunk in table.chunks():
        for line, row in zip(chunk.lines, chunk.rows, strict=True):
            cells = tuple([row[position] for position in positions])
            if not any(cells) or (repeated is not None and cells not in repeated.keys):
                continue
            first = seen.setdefault(cells, (file, line))
            if first != (file, line):
                findings.add(file, line, key[0], Problem(_message(cells, file, *first), fix))
                reported += 1
    if repeated is not None:
        findings.count_more(key[0], fix, max(0, repeated.rows - reported))


def _message(cells: Key, file: str, first_file: str, first_line: int) -> str:
    name = ", ".join(cells)
    if file == first_file:
        return _("{name!r} is already on line {line}", name=name, line=first_line)
    return _("{name!r} is already on line {line} of {file}",
             name=name, line=first_line, file=first_file)  # fmt: skip


class RepeatedKeys(NamedTuple):
    """The first keys, in their order, that occur more than once, and how many rows repeat a key."""

    keys: set[Key]
    rows: int


def repeated_keys(table: "InputTable", key: Sequence[str]) -> RepeatedKeys:
    """Return the keys that occur more than once in a large table; empty keys are left out.

    DuckDB reads the files itself. If it cannot, because rows are broken or it does not know the
    packing, it gets a copy of the keys as the strict reader reads them.
    """
    from duckdb import Error

    from transfer_cli.engine import scan
    from transfer_cli.engine.connection import connect

    paths = [path for path, _shown in table.files]
    positions = [table.columns.index(name) for name in key]
    with connect() as connection:
        if not files.is_parquet(paths[0]):
            try:
                source = scan.delimited(paths, table.columns, table.delimiter)
                return _query(connection, source, positions)
            except Error:
                pass  # The strict reader decides what a row is.
        copy = files.copy(_key_lines(table, positions), table.name)
        source = scan.delimited([copy], [str(position) for position in positions], ",")
        return _query(connection, source, range(len(positions)))


def _query(
    connection: "DuckDBPyConnection", source: "Scan", positions: Sequence[int]
) -> RepeatedKeys:
    names = ", ".join(f"c{position}" for position in positions)
    filled = " OR ".join(f"c{position} <> ''" for position in positions)
    sql = (
        f"SELECT {names}, sum(n - 1) OVER () FROM (SELECT {names}, count(*) AS n"  # noqa: S608
        f" FROM {source.sql(positions)} WHERE {filled} GROUP BY {names} HAVING count(*) > 1)"
        f" ORDER BY {names} LIMIT {MAX_LISTED}"
    )
    # Millions of keys are spilled to the disk.
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
