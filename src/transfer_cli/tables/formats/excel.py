"""Workbooks: xlsx, xlsb, xls and ods, read by python-calamine (extra ``excel``)."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from transfer_cli.errors import DataError, TransferError, reason
from transfer_cli.messages import _, join
from transfer_cli.tables import kinds
from transfer_cli.tables.compression import check_size
from transfer_cli.tables.formats import cells
from transfer_cli.tables.formats.cells import Detail, Details
from transfer_cli.tables.formats.interface import (
    InputFormat,
    Records,
    Settings,
    choose_sheet,
    chunked,
)
from transfer_cli.tables.packing import InputFile
from transfer_cli.tables.reader import BrokenRow

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMED = 3
"""Cells that a note names."""


class Grid(NamedTuple):
    """A sheet: its rows of text cells from the first row and column on, as wide as each other.

    ``details`` are what the values leave out: formats, errors and formulas without a result.
    ``merged`` are ranges of merged cells as ((row, column), (row, column)), counted from 0.
    """

    name: str
    rows: list[list[str]]
    details: Details
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
    notes: Sequence[str]


class Workbook(InputFormat):
    """A workbook of a spreadsheet program; the first row of a sheet names its columns."""

    def matches(self, first: bytes, path: Path) -> bool:
        """Return whether a file is a zip archive, or the container of older Office files."""
        return first.startswith((_ZIP, _OLE))

    def read(self, file: InputFile, settings: Settings) -> Records:
        """Return the rows of a sheet, each with its number there; blank rows are left out.

        An error (``#N/A``) and a formula without a stored result are empty cells, and named.
        """
        grid = read_grid(file, settings)
        rows = [(line, row) for line, row in enumerate(grid.rows, 1) if any(row)]
        if not rows:
            message = _("sheet {sheet!r} of {name} is empty", sheet=grid.name, name=file.name)
            raise DataError(message, _("the first row must name the columns"))
        header = rows[0][1]
        problems = list(_problems(grid, header))
        unread = list(_notes(grid, file.name))
        return Records(header, chunked(rows[1:]), grid.notes, problems, unread)


def read_grid(file: InputFile, settings: Settings) -> Grid:
    """Return a sheet of a workbook, without the blank columns at its end.

    Raises DataError for a file that is damaged, protected or no workbook, TransferError if the
    extra is not installed.
    """
    data = file.read()
    _check_container(data, file.name)
    name, values, merged, notes = _sheet(data, settings, file.name)
    try:
        details = _details(data, name)
    except (SyntaxError, KeyError, ValueError) as error:  # XML that is not well-formed.
        raise _damaged(file.name, reason(error)) from error
    if details is None:
        details = {}
        note = _("{file}: number formats of this kind of workbook are not read: a percentage is a"
                 " fraction, and an error is empty", file=file.name)  # fmt: skip
        notes = [*notes, note]
    width = max((place for row in values for place, value in enumerate(row, 1) if value != ""),
                default=0)  # fmt: skip
    rows = [
        [_text(value, details.get((line, place))) for place, value in enumerate(row[:width])]
        for line, row in enumerate(values)
    ]
    return Grid(name, rows, details, merged, [*notes, *_rounded(values, details, file.name)])


def _sheet(
    data: bytes, settings: Settings, file: str
) -> tuple[str, Sequence[Sequence[Any]], Sequence[Any], Sequence[str]]:
    """Return the name of the sheet to be read, its values, its merged cells, and notes."""
    library = _library()
    try:
        book = library.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [
            each.name for each in book.sheets_metadata
            if each.typ == library.SheetTypeEnum.WorkSheet
            and (settings.sheet or each.visible == library.SheetVisibleEnum.Visible)
        ]  # fmt: skip
        name, notes = choose_sheet(visible, settings, file)
        sheet = book.get_sheet_by_name(name)
        return name, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or (), notes
    except library.PasswordError as error:
        raise _protected(file) from error
    except library.CalamineError as error:
        raise _damaged(file, reason(error)) from error


def _text(value: Any, detail: Detail | None) -> str:
    """Return the text of a cell; empty for an error, which is not text."""
    return "" if isinstance(detail, str) else cells.cell(value, detail)


def _rounded(values: Sequence[Sequence[Any]], details: Details, file: str) -> Iterator[str]:
    """Yield the note on numbers that have more digits than the sheet shows."""
    count = sum(
        cells.hides(value, detail)
        for (line, place), detail in details.items()
        if isinstance(detail, cells.Shown)
        and line < len(values) and place < len(values[line])
        and isinstance(value := values[line][place], float)
    )  # fmt: skip
    if count == 1:
        yield _("{file}: 1 number is read as the sheet shows it, and has more digits", file=file)
    elif count:
        yield _("{file}: {count} numbers are read as the sheet shows them, and have more digits",
                file=file, count=count)  # fmt: skip


def _details(data: bytes, sheet: str) -> Details | None:
    """Return the details of cells that python-calamine does not return; None if unknown."""
    import zipfile

    from transfer_cli.tables.formats import ods, xls, xlsx

    if data.startswith(_OLE):
        return xls.details(data, sheet)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if "content.xml" in names:
            return ods.details(archive, sheet)
        return xlsx.details(archive, sheet) if "xl/workbook.xml" in names else None


def _check_container(data: bytes, name: str) -> None:
    """Raise DataError for a file that is not a workbook, or an encrypted one."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _protected(name)
        if "WordDocument".encode("utf-16-le") in data:
            message = _("{name} is a Word document, not a table", name=name)
            raise DataError(message, _("copy its table into a spreadsheet"))
        return
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = " ".join(archive.namelist())
            unpacked = sum(part.file_size for part in archive.infolist())
            check_size(unpacked, len(data), name)
            if "mimetype" in names and b"spreadsheet" in archive.read("mimetype")[:100]:
                if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                    raise _protected(name)
                return
    except zipfile.BadZipFile as error:
        raise _damaged(name, _("its end is missing")) from error
    except (OSError, ValueError, KeyError, NotImplementedError, RuntimeError) as error:
        raise _damaged(name, reason(error)) from error
    if "xl/" not in names:
        raise kinds.zip_error(names, name)


def _library() -> Any:
    try:
        import python_calamine
    except ImportError as error:
        message = _("workbooks (xlsx, xls, ods) need the extra 'excel'")
        raise TransferError(message, "pip install 'transfer-cli[excel]'") from error
    return python_calamine


def _protected(name: str) -> DataError:
    message = _("{name} is protected by a password", name=name)
    return DataError(message, _("open it in a spreadsheet and save it without the password"))


def _damaged(name: str, why: str) -> DataError:
    message = _("{name} is not a valid workbook: {reason}", name=name, reason=why)
    return DataError(message, _("it is damaged or cut short: fetch it again, or save it again"))


def _unread(grid: Grid) -> list[tuple[int, int, str]]:
    """Return the cells that hold an error, or a formula without a result; with what they hold."""
    return sorted(
        (line, place, detail)
        for (line, place), detail in grid.details.items()
        if isinstance(detail, str)
    )


def _problems(grid: Grid, header: Sequence[str]) -> Iterator[BrokenRow]:
    for line, place, content in _unread(grid):
        column = header[place] if place < len(header) else ""
        message = _(
            "{cell} holds {content}, no value", cell=address(line, place), content=_content(content)
        )
        yield BrokenRow(line + 1, column, message, _("correct the formula, or clear the cell"))


def _notes(grid: Grid, name: str) -> Iterator[str]:
    """Yield the notes that name cells without a value."""
    unread = _unread(grid)
    for content in dict.fromkeys(content for _line, _place, content in unread):
        places = [address(line, place) for line, place, each in unread if each == content]
        shown = join(places[:_NAMED]) + (" …" if places[_NAMED:] else "")
        if len(places) == 1:
            yield _("{file}: {cell} holds {content} and is read as empty",
                    file=name, cell=shown, content=_content(content))  # fmt: skip
        else:
            yield _("{file}: {count} cells hold {content} and are read as empty: {cells}",
                    file=name, count=len(places), cells=shown,
                    content=_content(content))  # fmt: skip


def _content(detail: str) -> str:
    return detail or _("a formula without a stored result")


def address(line: int, place: int) -> str:
    """Return the address of a cell in a spreadsheet: B3 for row 2 and column 1, counted from 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{line + 1}"
