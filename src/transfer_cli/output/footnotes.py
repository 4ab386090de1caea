"""Footnotes of screens: what a figure covers, where it is printed, and which text lines count."""

from collections.abc import Iterable, Mapping, Sequence

from transfer_cli.messages import _, clauses, join, pick, series
from transfer_cli.model.schema import report_title
from transfer_cli.output import terminal
from transfer_cli.output.columns import Column
from transfer_cli.output.formats import Settings
from transfer_cli.streams import safe
from transfer_cli.tables.table import Table

BUILTIN = "builtin"
"""The name of the report's own tables in the column ``source``."""
MARKED = {"metrics": "value", "projects": "project"}
"""The column of each schema whose cells carry the marks of footnotes."""
MAX_FOOTNOTES = 100
"""Rows whose notes a screen shows as footnotes; a longer table shows none."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def superscript(position: int) -> str:
    """Return the number of a footnote as a superscript."""
    return str(position).translate(_SUPERSCRIPTS)


def remark(words: Iterable[str], printed: str, line: str) -> str:
    """Return the text of a footnote: ``words``, and in brackets what was printed, and the line."""
    text = series(filter(None, words))
    where = [printed, _("line {line}", line=line) if line else ""]
    bracket = clauses(where)
    if not bracket or not text:
        return safe(text or bracket)
    return safe(_("{text} ({bracket})", text=text, bracket=bracket))


def citation(rows: Sequence[Mapping[str, str]], *, report: bool) -> str:
    """Return the note that says which text the lines of rows count; empty if that is not known.

    ``report`` says that rows of the built-in report are among them: only its lines are known.
    """
    sources = {row.get("source", BUILTIN) for row in rows if row.get("line")}
    if not report or BUILTIN not in sources:
        return ""
    title = report_title()
    if len(sources) > 1:
        return _("lines of {source} are of the {title}", source=BUILTIN, title=title)
    return _("lines are of the {title}", title=title)


def translated(name: str, table: Table) -> str:
    """Return the column that holds the text of ``name`` in the language of messages."""
    zh = f"{name}_zh"
    return pick(name, zh if zh in table.columns else name)


class Footnotes:
    """The notes of the rows of a table, each with a number behind a cell of its row."""

    def __init__(self, table: Table, settings: Settings) -> None:
        self.table = table
        self.mark = "" if settings.all_columns else MARKED.get(table.schema.name, "")
        self.column = translated("note", table)
        notes = {*table.frame[self.column]} - {""} if self.column in table.columns else set()
        self.present = bool(self.mark and notes) and len(table) <= MAX_FOOTNOTES
        self.width = len(str(len(table))) if self.present else 0
        """The room that a number takes behind its cell."""
        self.remarks: list[str] = []
        self.positions: dict[str, int] = {}

    def number(self, hidden: Sequence[str]) -> None:
        """Number the notes; they begin with the cells of ``hidden`` columns, which have no room."""
        rows = self.table.frame.to_dict("records") if self.present else []
        names = [name for name in ("place", "subject") if translated(name, self.table) in hidden]
        for row in rows:
            covers = join(filter(None, (row[translated(name, self.table)] for name in names)))
            words = [covers, row[self.column]]
            text = remark(words, "", row.get("line", "")) if any(words) else ""
            self.remarks.append(text)
            if text:
                self.positions.setdefault(text, len(self.positions) + 1)

    def marked(self, column: Column) -> Sequence[str]:
        """Return the cells of a column with the marks of footnotes, if it is the one with marks."""
        if not self.positions or column.name.removesuffix("_zh") != self.mark:
            return column.cells
        return [
            f"{cell}{superscript(self.positions[text])}" if text else cell
            for cell, text in zip(column.cells, self.remarks, strict=True)
        ]

    def lines(self) -> list[str]:
        """Return the footnotes, broken to the width of the screen, and which text lines count."""
        lines = [
            part
            for text in self.texts()
            for part in terminal.wrap(text, "  " if text[0] in superscript(1234567890) else "")
        ]
        return [*lines, ""] if lines else []

    def texts(self) -> list[str]:
        """Return each footnote behind its number, and which text lines count."""
        if not self.positions:
            return []
        texts = [f"{superscript(position)} {text}" for text, position in self.positions.items()]
        rows: list[dict[str, str]] = [
            {str(name): cell for name, cell in row.items()}
            for row in self.table.frame.to_dict("records")
        ]
        if cited := citation(rows, report=self.table.report):
            texts.append(_("{text}.", text=f"{cited[:1].upper()}{cited[1:]}"))
        return texts
