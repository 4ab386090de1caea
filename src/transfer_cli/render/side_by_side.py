"""A comparison for people: a grid with numbered footnotes, or the wide table of its cells."""

from collections.abc import Sequence
from itertools import accumulate, chain

from transfer_cli.comparisons.comparison import Comparison, Row, silent
from transfer_cli.model import codelists, lookups, numbers
from transfer_cli.model.figures import Figure
from transfer_cli.model.schema import LIKENESS, Field, Schema, schemas
from transfer_cli.render import grid, screen
from transfer_cli.render.cells import SILENCE, label
from transfer_cli.render.cells import figure as figure_text
from transfer_cli.sheet import Sheet
from transfer_cli.streams import safe

MOST = 20
"""Figures of a cell that a screen shows at most."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def wide(comparison: Comparison) -> Sheet:
    """Return a row for each likeness, a column for each province; ``;`` parts several figures."""
    keys = list(comparison.rows[0].keys) if comparison.rows else [*LIKENESS]
    cells = {key: [row.keys[key] for row in comparison.rows] for key in keys}
    cells["unit"] = [row.unit.name for row in comparison.rows]
    for column in comparison.columns:
        cells[column] = ["; ".join(map(_machine, row.shown(column))) for row in comparison.rows]
    schema = Schema("wide", tuple(Field(name, "string") for name in cells))
    return Sheet(dict(cells), schema, comparison.notes)


def _machine(figure: Figure) -> str:
    value = numbers.machine(figure.quantity.interval.value)
    return f"{codelists.SYMBOLS[figure.quantity.bound]}{value}"


class Footnotes:
    """Numbers the remarks as they come up; equal remarks share a number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def mark(self, remark: str) -> str:
        """Return the superscript of a remark; empty for no remark."""
        if not remark:
            return ""
        number = self.numbers.setdefault(remark, len(self.numbers) + 1)
        return str(number).translate(_SUPERSCRIPTS)


def tidy(comparison: Comparison) -> Sheet:
    """Return a row for each figure with all its columns, in the order in which it is shown."""
    rows = [figure.row for figure in comparison.figures]
    names = dict.fromkeys(chain(comparison.header, *rows))
    cells = {name: [row.get(name, "") for row in rows] for name in names}
    return Sheet(cells, schemas()["metrics"], comparison.notes)


def render(comparison: Comparison, lang: str, *, color: bool) -> str:
    """Return the comparison drawn for a terminal, with a footnote for each figure."""
    notes = Footnotes()

    def cells(row: Row) -> list[str]:
        return [_cell(row, column, notes, lang) for column in comparison.columns]

    if not comparison.rows:
        return ""
    rows = _shown(comparison.rows)
    body = draw(comparison, [(row, cells(row)) for row in rows], lang, color=color)
    lines = [*_footer(comparison, notes, lang), *_cut(comparison, rows, lang)]
    return body + "\n".join(lines) + "\n"


