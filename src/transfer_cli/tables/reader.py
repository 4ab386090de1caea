"""The strict reader of delimited text: every cell of every table passes through it once.

It needs no pandas. A broken row is an error that names file, line and column.
"""

import csv
import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, NoReturn, Protocol

from transfer_cli.errors import DataError, UsageError, reason
from transfer_cli.messages import _, join, to_people
from transfer_cli.model.headings import ROW
from transfer_cli.tables import files
from transfer_cli.tables.packing import InputFile
from transfer_cli.tables.text import FORMULA_QUOTES, LINE_END, Text

ROWS = 8192
"""Rows of a chunk, or fewer if they are long."""
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
"""The delimiters that are recognised, by the names that ``--delimiter`` accepts."""

_CHUNK_TEXT = 4 << 20
"""Characters of a chunk, about."""
_SAMPLE_RECORDS = 100
_SAMPLE_TEXT = 8 << 20
_QUOTED = re.compile(r'(?:(?<=[,;\t|\n\r])|\A)"[^"]*(?:""[^"]*)*(?:"|\Z)')
LONGEST_CELL = 1 << 24
"""Characters of the longest cell that is read."""


class Chunk(NamedTuple):
    """Consecutive rows of a file, each with the physical line on which it begins."""

    lines: Sequence[int]
    rows: list[list[str]]


class BrokenRow(NamedTuple):
    """What is wrong with a row, or with the header; ``column`` is empty if it is the whole row.

    ``row`` are its cells, if it has too few or too many.
    """

    line: int
    column: str
    message: str
    hint: str
    row: Sequence[str] = ()


