"""Markdown, LaTeX, HTML and the other text formats that tabulate draws."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from transfer_cli.output.formats.interface import Format, Settings, combine
from transfer_cli.output.labels import bound_column, with_symbol
from transfer_cli.streams import safe

if TYPE_CHECKING:
    from transfer_cli.tables.table import Table

_BRACKET_AT_START = re.compile(r"^( *)([*\[])", re.MULTILINE)
"""What LaTeX would take, at the beginning of a row, for an argument of the row end before it."""
_MARKDOWN = {
    "github", "pipe", "jira", "mediawiki", "moinmoin", "orgtbl", "textile", "asciidoc", "youtrack"
}  # fmt: skip
"""Formats of tabulate that escape nothing although cells could close a cell or open a tag."""


class Markup(Format):
    """A format of tabulate, with the names of the columns as header."""

    def __init__(self, name: str, *suffixes: str, tablefmt: str = "") -> None:
        self.name = name
        self.suffixes = suffixes
        self.tablefmt = tablefmt or name

    def encode(self, tables: "Iterable[Table]", settings: Settings) -> Iterator[bytes]:
        """Yield the whole table, as the width of a column depends on all of its cells."""
        from tabulate import tabulate

        table = combine(tables)
        escape = _escape if self.tablefmt in _MARKDOWN else safe
        columns = [map(escape, _cells(table, name)) for name in table.columns]
        align = ["right" if table.is_numeric(name) else "left" for name in table.columns]
        text = tabulate(
            [list(row) for row in zip(*columns, strict=True)],
            [escape(name) for name in table.columns],
            tablefmt=self.tablefmt,
            disable_numparse=True,
            colalign=align or None,
        )
        if self.tablefmt.startswith("latex"):
            text = _BRACKET_AT_START.sub(r"\1{\2}", text)
        yield f"{text}\n".encode()


def _cells(table: "Table", name: str) -> Sequence[str]:
    """Return the cells of a column; a number whose bound is hidden carries the bound's symbol."""
    cells: list[str] = table.frame[name].tolist()
    bound = bound_column(table, name)
    if bound not in table.hidden:
        return cells
    return list(map(with_symbol, cells, table.frame[bound]))


def _escape(cell: str) -> str:
    """Keep a cell from closing its cell or opening a tag."""
    text = safe(cell).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([|`\\\[\]])", r"\\\1", text)


MARKUP = (
    Markup("markdown", ".md", ".markdown", tablefmt="pipe"),
    Markup("latex", ".tex"),
    Markup("html", ".html", ".htm"),
    *map(Markup, (
        "asciidoc", "fancy_grid", "fancy_outline", "github", "grid", "heavy_grid", "heavy_outline",
        "jira", "latex_booktabs", "latex_longtable", "mediawiki", "mixed_grid", "moinmoin",
        "orgtbl", "outline", "pipe", "plain", "presto", "pretty", "psql", "rounded_grid",
        "rounded_outline",
    )),
    Markup("rst", ".rst"),
    *map(Markup, (
        "simple", "simple_grid", "simple_outline", "textile", "youtrack",
    )),
)  # fmt: skip
"""tabulate's formats, but for those that pass markup of cells through (``latex_raw`` …)."""