def _shown(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the first rows, as many as a screen takes, and at least one."""
    heights = (max((len(cell) for cell in row.cells.values()), default=1) for row in rows)
    lines = accumulate(min(height, MOST) for height in heights)
    return rows[: max(1, sum(reached <= screen.CAP for reached in lines))]


def _cut(comparison: Comparison, rows: Sequence[Row], lang: str) -> list[str]:
    """Say how many figures and rows a screen leaves out."""
    total, count = len(comparison.figures), len(comparison.rows)
    shown = sum(min(len(cell), MOST) for row in rows for cell in row.cells.values())
    if shown == total:
        return []
    if lang == "zh":
        told = f"共 {total:,} 个数字、{count:,} 行，显示 {shown:,} 个、{len(rows):,} 行；"
        told += "用管道可得全部。"
    else:
        told = (
            f"{shown:,} of {total:,} figures shown, in {len(rows):,} of {count:,} rows;"
            " pipe the command for all of them."
        )
    return screen.wrap(told)


def draw(
    comparison: Comparison, rows: Sequence[tuple[Row, list[str]]], lang: str, *, color: bool
) -> str:
    """Return rows, each with the text of its cells, under the headings of their indicators."""
    heads = [safe(label(comparison.by, column, lang)) or SILENCE for column in comparison.columns]
    lines = [grid.Line(_heading(row, lang), _row_label(row, lang), cells) for row, cells in rows]
    return grid.draw(heads, lines, color=color)


def _heading(row: Row, lang: str) -> str:
    title = label("indicator", row.keys["indicator"], lang)
    unit = lookups.current().units.label(row.unit.name, lang)
    if not unit:
        return safe(title)
    return safe(f"{title}（{unit}）" if lang == "zh" else f"{title}, {unit}")


def _row_label(row: Row, lang: str) -> str:
    figure = next((found for cell in row.cells.values() for found in cell), None)
    words = [
        figure.named(key, lang)
        if figure and key in ("place", "subject")
        else label(key, value, lang)
        for key, value in row.keys.items()
        if value and key != "indicator"
    ]
    return safe(" · ".join(words))


def _cell(row: Row, column: str, notes: Footnotes, lang: str) -> str:
    lines = []
    for figure in row.shown(column, MOST):
        value = numbers.machine(figure.quantity.interval.value)
        lines.append(figure_text(value, figure.quantity.bound) + notes.mark(remark(figure, lang)))
    count = len(row.cells.get(column, []))
    if count > MOST:
        lines.append(f"… {count:,}")
    return "\n".join(lines) or SILENCE


def remark(figure: Figure, lang: str) -> str:
    """Return what a figure covers: its place, its subject, its note and its line."""
    place, subject = figure.named("place", lang), figure.named("subject", lang)
    about = ", ".join(dict.fromkeys(part for part in (place, subject) if part))
    if figure.get("industry") and not subject:
        industry = label("industry", figure.get("industry"), lang)
        about = f"{about}, {industry}" if about else industry
    told = "; ".join(part for part in (about, figure.get("note")) if part)
    line = figure.get("line")
    if not line:
        return safe(told)
    where = f"第{line}行" if lang == "zh" else f"line {line}"
    return safe(f"{told} ({where})" if told else where)


def _footer(comparison: Comparison, notes: Footnotes, lang: str) -> list[str]:
    lines = [""] + [
        wrapped
        for remark_text, number in notes.numbers.items()
        for wrapped in screen.wrap(f"{str(number).translate(_SUPERSCRIPTS)} {remark_text}", "  ")
    ]
    legend = _legend(comparison, lang)
    lines += ["", *(screen.wrap(legend) if legend else ())]
    quiet = [label(comparison.by, c, lang) for c in silent(comparison)]
    if quiet and len(quiet) < len(comparison.columns):
        told = "未载" if lang == "zh" else "Nothing printed for"
        lines.extend(screen.wrap(f"{told}: {', '.join(quiet)}."))
    return lines + _source(comparison, lang)


def _legend(comparison: Comparison, lang: str) -> str:
    used = {
        f.quantity.bound for row in comparison.rows for cell in row.cells.values() for f in cell
    }
    words = [
        f"{symbol} {codelists.BOUNDS[bound] if lang == 'zh' else bound.replace('_', ' ')}"
        for bound, symbol in codelists.SYMBOLS.items()
        if bound in used and symbol and bound != "unknown"
    ]
    if any(column not in row.cells for row in comparison.rows for column in comparison.columns):
        words.append(f"{SILENCE} {'未载' if lang == 'zh' else 'not printed'}")
    return "   ".join(words)


def _source(comparison: Comparison, lang: str) -> list[str]:
    shown = len(comparison.figures)
    name, total = safe(comparison.name), comparison.total
    others = [c for c in codelists.CATEGORIES if c not in codelists.HEADLINES]
    cited = any(figure.get("line") for figure in comparison.figures)
    if lang == "zh":
        where = "；行号指报告原文" if cited else ""
        lines = [f"来源：{name}，{total:,} 个数字中的 {shown:,} 个{where}。"]
        more = f"其他类别：transfer-cli compare all，或 {', '.join(others)}"
    else:
        where = "; lines are the report's" if cited else ""
        lines = [f"Source: {name}, {shown:,} of {total:,} figures{where}."]
        more = f"Other categories: transfer-cli compare all, or {', '.join(others)}"
    lines = [part for line in lines for part in screen.wrap(line)]
    return lines + (screen.wrap(more) if comparison.headline else [])
