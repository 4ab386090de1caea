"""Markdown, LaTeX, HTML and the other plain formats that tabulate knows."""

import re

from transfer_cli.sheet import Sheet
from transfer_cli.streams import safe

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
    rows = [list(map(escape, row)) for row in zip(*sheet.cells.values(), strict=True)]
    headers = [escape(column) for column in sheet.columns]
    align = ["right" if sheet.is_numeric(column) else "left" for column in sheet.columns]
    body = tabulate(rows, headers, tablefmt=name, disable_numparse=True, colalign=align or None)
    return f"{body}\n"


def _escape_markup(value: str) -> str:
    """Keep cell text from closing its cell or opening a tag."""
    escaped = safe(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([|`\\])", r"\\\1", escaped)
