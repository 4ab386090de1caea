"""Markdown, LaTeX, HTML and the other plain formats that tabulate knows."""

import re

from transfer_cli.render.cells import text
from transfer_cli.streams import safe
from transfer_cli.table import Table

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


def render(table: Table, name: str) -> str:
    """Return the table in a format of tabulate, with the column names as header."""
    from tabulate import tabulate

    escape = _escape_markup if name in _MARKUP else safe
    rows = [[escape(text(cell)) for cell in row] for row in table.frame.itertuples(index=False)]
    headers = [escape(column) for column in table.columns]
    align = ["right" if table.is_numeric(column) else "left" for column in table.columns]
    body = tabulate(rows, headers, tablefmt=name, disable_numparse=True, colalign=align or None)
    return f"{body}\n"


def _escape_markup(value: str) -> str:
    """Keep cell text from closing its cell or opening a tag."""
    escaped = safe(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([|`\\])", r"\\\1", escaped)
