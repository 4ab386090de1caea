"""The cells of a file by row and column, before its layout is known."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from transfer_cli.errors import DataError, UsageError, reason
from transfer_cli.messages import _
from transfer_cli.tables import files, formats, kinds
from transfer_cli.tables.formats import Settings
from transfer_cli.tables.formats.excel import Workbook, read_grid
from transfer_cli.tables.packing import InputFile, open_bytes
from transfer_cli.tables.reader import DELIMITERS, LONGEST_CELL, delimiter_character
from transfer_cli.tables.text import Text

Range = tuple[tuple[int, int], tuple[int, int]]


class Grid(NamedTuple):
    """The cells of a file: rows of equal width, and notes on how they were read.

    ``merged`` are ranges of merged cells ((row, column), (row, column)); only the first cell of a
    range holds its text. ``lines`` are the lines of the rows if a row may have several.
    """

    name: str
    rows: Sequence[Sequence[str]]
    merged: Sequence[Range] = ()
    notes: Sequence[str] = ()
    lines: Sequence[int] = ()

    def line(self, place: int) -> int:
        """Return the line of a row in the file, or its number in the sheet, from 1."""
        return self.lines[place] if self.lines else place + 1

    def width(self) -> int:
        """Return the number of columns."""
        return len(self.rows[0]) if self.rows else 0


def read(name: str, *, delimiter: str = "", encoding: str = "", sheet: str = "") -> Grid:
    """Return the cells of a workbook or of delimited text, ``-`` for standard input.

    Raises DataError for a file that is missing, damaged or empty, UsageError for a format whose
    rows are records already.
    """
    paths = files.find(name)
    if len(paths) > 1:
        message = _("{name!r} names several files", name=name)
        raise UsageError(message, _("tidy one after the other"))
    with open_bytes(paths[0]) as file:
        form = formats.recognise(file.peek(kinds.LENGTH), file.name)
        if isinstance(form, Workbook):
            workbook = read_grid(file, Settings(encoding, sheet))
            grid = Grid(file.name, workbook.rows, workbook.merged, workbook.notes)
        elif form or files.is_parquet(paths[0]):
            message = _("{name} has no headings to tidy: its rows are records", name=file.name)
            raise UsageError(message, f"transfer-cli filter {Path(name)}")
        else:
            grid = _delimited(file, delimiter_character(delimiter), encoding)
    if not any(map(any, grid.rows)):
        raise DataError(_("{name} is empty", name=grid.name), _("name another file or sheet"))
    return grid


def _delimited(file: InputFile, delimiter: str, encoding: str) -> Grid:
    """Return the cells of delimited text; shorter rows are filled with empty cells."""
    text = Text(file, encoding)
    lines = [line for block in text.lines() for line in block]
    delimiter = delimiter or max(
        DELIMITERS.values(), key=lambda each: sum(line.count(each) for line in lines)
    )
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=delimiter)
    rows: list[list[str]] = []
    ends = [0]
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
    except csv.Error as error:
        message = _(
            "{name}:{line}: {reason}", name=file.name, line=ends[-1] + 1, reason=reason(error)
        )
        raise DataError(message, _("close every quote that opens")) from error
    width = max(map(len, rows), default=0)
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    while width and not any(row[width - 1].strip() for row in filled):
        width -= 1
    starts = [end + 1 for end in ends[:-1]]
    return Grid(file.name, [row[:width] for row in filled], (), text.notes(), starts)
