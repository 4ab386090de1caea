"""The rows of a file of any format but Parquet, which DuckDB reads."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from transfer_cli.errors import UsageError
from transfer_cli.messages import _
from transfer_cli.tables import formats, kinds
from transfer_cli.tables.formats import InputFormat, Settings
from transfer_cli.tables.packing import InputFile, open_bytes
from transfer_cli.tables.reader import (
    BrokenRow,
    Chunk,
    DelimitedFile,
    check_names,
    delimiter_character,
    name_row_numbers,
    refusing,
)


class RecordFile:
    """A table of a typed format, as ``DelimitedFile`` is one of text.

    ``delimiter`` and ``encoding`` are empty. The line of a row is its number in the sheet, or among
    the records from 1.
    """

    delimiter = ""
    encoding = ""

    def __init__(
        self,
        form: InputFormat,
        file: InputFile,
        settings: Settings,
        on_broken: Callable[[BrokenRow], None] | None,
    ) -> None:
        self.name = file.name
        self._file = file
        self._records = form.read(file, settings)
        self.header = self._records.header
        self.notes = list(self._records.notes)
        if on_broken is None:
            self.notes += self._records.problem_notes
        report = on_broken or refusing(file.name)
        self._chunks = iter(self._records.chunks)
        if not self.header[0]:
            first = list(islice(self._chunks, 1))
            self._chunks = chain(first, self._chunks)
            cells = [row[0] for chunk in first for row in chunk.rows[:1]]
            self.notes += name_row_numbers(self.name, self.header, cells)
        check_names(self.name, self.header, report)
        for problem in self._records.problems if on_broken else ():
            report(problem)

    def __iter__(self) -> Iterator[Chunk]:
        """Yield the rows in chunks."""
        yield from self._chunks

    def position(self) -> int:
        """Return how many bytes of the file on the disk were read so far."""
        return self._file.position()


RowFile = DelimitedFile | RecordFile


@contextmanager
def open_rows(
    path: Path | str | InputFile,
    *,
    delimiter: str = "",
    encoding: str = "",
    sheet: str = "",
    table: str = "",
    on_broken: Callable[[BrokenRow], None] | None = None,
) -> Iterator[RowFile]:
    """Open a table, packed or not, ``-`` for standard input, and close it afterwards.

    Its format is recognised by its first bytes and its name; any other file is delimited text.
    ``delimiter`` is a character or one of the names in ``DELIMITERS``; if empty, it is recognised.
    So is the encoding, among UTF-8, UTF-16 and GB18030, if ``encoding`` is empty. With
    ``on_broken`` a broken row is reported and left out; without it, it is an error. ``sheet`` names
    a sheet of a workbook, a table of a database or an array of a JSON object; ``table`` is the
    built-in table whose sheet is read if none is named: see ``Settings``.

    Raises DataError, with file, line and column, for a file that is missing, empty, no text, not
    in the encoding, or broken in its header or rows; UsageError for an unknown delimiter or
    encoding.
    """
    delimiter = delimiter_character(delimiter)
    settings = Settings(encoding, sheet, table)

    def opened(file: InputFile) -> RowFile:
        form = formats.recognise(file.peek(kinds.LENGTH), file.name)
        if form:
            return RecordFile(form, file, settings, on_broken)
        if sheet:
            raise UsageError(_("{file} has no sheets", file=file.name), _("omit --sheet"))
        return DelimitedFile(file, delimiter, encoding, on_broken)

    if isinstance(path, InputFile):
        yield opened(path)
        return
    with open_bytes(Path(path)) as file:
        yield opened(file)


def is_delimited(path: Path) -> bool:
    """Return whether a file is delimited text, or nothing that is read."""
    with open_bytes(path) as file:
        return formats.recognise(file.peek(kinds.LENGTH), file.name) is None


def csv_lines(rows: Iterable[Iterable[Sequence[str]]], delimiter: str = ",") -> Iterator[bytes]:
    """Yield chunks of rows as CSV in UTF-8."""
    for chunk in rows:
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerows(chunk)
        yield text.getvalue().encode()
