"""SQLite databases, read by the standard library and never changed."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transfer_cli.errors import DataError, reason
from transfer_cli.messages import _
from transfer_cli.tables import files
from transfer_cli.tables.formats.cells import number
from transfer_cli.tables.formats.interface import (
    InputFormat,
    Records,
    Settings,
    choose_sheet,
    chunked,
)
from transfer_cli.tables.packing import InputFile

if TYPE_CHECKING:
    import sqlite3

MAGIC = b"SQLite format 3\0"
_BLOCK = 1 << 20
_SHEETS = (
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%'"
    " ESCAPE '\\' ORDER BY type, rowid"
)


class Sqlite(InputFormat):
    """A database whose tables and views are its sheets."""

    def matches(self, first: bytes, path: Path) -> bool:
        """Return whether a file begins as a database does."""
        return first.startswith(MAGIC)

    def read(self, file: InputFile, settings: Settings) -> Records:
        """Return the rows of a table or view, numbered from 1."""
        import sqlite3

        location = _location(file)
        try:
            with closing(_connect(location)) as connection:
                sheets = [name for (name,) in connection.execute(_SHEETS)]
                sheet, notes = choose_sheet(sheets, settings, file.name)
                found = connection.execute(_select(sheet))
                header = [column[0] for column in found.description]
                found.fetchone()  # Raises an error for a damaged file.
        except sqlite3.Error as error:
            raise _damaged(file.name, error) from error
        rows = _rows(location, sheet, header, file.name)
        return Records(header, chunked(rows), notes)


def _location(file: InputFile) -> str:
    """Return the URI of a database: the file itself, or a copy of what is packed or a stream."""
    if file.path is not None:
        return f"{file.path.resolve().as_uri()}?mode=ro"
    copy = files.copy(iter(partial(file.read, _BLOCK), b""), file.name, ".db")
    return f"{copy.as_uri()}?mode=ro&immutable=1"


def _connect(location: str) -> "sqlite3.Connection":
    import sqlite3

    return sqlite3.connect(location, uri=True)


def _select(sheet: str) -> str:
    """Return the query of a table whose name is in the database."""
    quoted = sheet.replace('"', '""')
    return f'SELECT * FROM "{quoted}"'  # noqa: S608


def _rows(
    location: str, sheet: str, header: list[str], name: str
) -> Iterator[tuple[int, list[str]]]:
    import sqlite3

    try:
        with closing(_connect(location)) as connection:
            for place, row in enumerate(connection.execute(_select(sheet)), 1):
                cells = zip(header, row, strict=True)
                yield place, [_cell(value, name, place, column) for column, value in cells]
    except sqlite3.Error as error:
        raise _damaged(name, error) from error


def _cell(value: Any, name: str, place: int, column: str) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number(value)
    message = _("{name}:{line}: column {column!r} holds bytes, not text",
                name=name, line=place, column=column)  # fmt: skip
    raise DataError(message, _("write it as text or as a number"))


def _damaged(name: str, error: "sqlite3.Error") -> DataError:
    message = _("{name} is not a valid SQLite database: {reason}", name=name, reason=reason(error))
    return DataError(message, _("it is damaged, cut short or in use: write it again"))
