"""Tables at a terminal: labels, grouped numbers, as many columns as fit, the rest named below."""

import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from transfer_cli.messages import _
from transfer_cli.model import numbers
from transfer_cli.output.formats import Settings
from transfer_cli.output.labels import MISSING, bound_column, label, number
from transfer_cli.streams import safe
from transfer_cli.tables.table import Table

MAX_ROWS = 200
"""Rows that a screen shows: a rich table costs 0.7 ms a row, and nobody reads ten thousand."""
MIN_WIDTH = 14
"""A column of prose may be wrapped down to this width; others are never wrapped."""
PREFERRED = {
    "metrics": ("id", "value", "unit", "indicator", "status", "period", "subject", "place"),
    "projects": ("id", "investment", "investment_unit", "project", "status", "year", "industry",
                 "place"),
}  # fmt: skip
"""The columns of each schema that are shown first where there is no room for all."""
ORDER = ("id", "project", "indicator", "status", "year", "period", "value", "unit", "investment",
         "investment_unit", "subject", "industry", "place")  # fmt: skip
"""The order in which those are shown that find room."""
_NEVER_WRAPPED = frozenset({"id", "status", "period", "unit", "investment_unit", "bound", "line"})


class Column(NamedTuple):
    """A column as people read it; prose may be wrapped, codes and numbers may not."""

    name: str
    header: str
    cells: Sequence[str]
    right: bool
    prose: bool

    @property
    def width(self) -> int:
        """The width of the widest cell, in which a Chinese character counts two."""
        from rich.cells import cell_len

        return max(map(cell_len, [*self.header.split("\n"), *self.cells]))


def render(table: Table, rows: int, settings: Settings) -> str:
    """Return the first rows of a table drawn for a terminal, and below what was left out.

    ``rows`` is how many the result has, of which ``table`` may hold only the first.
    """
    lang = settings.lang
    if settings.all_columns:
        names, order = _by_importance(table), table.columns
    else:
        names, order = _preferred(table, settings), [*ORDER, *table.columns]
    shown = _with_units(_fitting(_columns(table, names, lang), width()), table)
    shown.sort(key=lambda column: order.index(_base(column.name, order)))
    body = draw(_grid(shown, min(len(table), MAX_ROWS)), color=settings.color)
    lines = _left_out(table, [column.name for column in shown], rows, settings)
    return body + "".join(f"{line}\n" for line in lines)


def _preferred(table: Table, settings: Settings) -> list[str]:
    """Return the columns, the most important first: the key, those requested, the preferred."""
    names = [
        f"{name}_zh" if settings.lang == "zh" and f"{name}_zh" in table.columns else name
        for name in PREFERRED.get(table.schema.name, ())
    ]
    requested = [part for name in settings.first for part in (name, table.field(name).unit)]
    order = [*names[:1], *requested, *names[1:]]
    present = set(table.columns)
    if not names or not present.issuperset(names):
        order += _without_ends(table)
    return [name for name in dict.fromkeys(order) if name in present]


def _by_importance(table: Table) -> list[str]:
    """Return the columns of a result, the most important first.

    In an aggregate counts of what was left out come last, and before them columns of text that
    are the same in every row. A unit is always important: no number is shown without it.
    """
    names = _without_ends(table)
    if table.schema.name != "aggregate":
        return names

    def key(name: str) -> tuple[bool, bool, bool]:
        result = name == "unit" or table.field(name).type == "number"
        cells = table.frame[name]
        constant = len(table) > 1 and not table.is_numeric(name) and cells.nunique() == 1
        return name in ("n", "left_out"), not result, constant and name != "unit"

    return sorted(names, key=key)


def _without_ends(table: Table) -> list[str]:
    """Return the columns but for the ends of intervals, for which a symbol stands on a screen."""
    return [name for name in table.columns if not _is_end(name, table)]


def _is_end(name: str, table: Table) -> bool:
    base, _separator, part = name.rpartition("_")
    return part in ("low", "high") and f"{base}_bound" in table.columns


def _base(name: str, order: Sequence[str]) -> str:
    """Return the name by which a column is ordered: a Chinese one has the place of the English."""
    base = name.removesuffix("_zh")
    return base if base in order else name


