"""A comparison for people: a grid with numbered footnotes; for machines: tidy or wide rows."""

from collections.abc import Sequence
from itertools import accumulate, chain

from transfer_cli.compare.comparison import Comparison, Row
from transfer_cli.frames import pd
from transfer_cli.messages import _
from transfer_cli.model import codelists, numbers
from transfer_cli.model.figure import Figure
from transfer_cli.model.schema import Field, Schema, schemas
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.output import grid, screen
from transfer_cli.output.labels import MISSING, label, number, with_symbol
from transfer_cli.output.write import View
from transfer_cli.streams import safe
from transfer_cli.tables.table import Table

MAX_FIGURES = 20
"""Figures of a cell that a screen shows."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def view(comparison: Comparison, vocabulary: Vocabulary, *, wide: bool = False) -> View:
    """Return a comparison: people see a grid, machines a row for each figure.

    With ``wide`` machines get a row for each row of the grid.
    """
    table = _wide if wide else _tidy
    return View(
        lambda: table(comparison, vocabulary),
        lambda lang, color: _Screen(comparison, lang, vocabulary).render(color=color),
        len(comparison.rows),
        comparison.notes,
    )


def _tidy(comparison: Comparison, vocabulary: Vocabulary) -> Table:
    """Return a row for each figure with all its columns, in the order in which it is shown."""
    rows = [figure.row for figure in comparison.figures]
    names = list(dict.fromkeys(chain(comparison.header, *rows)))
    cells = [[row.get(name, "") for name in names] for row in rows]
    frame = pd.DataFrame(cells, columns=names, dtype=object)
    return Table(frame, schemas()["metrics"], notes=comparison.notes, vocabulary=vocabulary)


def _wide(comparison: Comparison, vocabulary: Vocabulary) -> Table:
    """Return a row for each row of the grid; ``;`` separates several figures of a cell."""
    keys = list(comparison.rows[0].keys) if comparison.rows else ["indicator"]
    names = [*keys, "unit", *comparison.columns]
    cells = [
        [
            *(row.keys[key] for key in keys),
            row.unit.name,
            *("; ".join(map(_plain, row.shown(column))) for column in comparison.columns),
        ]
        for row in comparison.rows
    ]
    frame = pd.DataFrame(cells, columns=names, dtype=object)
    schema = Schema("wide", tuple(Field(name, "string") for name in names))
    return Table(frame, schema, notes=comparison.notes, vocabulary=vocabulary)


def _plain(figure: Figure) -> str:
    interval = figure.quantity.interval
    return with_symbol(numbers.machine(interval.value), figure.quantity.bound)


def draw(
    comparison: Comparison,
    rows: Sequence[tuple[Row, list[str]]],
    lang: str,
    vocabulary: Vocabulary,
    *,
    color: bool,
) -> str:
    """Return rows, each with the text of its cells, under the headings of their indicators."""
    by = comparison.by
    heads = [safe(label(by, name, lang, vocabulary)) or MISSING for name in comparison.columns]
    lines = [
        grid.Line(_heading(row, lang, vocabulary), _row_label(row, lang, vocabulary), cells)
        for row, cells in rows
    ]
    return grid.draw(heads, lines, color=color)


def _heading(row: Row, lang: str, vocabulary: Vocabulary) -> str:
    """Return the indicator and the unit of a row: ``Investment, CNY 100m``."""
    title = label("indicator", row.keys["indicator"], lang, vocabulary)
    unit = vocabulary.units.label(row.unit.name, lang)
    if not unit:
        return safe(title)
    return safe(f"{title}（{unit}）" if lang == "zh" else f"{title}, {unit}")


def _row_label(row: Row, lang: str, vocabulary: Vocabulary) -> str:
    figure = next((figure for cell in row.cells.values() for figure in cell), None)
    words = [
        figure.named(key, lang)
        if figure and key in ("place", "subject")
        else label(key, value, lang, vocabulary)
        for key, value in row.keys.items()
        if value and key != "indicator"
    ]
    return safe(" · ".join(words))


class _Screen:
    """The grid of a comparison, with a footnote for what each figure covers."""

    def __init__(self, comparison: Comparison, lang: str, vocabulary: Vocabulary) -> None:
        self.comparison = comparison
        self.lang = lang
        self.vocabulary = vocabulary
        self.footnotes: dict[str, int] = {}
        """Each remark with its number; equal remarks share one."""

    def render(self, *, color: bool) -> str:
        """Return the grid and the lines below it; empty for a comparison without rows."""
        if not self.comparison.rows:
            return ""
        rows = _first_rows(self.comparison.rows)
        cells = [(row, [self._cell(row, name) for name in self.comparison.columns]) for row in rows]
        body = draw(self.comparison, cells, self.lang, self.vocabulary, color=color)
        lines = [*self._notes(), *self._legend(), *self._source(), *self._cut(rows)]
        return body + "\n".join(lines) + "\n"

    def _cell(self, row: Row, column: str) -> str:
        lines = []
        for figure in row.shown(column, MAX_FIGURES):
            value = numbers.machine(figure.quantity.interval.value)
            lines.append(number(value, figure.quantity.bound) + self._mark(figure))
        count = len(row.cells.get(column, ()))
        if count > MAX_FIGURES:
            lines.append(f"… {count:,}")
        return "\n".join(lines) or MISSING

    def _mark(self, figure: Figure) -> str:
        """Return the superscript of the footnote on a figure; empty if there is none to make."""
        remark = self._remark(figure)
        if not remark:
            return ""
        return _superscript(self.footnotes.setdefault(remark, len(self.footnotes) + 1))

    def _remark(self, figure: Figure) -> str:
        """Return what a figure covers: its place, its subject, its note and its line."""
        lang = self.lang
        place, subject = figure.named("place", lang), figure.named("subject", lang)
        industry = "" if subject else figure.get("industry")
        words = [place, subject, label("industry", industry, lang, self.vocabulary)]
        covers = ", ".join(dict.fromkeys(filter(None, words)))
        text = "; ".join(filter(None, (covers, figure.get("note"))))
        line = figure.get("line")
        if not line:
            return safe(text)
        where = f"第{line}行" if lang == "zh" else _("line {line}", line=line)
        return safe(f"{text} ({where})" if text else where)

    def _notes(self) -> list[str]:
        lines = [""]
        for remark, position in self.footnotes.items():
            lines += screen.wrap(f"{_superscript(position)} {remark}", "  ")
        return [*lines, ""]

    def _legend(self) -> list[str]:
        """Return the meaning of the symbols in the grid, and the columns without a figure."""
        rows, columns = self.comparison.rows, self.comparison.columns
        zh = self.lang == "zh"
        bounds = {f.quantity.bound for row in rows for cell in row.cells.values() for f in cell}
        words = [
            f"{symbol} {codelists.BOUNDS[bound] if zh else bound.replace('_', ' ')}"
            for bound, symbol in codelists.SYMBOLS.items()
            if bound in bounds and symbol and bound != "unknown"
        ]
        if any(column not in row.cells for row in rows for column in columns):
            words.append(f"{MISSING} {'未载' if zh else _('not printed')}")
        lines = screen.wrap("   ".join(words)) if words else []
        empty = [column for column in columns if not any(row.cells.get(column) for row in rows)]
        if empty and len(empty) < len(columns):
            by = self.comparison.by
            names = ", ".join(label(by, name, self.lang, self.vocabulary) for name in empty)
            lines += screen.wrap(
                f"未载: {names}." if zh else _("Nothing printed for: {names}.", names=names)
            )
        return lines

    def _source(self) -> list[str]:
        """Return how many figures of which table are shown, and which categories are not."""
        comparison = self.comparison
        values = {
            "name": safe(comparison.name),
            "total": comparison.total,
            "shown": len(comparison.figures),
        }
        if comparison.summed:
            zh = self.lang == "zh"
            text = (
                "来源：{name}，{total:,} 行之和。"
                if zh
                else _("Source: {name}, sums of {total:,} rows.")
            )
            return screen.wrap(text.format(**values))
        others = ", ".join(c for c in codelists.CATEGORIES if c not in codelists.HEADLINES)
        cited = any(figure.get("line") for figure in comparison.figures)
        if self.lang == "zh":
            where = "；行号指报告原文" if cited else ""
            source = "来源：{name}，{total:,} 个数字中的 {shown:,} 个".format(**values)
            source += f"{where}。"
            more = f"其他类别：transfer-cli compare all，或 {others}"
        else:
            if cited:
                source = _(
                    "Source: {name}, {shown:,} of {total:,} figures; lines are the report's.",
                    **values,
                )
            else:
                source = _("Source: {name}, {shown:,} of {total:,} figures.", **values)
            more = _("Other categories: transfer-cli compare all, or {names}", names=others)
        return [*screen.wrap(source), *(screen.wrap(more) if comparison.headline else ())]

    def _cut(self, rows: Sequence[Row]) -> list[str]:
        """Return how many figures and rows a screen leaves out, if it does."""
        values = {
            "total": len(self.comparison.figures),
            "count": len(self.comparison.rows),
            "shown": sum(
                min(len(cell), MAX_FIGURES) for row in rows for cell in row.cells.values()
            ),
            "rows": len(rows),
        }
        if values["shown"] == values["total"]:
            return []
        if self.lang == "zh":
            text = "共 {total:,} 个数字、{count:,} 行，显示 {shown:,} 个、{rows:,} 行；"
            return screen.wrap(f"{text.format(**values)}用管道可得全部。")
        return screen.wrap(
            _(
                "{shown:,} of {total:,} figures shown, in {rows:,} of {count:,} rows;"
                " pipe the command for all of them.",
                **values,
            )
        )


def _superscript(position: int) -> str:
    return str(position).translate(_SUPERSCRIPTS)


def _first_rows(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the first rows, as many as a screen takes, and at least one."""
    heights = (max((len(cell) for cell in row.cells.values()), default=1) for row in rows)
    lines = accumulate(min(height, MAX_FIGURES) for height in heights)
    return rows[: max(1, sum(height <= screen.MAX_ROWS for height in lines))]
