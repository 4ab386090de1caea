"""The files of look-up tables and of built-in tables, read with the standard library.

Completion and usage errors need them, and must not load pandas.
"""

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from transfer_cli.errors import DataError, reason
from transfer_cli.messages import _

OPTIONAL = ("measure", "isic")
"""Columns that a look-up table of a user may lack."""

_KEYS = {
    "indicators": ("indicator", "kind", "adds_across", "label", "label_zh", "category"),
    "units": ("unit", "factor", "base_unit", "dimension", "label", "symbol"),
    "industries": ("industry", "label", "label_zh"),
}
"""The key of each look-up that a user may extend, and columns of which it has at least one."""
_LONGEST_HEADER = 1 << 16
Row = tuple[str, dict[str, str]]
"""A row of a look-up, after its place as ``FILE:LINE``."""


@cache
def data_directory() -> Path:
    """Return the directory of the built-in tables: in the wheel, or at the repository's top."""
    package = Path(__file__).resolve().parents[1]
    for directory in (package / "data", package.parents[1] / "data"):
        if (directory / "datapackage.json").is_file():
            return directory
    raise DataError(
        _("the built-in tables are missing"), _("reinstall with: pip install transfer-cli")
    )


def is_inside(directory: Path, file: str) -> bool:
    """Return whether a file, whose links are followed, lies in a directory."""
    # Unlike Path.resolve, it raises nothing for a link to itself.
    return Path(os.path.realpath(directory / file)).is_relative_to(os.path.realpath(directory))


def look_up_files(directories: Iterable[Path], name: str) -> Iterator[Path]:
    """Yield the files in ``directories`` that extend the look-up ``name``.

    Such a file has the name of the look-up, and its header the key and another of its columns: a
    table of the user's may have the same name. Raises DataError for a link to a file in another
    directory, as no file is read that the user did not name.
    """
    key, *others = _KEYS[name]
    for path in (directory / f"{name}.csv" for directory in directories):
        if not path.is_file():
            continue
        if not is_inside(path.parent, path.name):
            message = _("{path} is a link to a file in another directory", path=path)
            raise DataError(message, _("put the file itself there, or rename the link"))
        with path.open("rb") as file:
            first = file.readline(_LONGEST_HEADER).decode("utf-8-sig", "replace")
        header = [cell.strip(' "\r\n') for cell in first.split(",")]
        if key in header and any(column in header for column in others):
            yield path


def rows(name: str, directories: Iterable[Path]) -> Iterator[Row]:
    """Yield the rows of the look-up ``name``: the built-in ones, then those of ``directories``."""
    own = data_directory() / f"{name}.csv"
    columns, built_in = _read(own)
    required = [column for column in columns if column not in OPTIONAL]
    yield from built_in
    for path in look_up_files(directories, name):
        if path.resolve() != own:
            yield from _read(path, required)[1]


def builtin(name: str) -> tuple[Sequence[str], list[dict[str, str]]]:
    """Return the columns and the rows of a built-in table."""
    columns, rows = _read(data_directory() / f"{name}.csv")
    return columns, [row for _at, row in rows]


def _read(path: Path, required: Iterable[str] = ()) -> tuple[Sequence[str], list[Row]]:
    """Return the columns and rows of a look-up; raise DataError if it is broken.

    ``required`` are columns that it must have.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", strict=True)
            columns = reader.fieldnames or ()
            for name in required:
                if name not in columns:
                    message = _("{path}:1: column {name!r} is missing", path=path, name=name)
                    hint = _("add the column, or rename the file if it is not a look-up table")
                    raise DataError(message, hint)
            rows = []
            for row in reader:
                place = f"{path}:{reader.line_num}"
                if None in row.values() or "" in row:
                    message = _("{place}: a field is missing or left over", place=place)
                    raise DataError(message, _("give the row as many fields as the header has"))
                if any("\0" in cell for cell in row.values()):
                    message = _("{place}: a NUL character: not text", place=place)
                    raise DataError(message, _("remove the character"))
                rows.append((place, row))
    except (UnicodeDecodeError, csv.Error) as error:
        message = _("{path} is not a CSV file in UTF-8: {reason}", path=path, reason=reason(error))
        raise DataError(message, _("save it as CSV in UTF-8")) from error
    return columns, rows
