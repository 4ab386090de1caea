"""CSV and TSV: every column, full precision, nothing cut."""

import re

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

    rows = zip(*sheet.cells.values(), strict=True)
    lines = [delimiter.join(map(field, row)) for row in (sheet.columns, *rows)]
    if len(sheet.columns) == 1:
        # A lone empty cell would be an empty line, which readers pass over.
        lines = [line or '""' for line in lines]
    return "".join(f"{line}\n" for line in lines)
