"""Markdown, LaTeX, HTML and the other plain formats that tabulate knows."""

import re
from collections.abc import Sequence

from transfer_cli.model.codelists import SYMBOLS
from transfer_cli.sheet import Sheet
from transfer_cli.streams import safe

_FIRST = re.compile(r"^( *)([*\[])", re.MULTILINE)
"""What LaTeX would take, at the beginning of a row, for an argument of the end of the last one."""
_MARKUP = {
    "github",
    "pipe",
    "jira",
    "mediawiki",
    "moinmoin",
    "orgtbl",
    "textile",
    "asciidoc",
    "youtrack",
}


def render(sheet: Sheet, name: str) -> str:
    """Return the table in a format of tabulate, with the column names as header."""
    from tabulate import tabulate

    escape = _escape_markup if name in _MARKUP else safe
    columns = [map(escape, _marked(sheet, column)) for column in sheet.columns]
    rows = [list(row) for row in zip(*columns, strict=True)]
    headers = [escape(column) for column in sheet.columns]
    align = ["right" if sheet.is_numeric(column) else "left" for column in sheet.columns]
    body = tabulate(rows, headers, tablefmt=name, disable_numparse=True, colalign=align or None)
    if name.startswith("latex"):
        body = _FIRST.sub(r"\1{\2}", body)
    return f"{body}\n"


def _marked(sheet: Sheet, column: str) -> Sequence[str]:
    """Return the cells of a column; a number carries the sign of a bound not shown beside it."""
    cells, marks = sheet.cells[column], sheet.marks.get(column)
    if not marks:
        return cells
    return [f"{SYMBOLS[m]}{c}" if c else c for c, m in zip(cells, marks, strict=True)]


def _escape_markup(value: str) -> str:
    """Keep cell text from closing its cell or opening a tag."""
    escaped = safe(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([|`\\\[\]])", r"\\\1", escaped)
