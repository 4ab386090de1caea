"""CSV and TSV: every column, full precision, nothing cut."""

import re
from collections.abc import Callable, Sequence

from transfer_cli.render.cells import guarded
from transfer_cli.sheet import Sheet


def render(sheet: Sheet, delimiter: str) -> str:
    """Return the table as delimited text (RFC 4180, but with ``\\n`` line ends) with a header.

    The standard writer leaves a bare carriage return unquoted, which no reader takes back.
    """
    special = re.compile(rf'[{delimiter}"\r\n]')

    def field(cell: str) -> str:
        cell = guarded(cell)
        if not special.search(cell):
            return cell
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'

    columns = [_written(column, field, delimiter) for column in sheet.cells.values()]
    rows = zip(*columns, strict=True)
    lines = [delimiter.join(row) for row in (map(field, sheet.columns), *rows)]
    if len(sheet.columns) == 1:
        # A lone empty cell would be an empty line, which readers pass over.
        lines = [line or '""' for line in lines]
    return "".join(f"{line}\n" for line in lines)


def _written(column: Sequence[str], field: Callable[[str], str], delimiter: str) -> Sequence[str]:
    """Return cells as they are written. Most columns are plain: then none is looked at alone."""
    text = "\n".join(column)
    plain = text.count("\n") < max(len(column), 1) and not _may_change(delimiter).search(text)
    return column if plain else list(map(field, column))


def _may_change(delimiter: str) -> re.Pattern[str]:
    """Return what is quoted wherever it stands, or guarded where a cell begins with it."""
    number = r"\d+(\.\d+)?$"
    return re.compile(rf'[{delimiter}"\r]|^[=@\t]|^[-+](?!{number})', re.MULTILINE | re.ASCII)
