"""CSV and TSV (RFC 4180 with ``\\n`` line ends): every column, full precision, a header."""

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from transfer_cli.model import numbers
from transfer_cli.output.formats.interface import Format, Settings

if TYPE_CHECKING:
    from transfer_cli.tables.table import Table

_FORMULA_STARTS = ("=", "@", "＝", "＠", "\t", "\r")
_SIGNS = ("+", "-", "＋", "－")
_SIGNED_TEXT = re.compile(r"\n[-+＋－](?!\d+(\.\d+)?\n)", re.ASCII)
"""A cell that begins with a sign and is not a plain number; each cell ends in ``\\n``."""


class Delimited(Format):
    """Text of cells that a delimiter separates."""

    streams = True
    for_machines = True

    def __init__(self, name: str, delimiter: str) -> None:
        self.name = name
        self.suffixes = (f".{name}",)
        self.delimiter = delimiter
        self._special = re.compile(rf'[{delimiter}"\r\n]')

    def encode(self, tables: "Iterable[Table]", settings: Settings) -> Iterator[bytes]:
        """Yield a line for each row; the header comes with the rows of the first table."""
        header = True
        if settings.bom:
            yield codecs.BOM_UTF8
        for table in tables:
            columns = [self._cells(table.frame[name].tolist()) for name in table.columns]
            lines = list(map(self.delimiter.join, zip(*columns, strict=True)))
            if header:
                lines.insert(0, self.delimiter.join(map(self._cell, table.columns)))
                header = False
            if len(columns) == 1:
                # A lone empty cell would be an empty line, which readers skip.
                lines = [line or '""' for line in lines]
            if lines:
                yield "\n".join([*lines, ""]).encode()

    def _cells(self, column: Sequence[str]) -> Sequence[str]:
        """Return cells as they are written.

        Most columns need neither quotes nor a guard; searching the joined column shows that a
        hundred times as fast as a look at each cell.
        """
        text = "\n".join(["", *column, ""])
        changes = (
            text.count("\n") > len(column) + 1
            or any(
                char in text
                for char in (self.delimiter, '"', "\r", "\n=", "\n@", "\n＝", "\n＠", "\n\t")
            )
            or (any(f"\n{sign}" in text for sign in _SIGNS) and _SIGNED_TEXT.search(text))
        )
        return list(map(self._cell, column)) if changes else column

    def _cell(self, cell: str) -> str:
        """Return a cell in quotes if it needs them; csv.writer leaves a bare ``\\r`` unquoted."""
        cell = guard_formula(cell)
        if not self._special.search(cell):
            return cell
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'


def guard_formula(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: a quote is put before it.

    The rule is that of OWASP on CSV injection, but signed numbers stay as they are. Where Chinese
    or Japanese is typed, spreadsheets also accept the full-width signs ＝＋－＠.
    """
    if cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    if cell.startswith(_SIGNS) and len(cell) > 1 and not numbers.is_number(cell.rstrip("%")):
        return f"'{cell}"
    return cell
