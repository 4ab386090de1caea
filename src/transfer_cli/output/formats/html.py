"""HTML: a self-contained page, readable in light and dark."""

from collections.abc import Iterator, Sequence
from html import escape

from transfer_cli.messages import pick
from transfer_cli.output.document import Cell, Document
from transfer_cli.output.formats.interface import DocumentFormat

_STYLE = """\
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif;
  margin: 2rem auto; padding: 0 1rem; width: fit-content; max-width: 100%; box-sizing: border-box; }
div { overflow-x: auto; }
table { border-collapse: collapse; }
caption { font-weight: bold; font-size: 1.2em; text-align: left; padding-bottom: .5rem; }
th, td { padding: .25rem .75rem; text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid; vertical-align: bottom; }
tbody th { font-weight: normal; }
tbody th[scope=rowgroup] { font-weight: bold; padding-top: .75rem; }
tbody tr { border-bottom: 1px solid color-mix(in srgb, currentcolor 20%, transparent); }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
footer { font-size: .875em; max-width: 60rem; margin-top: 1rem; }
footer p { margin: .25rem 0; }
"""


class Html(DocumentFormat):
    """One page with one table: a caption, heads of columns and rows, footnotes below."""

    name = "html"
    suffixes = (".html", ".htm")

    def draw(self, document: Document) -> bytes:
        """Return the page; every cell is escaped."""
        lines = [
            "<!DOCTYPE html>",
            f'<html lang="{pick("en", "zh-CN")}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(document.title)}</title>",
            f"<style>\n{_STYLE}</style>",
            "</head>",
            "<body>",
            fragment(document),
        ]
        return "\n".join([*lines, "</body>", "</html>", ""]).encode()


def fragment(document: Document) -> str:
    """Return a table with its notes below it, without a page around it."""
    lines = [
        "<div>",
        "<table>",
        f"<caption>{escape(document.title)}</caption>",
        "<thead>",
        _row([Cell(name) for name in document.header], document.right, "col"),
        "</thead>",
        *_body(document),
        "</table>",
        "</div>",
    ]
    if document.notes:
        lines += ["<footer>", *(f"<p>{escape(note)}</p>" for note in document.notes), "</footer>"]
    return "\n".join(lines)


def _body(document: Document) -> Iterator[str]:
    """Yield the rows, those under one heading as a group of their own."""
    for heading, rows in document.groups():
        yield "<tbody>"
        if heading:
            span = len(document.header)
            yield f'<tr><th scope="rowgroup" colspan="{span}">{escape(heading)}</th></tr>'
        for row in rows:
            yield _row(row.cells, document.right, "row" if document.labelled else "")
        yield "</tbody>"


def _row(cells: Sequence[Cell], right: Sequence[bool], scope: str) -> str:
    """Return a row; with the scope ``col`` all its cells are heads, with ``row`` the first is."""
    parts = []
    for place, (cell, numeric) in enumerate(zip(cells, right, strict=True)):
        head = (scope == "col" and cell.text) or (scope == "row" and place == 0)
        tag = "th" if head else "td"
        attributes = f' scope="{scope}"' if head else ""
        attributes += ' class="n"' if numeric else ""
        text = "<br>".join(map(escape, cell.text.split("\n")))
        parts.append(f"<{tag}{attributes}>{text}</{tag}>")
    return f"<tr>{''.join(parts)}</tr>"
