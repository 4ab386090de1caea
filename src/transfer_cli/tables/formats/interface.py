"""The interface of input formats other than delimited text."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from transfer_cli.errors import DataError, UsageError, unknown
from transfer_cli.messages import _, join, to_people
from transfer_cli.tables.packing import InputFile
from transfer_cli.tables.reader import ROWS, BrokenRow, Chunk


class Settings(NamedTuple):
    """How a file is read: the sheet by its name, and the encoding of text; both may be empty.

    ``table`` is the built-in table that is meant: the sheet of this name is read if no sheet is
    named, and another sheet only in place of ``metrics``.
    """

    encoding: str = ""
    sheet: str = ""
    table: str = ""


class Records(NamedTuple):
    """The rows of a table in a file: text cells in chunks, each row with its number in the file.

    ``problems`` are cells that hold no value although they are not empty; they are read as empty,
    and ``problem_notes`` name them.
    """

    header: list[str]
    chunks: Iterable[Chunk]
    notes: Sequence[str] = ()
    problems: Sequence[BrokenRow] = ()
    problem_notes: Sequence[str] = ()


class InputFormat(ABC):
    """A format: how it is recognised, and how its rows are read."""

    @abstractmethod
    def matches(self, first: bytes, path: Path) -> bool:
        """Return whether a file with these first bytes and this name, unpacked, has the format."""

    @abstractmethod
    def read(self, file: InputFile, settings: Settings) -> Records:
        """Return the rows of a file.

        Raises DataError for a file that is damaged, empty or not a table, UsageError for a sheet
        that it does not have.
        """


def choose_sheet(names: Sequence[str], settings: Settings, file: str) -> tuple[str, list[str]]:
    """Return the sheet to be read, by default the first, and notes that name the others.

    Raises UsageError, with did-you-mean, for a name that is not in ``names``, DataError if there
    is no sheet.
    """
    if settings.sheet:
        if settings.sheet not in names:
            raise unknown(_("sheet"), settings.sheet, names)
        return settings.sheet, []
    if not names:
        raise DataError(_("{name} holds no table", name=file), _("name another file"))
    if settings.table in names:
        return settings.table, []
    _require_metrics(settings, file)
    others = list(names[1:4]) + (["…"] if len(names) > 4 else [])
    if not others:
        return names[0], []
    with to_people():
        note = _("{file}: sheet {name!r} is read; --sheet names another: {others}",
                 file=file, name=names[0], others=join(others))  # fmt: skip
    return names[0], [note]


def require_no_sheet(settings: Settings, file: str) -> None:
    """Raise UsageError if a sheet is named of a file without sheets."""
    if settings.sheet:
        message = _("{file} has no sheets", file=file)
        raise UsageError(message, _("omit --sheet"))
    _require_metrics(settings, file)


def _require_metrics(settings: Settings, file: str) -> None:
    if settings.table not in ("", "metrics"):
        message = _("{place} holds no table {table!r}", place=file, table=settings.table)
        raise DataError(message, _("name a sheet: --sheet NAME"))


def chunked(rows: Iterable[tuple[int, list[str]]]) -> Iterable[Chunk]:
    """Yield numbered rows in chunks."""
    lines: list[int] = []
    cells: list[list[str]] = []
    for line, row in rows:
        lines.append(line)
        cells.append(row)
        if len(cells) == ROWS:
            yield Chunk(lines, cells)
            lines, cells = [], []
    if cells:
        yield Chunk(lines, cells)
