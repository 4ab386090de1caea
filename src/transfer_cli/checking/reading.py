"""Reads a table to the end, whatever is broken in it: every broken row is a finding."""

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from transfer_cli import textfile
from transfer_cli.checking.finding import Finding, of_error
from transfer_cli.errors import DataError

_QUOTE = "close every quote that opens, and double a quote inside a cell"
_COMMA = "quote a cell that holds a comma, and leave no field out"


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its columns, with the line it begins on; ``broken`` if its fields do not fit."""

    line: int
    cells: dict[str, str]
    broken: bool = False

    def get(self, column: str) -> str:
        """Return a cell; empty for a column that the table lacks."""
        return self.cells.get(column, "")


@dataclass(slots=True)
class TableFile:
    """A table as it stands in its file, what it is, and the fields that it should have.

    ``kind`` is the built-in table that it is like, or empty; ``keys`` are columns that together
    tell its rows apart.
    """

    name: str
    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    kind: str = ""
    fields: list[dict[str, Any]] = field(default_factory=list)
    keys: list[list[str]] = field(default_factory=list)

    @property
    def whole(self) -> list[Row]:
        """The rows that are not broken."""
        return [row for row in self.rows if not row.broken]

    def at(self, row: Row, column: str, problem: str, fix: str) -> Finding:
        """Return a finding about a cell."""
        return Finding(self.name, row.line, column, problem, fix)


def read(path: Path, name: str) -> tuple[TableFile, list[Finding]]:
    """Return the table in a file, and what is broken in its form. ``-`` is standard input."""
    table, findings = TableFile(name), []
    try:
        text = textfile.decode(_bytes(path, name), name)
        if not text.strip():
            raise DataError(f"{name} is empty", "the first line must name the columns")
    except DataError as error:
        return table, [of_error(error, name)]
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for line, got in _rows(lines):
        if isinstance(got, csv.Error):
            findings.append(Finding(name, line, "", f"the row is broken: {got}", _QUOTE))
        elif not table.columns:
            table.columns = got
            findings += _header(table)
        elif got:
            table.rows.append(_row(line, got, table.columns))
            findings += _ragged(table, line, got)
    return table, findings


def _bytes(path: Path, name: str) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{name}: cannot be read: {error.strerror}") from None


def _rows(lines: Any) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Yield every row with the line it begins on; after a broken one the next line begins anew."""
    while True:
        line = lines.line_num + 1
        try:
            yield line, next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, error


def _row(line: int, got: list[str], columns: list[str]) -> Row:
    cells = [textfile.unguard(cell) for cell in got]
    return Row(line, dict(zip(columns, cells, strict=False)), broken=len(got) != len(columns))


def _header(table: TableFile) -> Iterator[Finding]:
    for position, name in enumerate(table.columns):
        if not name.strip():
            yield Finding(table.name, 1, "", f"column {position + 1} has no name", "name it")
        elif name in table.columns[:position]:
            yield Finding(table.name, 1, name, "the column stands twice", "rename one of them")


def _ragged(table: TableFile, line: int, got: list[str]) -> Iterator[Finding]:
    columns = table.columns
    if len(got) != len(columns):
        told = f"{len(got)} fields where the header has {len(columns)}"
        column = columns[len(got)] if len(got) < len(columns) else ""
        yield Finding(table.name, line, column, told, _COMMA)
