"""The SQL that reads files: every cell as the text that the strict reader returns.

Columns are called by position, ``c0``, ``c1`` …, and hold text, ``''`` where missing. Paths are
parameters and literal. No text of the user's becomes SQL.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from transfer_cli.errors import DataError
from transfer_cli.messages import _
from transfer_cli.tables import files
from transfer_cli.tables.rows import csv_lines, open_rows

NO_CELL = "\x1fno cell\x1f"
"""What DuckDB takes for null, and no cell is. If it were the empty cell, DuckDB would accept an
empty cell too many at the end of a row."""
_LONG = 64 << 20
"""Bytes of the longest row of a copy: some cells of the length that the strict reader takes."""
BUFFER = 12_000_000
"""Bytes that DuckDB reads at once, and those of the longest row; its own 32 MB cost 100 MB more."""
_TAIL = 1 << 16
"""Bytes at the end of a file in which its last row usually begins."""
_GLOB = str.maketrans({"[": "[[]", "*": "[*]", "?": "[?]"})
_NESTED = ("[", "STRUCT", "MAP", "UNION", "LIST", "INTERVAL")


@dataclass(frozen=True)
class Scan:
    """Files of one kind with the same columns, as DuckDB reads them.

    ``cells`` are the SQL expressions of the columns as text, over the columns of ``reader``; None
    for a column whose values are not cells.
    """

    header: tuple[str, ...]
    paths: tuple[Path, ...]
    reader: str
    cells: tuple[str | None, ...]

    @property
    def parameters(self) -> list[object]:
        """The values of the parameters of ``sql``."""
        return [[literal_path(path) for path in self.paths]]

    def sql(self, used: Collection[int], where: str = "") -> str:
        """Return SQL for FROM: the columns at the positions ``used``.

        ``where`` is a condition on the ``file_row_number`` of Parquet.
        """
        columns = [f"{self.cells[place]} AS c{place}" for place in sorted(used)
                   if place < len(self.cells) and self.cells[place]]  # fmt: skip
        rows = self.reader
        if where:
            rows = f"{rows.replace('(?)', '(?, file_row_number = true)')} WHERE {where}"
        return f"(SELECT {', '.join(columns or ['1'])} FROM {rows})"  # noqa: S608

    def require(self, place: int) -> None:
        """Raise DataError for a column whose values are not cells: lists, records, intervals."""
        if self.cells[place] is None:
            message = _("{file}: column {name!r} holds lists or records, not cells",
                        file=files.label(self.paths[0]), name=self.header[place])  # fmt: skip
            raise DataError(message, _("write it as text or as a number"))


def copied(paths: Sequence[Path], header: Sequence[str], delimiter: str) -> Scan:
    """Return the scan of copies of files whose form, or the length of a row, DuckDB cannot take.

    Raises DataError with file and line for what is wrong in them.
    """
    copies = list(clean_copies(paths, delimiter))
    return delimited(copies, header, ",", long_rows=True)


def delimited(
    paths: Sequence[Path], header: Sequence[str], delimiter: str, *, long_rows: bool = False
) -> Scan:
    """Return the scan of delimited text, packed (gz, zst) or not, which DuckDB reads strictly.

    DuckDB skips the header, which may have several lines. ``long_rows`` makes room
    for rows of up to 64 MB.
    """
    sizes = f"buffer_size = {BUFFER}"
    if long_rows:
        sizes = f"max_line_size = {_LONG}, buffer_size = {2 * _LONG}"
    places = range(len(header))
    types = ", ".join(f"c{place}: 'VARCHAR'" for place in places)
    reader = (
        f"read_csv(?, delim = {_literal(delimiter)}, quote = '\"', escape = '\"',"
        f" nullstr = {_literal(NO_CELL)}, header = true, auto_detect = false,"
        f" strict_mode = true, null_padding = false, {sizes}, columns = {{{types}}})"
    )
    cells = tuple(unguarded(f"c{place}") for place in places)
    return Scan(tuple(header), tuple(paths), reader, cells)


def parquet(paths: Sequence[Path], columns: Sequence[tuple[str, str]]) -> Scan:
    """Return the scan of Parquet files; ``columns`` are names and DuckDB's types."""
    cells = tuple(parquet_cell(identifier(name), type_) for name, type_ in columns)
    header = tuple(name for name, _type in columns)
    return Scan(header, tuple(paths), "read_parquet(?)", cells)


def literal_path(path: Path) -> str:
    """Return a path as DuckDB takes it, in which ``[``, ``*`` and ``?`` are no pattern."""
    return str(path).translate(_GLOB)


def unguarded(cell: str) -> str:
    """Return SQL for a cell without the quote that keeps a spreadsheet from running a formula."""
    # The pattern is looked for in the few cells that begin with a quote.
    plain = f"regexp_replace({cell}, '^''([=@+＝＠＋－\\t\\r-])', '\\1')"
    return f"CASE WHEN {cell} LIKE '''%' THEN {plain} ELSE {cell} END"


def parquet_cell(column: str, type_: str) -> str | None:
    """Return SQL for a typed column as the text that a CSV file would have; None for lists.

    A float that is whole has no decimals: a missing value makes floats of a column of integers in
    many programs. A time at midnight is a date.
    """
    text = f"{column}::VARCHAR"
    if type_.endswith("]") or type_.startswith(_NESTED):
        return None
    if type_ in ("DOUBLE", "FLOAT"):
        text = f"CASE WHEN NOT isnan({column}) THEN regexp_replace({text}, '[.]0$', '') END"
    elif type_.startswith("TIMESTAMP WITH TIME ZONE"):
        text = f"({column} AT TIME ZONE 'UTC')::VARCHAR || 'Z'"
    elif type_.startswith("TIMESTAMP"):
        text = f"regexp_replace({text}, ' 00:00:00$', '')"
    elif type_ == "BLOB":
        text = f"decode({column})"
    return f"coalesce({text}, '')"


def ends_lines(header: Sequence[str]) -> bool:
    """Return whether a name in a header holds a line end.

    If that is another one than those of the file, DuckDB takes all rows for a part of the header,
    and returns none.
    """
    return any("\n" in name or "\r" in name for name in header)


def has_long_tail(path: Path) -> bool:
    """Return whether the last line of a file, unpacked as it is, is longer than a read buffer.

    DuckDB 2.0.1 drops such a row in silence if it is longer than two buffers.
    """
    size = files.size(path)
    with path.open("rb") as file:
        for length in (min(size, _TAIL), min(size, BUFFER)):
            file.seek(size - length)
            if b"\n" in file.read(length).rstrip(b"\r\n"):
                return False
    return size > BUFFER


def clean_copies(paths: Sequence[Path], delimiter: str) -> Iterator[Path]:
    """Yield copies of delimited files, as the strict reader reads them, as plain CSV.

    Their header is a plain one, which is skipped: see ``ends_lines``.
    Raises DataError with file and line for what is wrong in them.
    """
    for path in paths:
        with open_rows(path, delimiter=delimiter) as file:
            rows = (chunk.rows for chunk in file)
            header = [f"c{place}" for place in range(len(file.header))]
            yield files.copy(csv_lines(chain([[header]], rows)), files.label(path))


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return the name of a column as SQL."""
    return '"' + name.replace('"', '""') + '"'
