"""SQLite: tables with types and keys, and a view for each category of figures."""

import errno
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from transfer_cli.model.codelists import CATEGORIES
from transfer_cli.model.numbers import json_number
from transfer_cli.model.schema import descriptor, has_figures
from transfer_cli.output.formats.interface import (
    Collection,
    Settings,
    numeric_columns,
    read_parts,
)
from transfer_cli.tables import temporary

if TYPE_CHECKING:
    import sqlite3

    from transfer_cli.tables.table import Table

_TYPES = {"integer": "INTEGER", "year": "INTEGER", "number": "NUMERIC"}
_ROWS = "temp.collected"


class Sqlite(Collection):
    """A database that sqlite3, Datasette and DuckDB open; empty cells are NULL."""

    name = "sqlite"
    suffixes = (".db", ".sqlite", ".sqlite3")
    for_machines = True
    binary = True

    def encode_all(
        self, tables: "Mapping[str, Iterable[Table]]", settings: Settings
    ) -> Iterator[bytes]:
        """Yield a database with the tables; raise TransferError if it cannot be written."""
        import sqlite3

        with temporary.directory() as directory:
            path = directory / "tables.db"
            try:
                with closing(sqlite3.connect(path, isolation_level=None)) as database:
                    database.execute("PRAGMA journal_mode = OFF")
                    database.execute("BEGIN")
                    for name, parts in tables.items():
                        _write(database, name, *numeric_columns(parts, settings), {*tables})
                    database.execute("COMMIT")
            except sqlite3.OperationalError as error:  # The disk is full.
                raise temporary.failed(OSError(errno.ENOSPC, str(error))) from error
            yield from read_parts(path)


def _write(
    database: "sqlite3.Connection",
    name: str,
    numeric: Mapping[str, bool],
    parts: "Iterable[Table]",
    others: Iterable[str],
) -> None:
    """Write a table, its keys if its rows have them, and its views.

    The rows are collected in a temporary table without keys: only then is it known whether they
    have them.
    """
    columns: list[str] = []
    for table in parts:
        if not columns:
            columns = [_column(table, one, numeric[one]) for one in table.columns]
            _create(database, _ROWS, columns)
        _insert(database, table, numeric)
    keys = _primary_key(database, table)
    constraints = [f"PRIMARY KEY ({_names(keys)})"] if keys else []
    constraints += _foreign_keys(database, name, table, others)
    _create(database, _name(name), [*columns, *constraints])
    database.execute(f"INSERT INTO {_name(name)} SELECT * FROM {_ROWS}")  # noqa: S608
    database.execute(f"DROP TABLE {_ROWS}")
    if has_figures(table.columns):
        _create_views(database, name, table)


def _create(database: "sqlite3.Connection", name: str, lines: Sequence[str]) -> None:
    body = ",\n  ".join(lines)
    database.execute(f"CREATE TABLE {name} (\n  {body}\n)")


def _column(table: "Table", name: str, numeric: bool) -> str:
    kind = _TYPES.get(table.field(name).type, "NUMERIC") if numeric else "TEXT"
    return f"{_name(name)} {kind}"


def _insert(database: "sqlite3.Connection", table: "Table", numeric: Mapping[str, bool]) -> None:
    columns: list[Sequence[Any]] = []
    for column in table.columns:
        cells: list[str] = table.frame[column].tolist()
        columns.append([_number(cell) if numeric[column] else cell or None for cell in cells])
    slots = ", ".join("?" * len(columns))
    rows = zip(*columns, strict=True)
    database.executemany(f"INSERT INTO {_ROWS} VALUES ({slots})", rows)  # noqa: S608


def _number(cell: str) -> int | float | str | None:
    """Return a cell as a number; as text if it is not a number, or too long for an integer."""
    digits = json_number(cell) if cell else None
    if digits is None:
        return cell or None
    if digits.lstrip("-").isdigit():
        number = int(digits)
        return number if -(2**63) <= number < 2**63 else cell
    return float(digits)


def _described(table: "Table") -> dict[str, Any]:
    """Return the schema of a built-in table, or of one that follows it, in the data package."""
    for resource in descriptor()["resources"]:
        if resource["name"] == table.schema.name:
            schema: dict[str, Any] = resource["schema"]
            return schema
    return {}


def _primary_key(database: "sqlite3.Connection", table: "Table") -> list[str]:
    """Return the columns of the key, if the table has them and they are unique in its rows."""
    keys: list[str] = _described(table).get("primaryKey", [])
    if not keys or not {*keys} <= {*table.columns}:
        return []
    filled = " AND ".join(f"{_name(key)} IS NOT NULL" for key in keys)
    rows, distinct = database.execute(
        f"SELECT (SELECT count(*) FROM {_ROWS}),"  # noqa: S608
        f" (SELECT count(*) FROM (SELECT DISTINCT {_names(keys)} FROM {_ROWS} WHERE {filled}))"
    ).fetchone()
    return keys if rows == distinct else []


def _foreign_keys(
    database: "sqlite3.Connection", name: str, table: "Table", others: Iterable[str]
) -> list[str]:
    """Return the constraints that refer to tables of the same file.

    A key into the rows of the table itself is left out where a selection lacks the row it names.
    """
    lines = []
    for key in _described(table).get("foreignKeys", []):
        target = key["reference"].get("resource") or name
        if target not in others or not {*key["fields"]} <= {*table.columns}:
            continue
        own, other = _names(key["fields"]), _names(key["reference"]["fields"])
        missing = f"SELECT 1 FROM {_ROWS} WHERE {own} NOT IN (SELECT {other} FROM {_ROWS})"  # noqa: S608
        if target == name and database.execute(missing).fetchone():
            continue
        lines.append(f"FOREIGN KEY ({own}) REFERENCES {_name(target)} ({other})")
    return lines


def _create_views(database: "sqlite3.Connection", name: str, table: "Table") -> None:
    """Create a view for each category of which the table has figures: ``metrics_tax``."""
    present = {row[0] for row in database.execute(
        f"SELECT DISTINCT indicator FROM {_name(name)}"  # noqa: S608
    )}  # fmt: skip
    known = table.vocabulary.indicators
    for category in CATEGORIES:
        codes = sorted(
            code for code in present if code in known and known[code].category == category
        )
        if codes:
            listed = ", ".join("'" + code.replace("'", "''") + "'" for code in codes)
            rows = f"SELECT * FROM {_name(name)} WHERE indicator IN ({listed})"  # noqa: S608
            database.execute(f"CREATE VIEW {_name(f'{name}_{category}')} AS {rows}")


def _name(text: str) -> str:
    return '"' + text.replace('"', '""').replace("\0", "") + '"'


def _names(columns: Iterable[str]) -> str:
    return ", ".join(map(_name, columns))
