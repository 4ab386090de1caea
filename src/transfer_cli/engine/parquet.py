"""Rows of text cells as a Parquet file with types."""

import errno
import re
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from duckdb import DuckDBPyConnection

from transfer_cli.engine.connection import connect, execute, run
from transfer_cli.engine.scan import identifier, literal_path
from transfer_cli.model import numbers
from transfer_cli.tables import temporary

if TYPE_CHECKING:
    from transfer_cli.frames import pd
    from transfer_cli.tables.table import Table


_ERRNO = re.compile(r'"errno":"(\d+)"')


def write(path: Path, tables: "Iterable[Table]", numeric: Mapping[str, bool]) -> None:
    """Write tables with the same columns to ``path``; ``numeric`` says which hold numbers.

    A column of numbers is BIGINT if all are whole, else DOUBLE; VARCHAR if a cell is not a number,
    or has more digits than a double keeps. An empty cell is null. Raises TransferError if the disk
    is full.
    """
    with connect() as connection:
        names: list[str] = []
        for table in tables:
            if not names:
                names = table.columns
                cells = ", ".join(f"c{place} VARCHAR" for place in range(len(names)))
                connection.execute(f"CREATE TEMPORARY TABLE rows ({cells})")
            frame = table.frame[names].set_axis(
                [f"c{place}" for place in range(len(names))], axis=1
            )
            run(connection, partial(_insert, connection, frame))
        columns = []
        for place, name in enumerate(names):
            cell, sql = f"c{place}", f"nullif(c{place}, '')"
            if numeric[name]:
                checks = f"bool_and({_is_whole(cell)}), bool_and({_is_double(cell)})"
                execute(connection, f"SELECT {checks} FROM rows WHERE {cell} <> ''")  # noqa: S608
                whole, double = connection.fetchall()[0]
                if whole or double:
                    kind = "BIGINT" if whole else "DOUBLE"
                    sql = f"TRY_CAST({numbers.sql_plain(cell)} AS {kind})"
            columns.append(f"{sql} AS {identifier(name)}")
        try:
            execute(
                connection,
                f"COPY (SELECT {', '.join(columns)} FROM rows)"  # noqa: S608
                f" TO '{literal_path(path)}' (FORMAT parquet)",
            )
        except duckdb.IOException as error:
            number = int((_ERRNO.findall(str(error)) or [errno.EIO])[0])
            raise temporary.failed(OSError(number, str(error))) from error


def _insert(connection: DuckDBPyConnection, frame: "pd.DataFrame") -> None:
    connection.register("chunk", frame)
    connection.execute("INSERT INTO rows FROM chunk")
    connection.unregister("chunk")


def _is_whole(cell: str) -> str:
    """Return SQL for whether a cell is a whole number that BIGINT holds, in plain digits."""
    return f"regexp_full_match({cell}, '-?[0-9]{{1,18}}')"


def _is_double(cell: str) -> str:
    """Return SQL for whether a cell is a number with no more digits than a double keeps."""
    digits = f"length(regexp_replace({cell}, '^[-+0.]+|[eE].*$|[^0-9]', '', 'g'))"
    return f"({numbers.sql_is_number(cell)} AND {digits} <= {numbers.ROUNDED_DIGITS})"
