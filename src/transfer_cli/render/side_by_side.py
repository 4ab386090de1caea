"""A comparison for people: a grid with numbered footnotes, or the wide table of its cells."""

from collections.abc import Sequence

from transfer_cli import digits, units, vocab
from transfer_cli.comparisons.comparison import Comparison, Row, silent
from transfer_cli.figures import Figure
from transfer_cli.render import grid, screen
from transfer_cli.render.cells import SILENCE, label
from transfer_cli.render.cells import figure as figure_text
from transfer_cli.schema import LIKENESS, Field, Schema, schemas
from transfer_cli.sheet import Sheet
from transfer_cli.streams import safe

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def wide(comparison: Comparison) -> Sheet:
    """Return a row for each likeness, a column for each province; ``;`` parts several figures."""
    keys = list(comparison.rows[0].keys) if comparison.rows else [*LIKENESS]
    cells = {key: [row.keys[key] for row in comparison.rows] for key in keys}
    cells["unit"] = [row.unit.name for row in comparison.rows]
    for column in comparison.columns:
        figures = [row.cells.get(column, []) for row in comparison.rows]
        cells[column] = ["; ".join(map(_machine, cell)) for cell in figures]
    schema = Schema("wide", tuple(Field(name, "string") for name in cells))
    return Sheet(dict(cells), schema, comparison.notes)


def _machine(figure: Figure) -> str:
    value = digits.machine(figure.quantity.interval.value)
    return f"{vocab.SYMBOLS[figure.quantity.bound]}{value}"


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
    found = comparison.figures
    names = dict.fromkeys([*comparison.header, *(name for figure in found for name in figure.row)])
    cells = {name: [figure.get(name) for figure in found] for name in names}
    return Sheet(cells, schemas()["metrics"], comparison.notes)


def render(comparison: Comparison, lang: str, *, color: bool) -> str:
    """Return the comparison drawn for a terminal, with a footnote for each figure."""
    notes = Footnotes()

    def cells(row: Row) -> list[str]:
        return [_cell(row.cells.get(column, []), notes, lang) for column in comparison.columns]

    if not comparison.rows:
        return ""
    body = draw(comparison, [(row, cells(row)) for row in comparison.rows], lang, color=color)
    return body + "\n".join(_footer(comparison, notes, lang)) + "\n"


def draw(
    comparison: Comparison, rows: Sequence[tuple[Row, list[str]]], lang: str, *, color: bool
) -> str:
    """Return rows, each with the text of its cells, under the headings of their indicators."""
    heads = [safe(label(comparison.by, column, lang)) or SILENCE for column in comparison.columns]
    lines = [grid.Line(_heading(row, lang), _row_label(row, lang), cells) for row, cells in rows]
    return grid.draw(heads, lines, color=color)


def _heading(row: Row, lang: str) -> str:
    title = label("indicator", row.keys["indicator"], lang)
    unit = units.label(row.unit.name, lang)
    if not unit:
        return safe(title)
    return safe(f"{title}（{unit}）" if lang == "zh" else f"{title}, {unit}")


def _row_label(row: Row, lang: str) -> str:
    words = [
        label(key, value, lang) for key, value in row.keys.items() if value and key != "indicator"
    ]
    return safe(" · ".join(words))


def _cell(figures: Sequence[Figure], notes: Footnotes, lang: str) -> str:
    if not figures:
        return SILENCE
    lines = []
    for figure in figures:
        value = digits.machine(figure.quantity.interval.value)
        lines.append(figure_text(value, figure.quantity.bound) + notes.mark(remark(figure, lang)))
    return "\n".join(lines)


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
    lines += ["", *screen.wrap(_legend(comparison, lang))]
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
        f"{symbol} {vocab.BOUNDS[bound] if lang == 'zh' else bound.replace('_', ' ')}"
        for bound, symbol in vocab.SYMBOLS.items()
        if bound in used and symbol and bound != "unknown"
    ]
    silence = f"{SILENCE} {'未载' if lang == 'zh' else 'not printed'}"
    return "   ".join([*words, silence])


def _source(comparison: Comparison, lang: str) -> list[str]:
    shown = len(comparison.figures)
    name, total = safe(comparison.name), comparison.total
    others = [c for c in vocab.CATEGORIES if c not in vocab.HEADLINES]
    cited = any(figure.get("line") for figure in comparison.figures)
    if lang == "zh":
        lines = [
            f"来源：{name}，{total} 个数字中的 {shown} 个{'；行号指报告原文' if cited else ''}。"
        ]
        more = f"其他类别：transfer-cli compare all，或 {', '.join(others)}"
    else:
        where = "; lines are the report's" if cited else ""
        lines = [f"Source: {name}, {shown} of {total} figures{where}."]
        more = f"Other categories: transfer-cli compare all, or {', '.join(others)}"
    lines = [part for line in lines for part in screen.wrap(line)]
    return lines + (screen.wrap(more) if comparison.headline else [])
