"""Reads a table to the end, whatever is broken in it: every broken row is a finding."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from transfer_cli.checking.finding import Finding, of_error
from transfer_cli.checking.tablefile import Row, TableFile
from transfer_cli.errors import DataError
from transfer_cli.files import inputs, textfile

_QUOTE = "close every quote that opens, and double a quote inside a cell"
_COMMA = "quote a cell that holds a comma, and leave no field out"


def read(path: Path, name: str) -> tuple[TableFile, list[Finding]]:
    """Return the table in a file, and what is broken in its form. ``-`` is standard input."""
    table = TableFile(name)
    try:
        with inputs.opened(path) as file:
            text = textfile.decode(file.reader.read(), name)
        textfile.check_kind(text, name)
        if not text.partition("\n")[0].strip():
            raise DataError(f"{name}:1: the first line is empty", "name the columns in it")
    except DataError as error:
        return table, [of_error(error, name)]
    return table, list(parse(table, text, textfile.delimiter_of(text)))


def header(path: Path, name: str, error: DataError) -> tuple[TableFile, list[Finding]]:
    """Return a table without rows, and what is broken in the first line of its file.

    ``error`` is told where nothing is found there.
    """
    table = TableFile(name)
    if inputs.is_parquet(path):
        return table, [of_error(error, name)]
    try:
        with inputs.opened(path) as file:
            text = textfile.decode(file.reader.readline(), name)
    except DataError as undecoded:
        return table, [of_error(undecoded, name)]
    findings = list(parse(table, text, textfile.delimiter_of(text)))
    return table, findings or [of_error(error, name)]


def parse(table: TableFile, text: str, delimiter: str, first: int = 1) -> Iterator[Finding]:
    """Put the rows of a text into a table and yield what is broken in their form.

    The text begins on the line ``first``; its first row names the columns if none are known.
    """
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for line, got in _rows(lines, first):
        if isinstance(got, csv.Error):
            yield Finding(table.name, line, "", f"the row is broken: {got}", _QUOTE)
        elif not table.columns:
            table.columns = list(map(textfile.unguard, got))
            yield from _header(table)
        elif got:
            table.rows.append(_row(line, got, table.columns))
            yield from _ragged(table, line, got)


def _rows(lines: Any, first: int) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Yield every row with the line it begins on; after a broken one the next line begins anew."""
    while True:
        line = lines.line_num + first
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