def _columns(table: Table, names: Sequence[str], lang: str) -> Iterator[Column]:
    """Yield the columns as people read them; a bound is a symbol before its number.

    They are made one by one, as most of ten thousand find no room.
    """
    bounds = {name: bound_column(table, name) for name in names}
    merged = {
        bound
        for name, bound in bounds.items()
        if bound in table.frame.columns and table.is_numeric(name)
    }
    frame = table.frame.head(MAX_ROWS)
    # Codes that have their labels in another column stay as they can be typed.
    coded = not {"label", "symbol"}.isdisjoint(table.columns)
    for name in names:
        if name in merged:
            continue
        cells: list[str] = frame[name].tolist()
        base = name.removesuffix("_zh") if lang == "zh" else name
        # A header may be broken at its spaces, so that it does not widen a column of numbers.
        header = safe(table.field(base).label(lang)).replace(" ", "\n")
        if table.is_numeric(name):
            yield Column(name, header, _numbers(table, name, cells), right=True, prose=False)
            continue
        words = cells if coded else [label(name, cell, lang, table.vocabulary) for cell in cells]
        shown = [safe(w) if c else MISSING for w, c in zip(words, cells, strict=True)]
        yield Column(name, header, shown, right=False, prose=name not in _NEVER_WRAPPED)


def _numbers(table: Table, name: str, cells: Sequence[str]) -> list[str]:
    """Return numbers grouped and with symbols; years, codes and counts as they are."""
    kind = table.field(name).type
    if kind in ("year", "integer") or (kind == "any" and numbers.are_codes(cells)):
        return [safe(cell) or MISSING for cell in cells]
    bound = bound_column(table, name)
    if bound not in table.frame.columns:
        return list(map(number, cells))
    return list(map(number, cells, table.frame[bound].head(MAX_ROWS)))


def _fitting(columns: Iterable[Column], room: int) -> list[Column]:
    """Return the columns that fit, at least one; numbers and codes are shown whole or not."""
    shown: list[Column] = []
    for column in columns:
        room -= (min(column.width, MIN_WIDTH) if column.prose else column.width) + 2
        if room < 0 and shown:
            break
        shown.append(column)
    return shown


def _with_units(shown: list[Column], table: Table) -> list[Column]:
    """Drop the numbers whose unit found no room: a number is not shown without it."""
    missing = set(table.columns) - {column.name for column in shown}
    return [column for column in shown if table.field(column.name).unit not in missing] or shown


def _grid(columns: Sequence[Column], rows: int) -> Any:
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for column in columns:
        grid.add_column(
            Text(column.header),
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=not column.prose,
            min_width=min(column.width, MIN_WIDTH),
        )
    for row in range(rows):
        grid.add_row(*(Text(column.cells[row]) for column in columns))
    return grid


def _left_out(table: Table, shown: Sequence[str], rows: int, settings: Settings) -> list[str]:
    """Return the lines below a table: how many rows it has, and the columns without room."""
    zh = settings.lang == "zh"
    lines = []
    if rows > MAX_ROWS:
        text = "共 {rows:,} 行，显示 {shown} 行；用管道可得全部。" if zh else _(
            "{shown} of {rows:,} rows shown; pipe the command for all of them."
        )  # fmt: skip
        lines.append(text.format(rows=rows, shown=MAX_ROWS))
    merged = [bound_column(table, name) for name in shown]
    hidden = [safe(name) for name in _without_ends(table) if name not in (*shown, *merged)]
    if hidden:
        names = ", ".join(hidden)
        lines += wrap(_more_columns(rows, names, zh=zh, pipe_only=settings.all_columns))
    return lines


def _more_columns(rows: int, names: str, *, zh: bool, pipe_only: bool) -> str:
    if zh:
        return f"{rows:,} 行。{'管道' if pipe_only else '--columns 或管道'}中另有：{names}"
    count = _("1 row") if rows == 1 else _("{rows:,} rows", rows=rows)
    if pipe_only:
        return _("{count}. More columns in a pipe: {names}", count=count, names=names)
    return _("{count}. More columns with --columns or in a pipe: {names}",
             count=count, names=names)  # fmt: skip


def draw(renderable: object, *, color: bool) -> str:
    """Return a rich renderable as text, as wide as the terminal."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=width(),
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        legacy_windows=False,
    )
    console.print(renderable)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def width() -> int:
    """Return the width to draw in: COLUMNS, the terminal's, or 100."""
    if not os.environ.get("COLUMNS") and not sys.stdout.isatty():
        return 100
    return shutil.get_terminal_size((100, 24)).columns


def wrap(line: str, indent: str = "") -> list[str]:
    """Break a line of prose to the width of the screen; a Chinese character counts two."""
    from rich.text import Text

    room = width() - len(indent)
    parts = Text(line).wrap(_console(room), room)
    return [(indent if number else "") + part.plain.rstrip() for number, part in enumerate(parts)]


@cache
def _console(room: int) -> Any:
    """Return a console to wrap text by; making one takes 0.2 ms."""
    from rich.console import Console

    return Console(width=room)
