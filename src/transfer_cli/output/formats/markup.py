"""Markdown and the other text formats that tabulate draws."""

import re
from collections.abc import Callable, Iterator, Sequence

from transfer_cli.output.document import Document
from transfer_cli.output.formats.interface import DocumentFormat

_BRACKET_AT_START = re.compile(r"^( *)([*\[])", re.MULTILINE)
"""What LaTeX would take, at the beginning of a row, for an argument of the row end before it."""
_MARKDOWN = {
    "github", "pipe", "jira", "mediawiki", "moinmoin", "orgtbl", "textile", "asciidoc", "youtrack"
}  # fmt: skip
"""Formats of tabulate that escape nothing although cells could close a cell or open a tag."""


class Markup(DocumentFormat):
    """A format of tabulate, with the titles of the columns as header and the notes below."""

    def __init__(self, name: str, *suffixes: str, tablefmt: str = "") -> None:
        self.name = name
        self.suffixes = suffixes
        self.tablefmt = tablefmt or name

    def draw(self, document: Document) -> bytes:
        """Return the whole table, as the width of a column depends on all of its cells."""
        import tabulate

        escape = _escape if self.tablefmt in _MARKDOWN else str
        line_end = "; "
        if self.tablefmt in ("pipe", "github"):
            line_end = "<br>"
        elif self.tablefmt in tabulate.multiline_formats:
            line_end = "\n"
        text = tabulate.tabulate(
            list(self._rows(document, escape, line_end)),
            list(map(escape, document.header)),
            tablefmt=self.tablefmt,
            disable_numparse=True,
            colalign=["right" if right else "left" for right in document.right] or None,
        )
        if self.tablefmt.startswith("latex"):
            text = _BRACKET_AT_START.sub(r"\1{\2}", text)
        # A blank line keeps a note from joining the table, or the note before it.
        return "\n\n".join([text, *map(escape, document.notes)]).encode() + b"\n"

    def _rows(
        self, document: Document, escape: Callable[[str], str], line_end: str
    ) -> Iterator[Sequence[str]]:
        for heading, rows in document.groups():
            if heading:
                bold = "**{}**" if self.tablefmt in ("pipe", "github") else "{}"
                empty = [""] * (len(document.header) - 1)
                yield [bold.format(escape(heading)), *empty]
            for row in rows:
                yield [line_end.join(map(escape, cell.text.split("\n"))) for cell in row.cells]


def _escape(text: str) -> str:
    """Keep a cell from closing its cell, opening a tag or changing how it is set."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([|`\\\[\]*_~])", r"\\\1", text)


MARKUP = (
    Markup("markdown", ".md", ".markdown", tablefmt="pipe"),
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
"""The formats of tabulate, without those that keep markup in cells (``latex_raw`` …)."""
