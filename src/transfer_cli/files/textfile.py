"""Reads delimited text strictly: a broken row is an error with file, line and column.

No pandas here: what needs only the text of a table does not wait for it.
"""

import csv
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from transfer_cli.errors import DataError
from transfer_cli.files import inputs, standard_input, unpacking

_FORMULA_GUARDS = ("'=", "'@", "'+", "'-", "'\t", "'\r")
_JSON = re.compile(r"""\s*(?:\{\s*["}]|\[\s*[\[{"\d\]])""")
csv.field_size_limit(1 << 24)


def records(path: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the header of a CSV or TSV file and its rows, each with the line it begins on.

    ``path`` may be ``-`` for standard input. Raises DataError for a file that is missing, empty,
    not UTF-8, or broken in its rows.
    """
    name = inputs.label(Path(path))
    text = decode(_bytes(path), name)
    check_kind(text, name)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    header = _header(rows, name)
    return header, list(_records(rows, header, name))


def check_kind(text: str, name: str) -> None:
    """Raise DataError if a file that begins with ``text`` is empty, or holds no table as text."""
    if not text.strip():
        raise DataError(f"{name} is empty", "the first line must name the columns")
    if text.startswith("PK\x03\x04") or "\0" in text.partition("\n")[0]:
        raise DataError(f"{name} is no text: a workbook, perhaps", "save it as CSV in UTF-8")
    if _JSON.match(text):
        raise DataError(f"{name} holds JSON, not CSV", "write it with -f csv, or leave -f out")


def delimiter_of(text: str) -> str:
    """Return what parts the cells: a tab if the first line has one, else a comma."""
    return "\t" if "\t" in text.partition("\n")[0] else ","


def first_line(text: str, name: str) -> list[str]:
    """Return the names of the columns in the first line of a file, checked."""
    return _header(csv.reader([text], delimiter=delimiter_of(text), strict=True), name)


def part(
    text: str, header: list[str], delimiter: str, name: str, line: int
) -> list[tuple[int, list[str]]]:
    """Return the rows of a part of a file that begins on ``line``, each with its own line."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return list(_records(rows, header, name, line))


def _bytes(path: str) -> bytes:
    with inputs.opened(Path(path)) as file:
        return file.reader.read()


def decode(data: bytes, name: str, first: int = 1) -> str:
    """Return the text of a file called ``name``; raise DataError with its line if not UTF-8.

    ``first`` is the line on which the text begins.
    """
    try:
        return data.decode("utf-8-sig" if first == 1 else "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + first
        raise DataError(f"{name}:{line}: not UTF-8 text", _converted(data, name)) from None


def _converted(data: bytes, name: str) -> str:
    """Return what makes UTF-8 text of what is none."""
    suffix = unpacking.packing(data[: unpacking.MAGIC_LENGTH])
    if suffix:
        return f"it is packed: give its name the suffix {suffix}"
    charset = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "GB18030"
    convert = f"iconv -f {charset} -t UTF-8"
    if name == standard_input.NAME:
        return f"convert it first: {convert} TABLE.csv | transfer-cli filter -"
    return f"convert it first: {convert} {shlex.quote(name)}"


def _header(rows: Any, file: str) -> list[str]:
    try:
        names: list[str] = next(rows)
    except csv.Error as error:
        raise DataError(f"{file}:1: {error} in the header", "close every quote") from None
    names = list(map(unguard, names))
    if not names:
        raise DataError(f"{file}:1: the first line is empty", "name the columns in it")
    for position, name in enumerate(names):
        if not name.strip():
            raise DataError(f"{file}:1: column {position + 1} has no name")
        if name in names[:position]:
            raise DataError(f"{file}:1: column {name!r} stands twice", "rename one of them")
    return names


def _records(
    rows: Any, header: list[str], file: str, first: int = 1
) -> Iterator[tuple[int, list[str]]]:
    while True:
        line = rows.line_num + first
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            hint = "close every quote that opens"
            raise DataError(f"{file}:{line}: {error} in the row that begins here", hint) from None
        if row and len(row) != len(header):
            raise _ragged(row, header, f"{file}:{line}")
        if row:
            yield line, [unguard(cell) if cell[:1] == "'" else cell for cell in row]


def _ragged(row: list[str], header: list[str], place: str) -> DataError:
    if len(row) < len(header):
        where = f"column {header[len(row)]!r} is missing"
    else:
        where = f"{row[len(header)]!r} stands after the last column, {header[-1]!r}"
    return DataError(
        f"{place}: {len(row)} fields where the header has {len(header)}: {where}",
        "quote a cell that holds a comma, and leave no field out",
    )


def unguard(cell: str) -> str:
    """Take back the quote that keeps a spreadsheet from running a cell as a formula."""
    return cell[1:] if cell.startswith(_FORMULA_GUARDS) else cell