class DelimitedFile:
    """An open file: its header, and its rows in chunks when it is iterated, once.

    ``notes`` are for people. See ``open_rows`` for the errors.
    """

    def __init__(
        self,
        file: InputFile,
        delimiter: str,
        encoding: str,
        on_broken: Callable[[BrokenRow], None] | None,
    ) -> None:
        self.name = file.name
        self._stops = on_broken is None
        self._report = on_broken or refusing(file.name)
        self._text = Text(file, encoding)
        sample, records = self._sample()
        self.delimiter = delimiter or _recognise(records, files.unpacked_name(Path(self.name)))
        self._chunk_rows = max(1, min(ROWS, _CHUNK_TEXT * len(records) // len(sample)))
        lines = chain.from_iterable(self._text.lines())
        csv.field_size_limit(LONGEST_CELL)  # of the process, which a library may have changed
        self._reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        self._text.line = lambda: self._reader.line_num
        self.encoding = self._text.encoding
        self.notes = self._text.notes()
        self.header = self._read_header(records[1:2])
        if not delimiter and len(self.header) == 1:
            self._note_other_delimiter(self.header[0])

    def __iter__(self) -> Iterator[Chunk]:
        """Yield the rows in chunks, without blank lines.

        Raises DataError at the first broken row, after the rows before it, unless ``on_broken``
        was given.
        """
        while True:
            first = self._reader.line_num + 1
            rows: list[list[str]] = []
            error: Exception | None = None
            try:
                # Rows that were read before an error stay in the list.
                rows.extend(islice(self._reader, self._chunk_rows))
            except (csv.Error, DataError) as caught:
                error = caught
            if not rows and error is None:
                return
            end = first + len(rows)
            lines: Sequence[int] = range(first, end)
            if error or self._reader.line_num + 1 != end:
                lines, end = _line_numbers(rows, first)
            yield from self._checked(lines, rows)
            if isinstance(error, csv.Error):
                message = _("{reason} in the row that begins here", reason=reason(error))
                self._report(BrokenRow(end, "", message, _("close every quote that opens")))
            elif error:
                raise error

    def position(self) -> int:
        """Return how many bytes of the file on the disk were read so far."""
        return self._text.file.position()

    def _checked(self, lines: Sequence[int], rows: list[list[str]]) -> Iterator[Chunk]:
        """Yield the rows that have a cell for each column, and report the others."""
        width = len(self.header)
        broken = None
        if {*map(len, rows)} != {width}:
            kept_lines, kept_rows = [], []
            for line, row in zip(lines, rows, strict=True):
                if len(row) == width:
                    kept_lines.append(line)
                    kept_rows.append(row)
                elif row:
                    broken = _ragged(row, self.header, line, self.name)
                    if self._stops:
                        break
                    self._report(broken)
            lines, rows = kept_lines, kept_rows
        if self._text.formula_quotes:
            rows = [[unguard(cell) if cell[:1] == "'" else cell for cell in row] for row in rows]
        if rows:
            yield Chunk(lines, rows)
        if broken and self._stops:
            self._report(broken)

    def _sample(self) -> tuple[str, list[str]]:
        """Return the beginning of the file, and its records, with a quote for each quoted cell."""
        sample = self._text.sample(_SAMPLE_RECORDS, _SAMPLE_TEXT)
        if not sample.strip():
            message = _("{name} is empty", name=self.name)
            raise DataError(message, _("the first line must name the columns"))
        records = LINE_END.split(_QUOTED.sub('"', sample))
        if not self._text.ended:  # The last record may go on behind the sample.
            records = records[:-1]
        return sample, [record for record in records if record] or [sample]

    def _read_header(self, first: Sequence[str]) -> list[str]:
        """Return the names of the columns; ``first`` is the record below them.

        A first column without a name that counts rows from 0, as pandas writes it, gets one.
        """
        try:
            names = [unguard(name) for name in next(self._reader)]
        except csv.Error as error:
            message = _("{reason} in the header", reason=reason(error))
            self._report(BrokenRow(1, "", message, _("close every quote")))
            return [""]
        if not names:
            message = _("the first line is empty")
            raise DataError(f"{self.name}:1: {message}", _("name the columns in it"))
        if len(names) <= 2 and names[0].lower().startswith("sep="):
            message = _("the first line says to Excel how cells are delimited: it is not a header")
            raise DataError(f"{self.name}:1: {message}", _("delete the line"))
        cells = [record.partition(self.delimiter)[0] for record in first]
        self.notes += name_row_numbers(self.name, names, cells)
        check_names(self.name, names, self._report)
        return names

    @to_people()
    def _note_other_delimiter(self, name: str) -> None:
        """Note that a file of one column seems to be delimited by something else."""
        for word, delimiter in DELIMITERS.items():
            if delimiter in name:
                note = _(
                    "{file} is read as one column; if its cells are delimited by {word}:"
                    " --delimiter {word}",
                    file=self.name,
                    word=word,
                )
                self.notes.append(note)
                return


class OpenFile(Protocol):
    """An open table: delimited text, or another format, whose delimiter is empty."""

    name: str
    header: list[str]
    delimiter: str


class Agreement:
    """Checks that the files of one table have the same columns, in one order, and one delimiter."""

    def __init__(self) -> None:
        self._first: OpenFile | None = None
        self.delimiter = ""

    def check(self, file: "OpenFile") -> None:
        """Raise DataError if a file differs from the first."""
        first = self._first = self._first or file
        if file.header != first.header:
            message = _("{file}:1: other columns than in {first}", file=file.name, first=first.name)
            hint = _("the files of one table have the same columns in one order")
            raise DataError(message, hint)
        self.delimiter = self.delimiter or file.delimiter
        if file.delimiter and file.delimiter != self.delimiter:
            message = _("{file}:1: another delimiter than in {first}",
                        file=file.name, first=first.name)  # fmt: skip
            raise DataError(message, _("read the files one by one, or write them again"))


def refusing(name: str) -> Callable[[BrokenRow], NoReturn]:
    """Return the function that raises DataError for a broken row of the file ``name``."""

    def refuse(broken: BrokenRow) -> NoReturn:
        raise DataError(f"{name}:{broken.line}: {broken.message}", broken.hint)

    return refuse


def name_row_numbers(file: str, names: list[str], first: Sequence[str]) -> list[str]:
    """Name a first column that has no name and counts rows from 0, as pandas writes it.

    ``first`` are the first cells of the first row, if there is one. Returns the note on it.
    """
    if names[0] or list(first) != ["0"] or ROW in names:
        return []
    names[0] = ROW
    return [_("{file}: the first column has no name and counts the rows: it is called {name!r}",
              file=file, name=ROW)]  # fmt: skip


def check_names(file: str, names: Sequence[str], report: Callable[[BrokenRow], None]) -> None:
    """Report the columns of the header of a file that have no name, or the name of another."""
    hint = _("name it, or delete the empty column; for a table with titles above its header:"
             " {command}", command=tidy_command(file))  # fmt: skip
    if files.unpacked_name(Path(file)).suffix.lower() in files.RECORDS:
        hint = _("name it")
    seen: set[str] = set()
    for position, name in enumerate(names, 1):
        if not name.strip():
            message = _("column {position} has no name", position=position)
            report(BrokenRow(1, "", message, hint))
        elif name in seen:
            message = _("column {name!r} occurs twice", name=name)
            report(BrokenRow(1, name, message, _("rename one of them")))
        seen.add(name)


def delimiter_character(given: str) -> str:
    """Return the character that a user means by a delimiter; raise UsageError for a wrong one.

    It is a character, one of the names in ``DELIMITERS``, or empty.
    """
    character = DELIMITERS.get(given.lower(), "\t" if given == "\\t" else given)
    if len(character) > 1 or character in ('"', "\n", "\r", "\0") or not character.isascii():
        raise UsageError(
            _("{given!r} is not a delimiter", given=given),
            _("name one character, or one of {names}", names=join(DELIMITERS)),
        )
    return character


def unguard(cell: str) -> str:
    """Return a cell without the quote that keeps a spreadsheet from running it as a formula."""
    return cell[1:] if cell.startswith(FORMULA_QUOTES) else cell


def _recognise(records: list[str], path: Path) -> str:
    """Return the delimiter of a file from its first records, without their quoted cells.

    It is the only character that occurs in all records equally often, at least once; otherwise the
    tab, for a file with such a suffix, or the comma.
    """
    even = []
    records = records[:_SAMPLE_RECORDS]
    for delimiter in DELIMITERS.values():
        counts = {record.count(delimiter) for record in records}
        if len(counts) == 1 and counts != {0}:
            even.append(delimiter)
    if len(even) == 1:
        return even[0]
    return "\t" if path.suffix in (".tsv", ".tab") else ","


def _line_numbers(rows: list[list[str]], first: int) -> tuple[list[int], int]:
    """Return the line on which each row begins, and the line after the last of them."""
    lines = []
    for row in rows:
        lines.append(first)
        first += 1
        for cell in row:
            if "\n" in cell or "\r" in cell:
                first += len(LINE_END.findall(cell))
    return lines, first


def tidy_command(file: str) -> str:
    """Return the command that makes rows of a wide table."""
    return f"transfer-cli tidy {'-' if file == files.STDIN_NAME else shlex.quote(file)}"


def _ragged(row: list[str], header: list[str], line: int, file: str) -> BrokenRow:
    """Return what is wrong with a row of a file that has too few or too many cells."""
    hint = _("quote a cell that holds a comma, and keep every field")
    if len(row) < len(header):
        column = header[len(row)]
        detail = _("column {column!r} is missing", column=column)
        hint = _("keep every field, and delete a line that is not a row, such as the source")
    else:
        column = ""
        detail = _("{cell!r} comes after the last column, {column!r}",
                   cell=row[len(header)], column=header[-1])  # fmt: skip
    message = _("{n} fields where the header has {expected}: {detail}",
                n=len(row), expected=len(header), detail=detail)  # fmt: skip
    if len(header) == 1:
        hint = _("for a table with titles above its header: {command}",
                 command=tidy_command(file))  # fmt: skip
    return BrokenRow(line, column, message, hint, row)
