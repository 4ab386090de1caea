"""The view for people at a terminal: labels, grouped numbers, as many columns as fit."""

import io
import os
import shutil
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

from transfer_cli.render.cells import Column, bound_column, people_columns
from transfer_cli.sheet import Sheet
from transfer_cli.streams import safe

CAP = 200
"""Rows a screen shows at most: a rich table costs 0.7 ms a row, and nobody reads ten thousand."""

NARROWEST = 14
"""A column of prose may be wrapped down to this width; others are never wrapped."""

PREFERRED = {
    "metrics": ("id", "value", "unit", "indicator", "status", "period", "subject", "place"),
    "projects": ("id", "investment", "investment_unit", "project", "status", "year", "industry",
                 "place"),
}  # fmt: skip
"""What people ask for first, most wanted first: where room is short the last are left out."""

SHOWN = ("id", "project", "indicator", "status", "year", "period", "value", "unit", "investment",
         "investment_unit", "subject", "industry", "place")  # fmt: skip
"""The order in which those are shown, whichever find room."""


def render(
    sheet: Sheet, lang: str, *, color: bool, whole: bool = False, first: Sequence[str] = ()
) -> str:
    """Return the table drawn for a terminal, with what it left out said below.

    The columns that fit are shown: the most wanted ``first``, or with ``whole`` in their order.
    """
    wanted = _by_need(sheet) if whole else _wanted(sheet, lang, first)
    shown = _fitting(people_columns(sheet.head(CAP), wanted, lang), width())
    shown = _with_units(shown, sheet)
    order = sheet.columns if whole else [*SHOWN, *sheet.columns]
    shown.sort(key=lambda column: _place(column.name, order))
    lines = _left_out(sheet, [column.name for column in shown], lang, whole)
    return draw(_grid(shown, min(len(sheet), CAP)), color=color) + "".join(f"{n}\n" for n in lines)


def _place(name: str, order: Sequence[str]) -> int:
    """Return where a column comes; a Chinese twin comes where the English one would."""
    base = name.removesuffix("_zh")
    return order.index(base if base in order else name)


def _grid(columns: Sequence[Column], rows: int) -> Any:
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for column in columns:
        justify: Any = "right" if column.right else "left"
        least = min(column.width, NARROWEST)
        grid.add_column(
            Text(column.header),
            justify=justify,
            overflow="fold",
            no_wrap=not column.prose,
            min_width=least,
        )
    for row in range(rows):
        grid.add_row(*(Text(column.cells[row]) for column in columns))
    return grid


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
    """Return how many columns there are to draw on: COLUMNS, the terminal's, or 100."""
    if not os.environ.get("COLUMNS") and not sys.stdout.isatty():
        return 100
    return shutil.get_terminal_size((100, 24)).columns


def wrap(line: str, indent: str = "") -> list[str]:
    """Break a line of prose to the width of the screen; wide characters count twice."""
    from rich.text import Text

    room = width() - len(indent)
    parts = Text(line).wrap(_console(room), room)
    return [(indent if number else "") + part.plain.rstrip() for number, part in enumerate(parts)]


@cache
def _console(room: int) -> Any:
    """Return a console to wrap text by; one for all lines of a width, as each takes 0.2 ms."""
    from rich.console import Console

    return Console(width=room)


def _wanted(sheet: Sheet, lang: str, first: Sequence[str]) -> list[str]:
    """Return the columns to show, the most wanted first: ``first`` are those that were named."""
    names = [
        f"{name}_zh" if lang == "zh" and f"{name}_zh" in sheet.columns else name
        for name in PREFERRED.get(sheet.schema.name, ())
    ]
    named = [part for name in first for part in (name, sheet.field(name).unit)]
    wanted = [*names[:1], *named, *names[1:]]
    if not set(names) <= set(sheet.columns) or not names:
        wanted += _without_ends(sheet)
    return [name for name in dict.fromkeys(wanted) if name in sheet.columns]


def _without_ends(sheet: Sheet) -> list[str]:
    """Return the columns without the ends of intervals, which a symbol stands for on a screen."""
    return [name for name in sheet.columns if not _end(name, sheet)]


def _by_need(sheet: Sheet) -> list[str]:
    """Return the columns with those first that an answer cannot be read without.

    What was asked for comes first, with its unit. Counts of what was left out give way, and then
    columns that tell no rows apart.
    """
    names = _without_ends(sheet)
    if sheet.schema.name != "aggregate":
        return names

    def need(name: str) -> tuple[bool, bool, bool]:
        counted = name in ("n", "left_out")
        asked = name == "unit" or sheet.field(name).type == "number"
        return counted, not asked, _constant(sheet, name)

    return sorted(names, key=need)


def _constant(sheet: Sheet, name: str) -> bool:
    """Tell whether a column of words is the same in every row, so that it tells none apart.

    A unit is never idle: no number stands without it.
    """
    return (
        name != "unit"
        and len(sheet) > 1
        and not sheet.is_numeric(name)
        and len(set(sheet.cells[name])) == 1
    )


def _end(name: str, sheet: Sheet) -> bool:
    base, _, part = name.rpartition("_")
    return part in ("low", "high") and f"{base}_bound" in sheet.columns


def _fitting(columns: Sequence[Column], room: int) -> list[Column]:
    """Return the columns that fit, at least one; numbers and codes are shown whole or not."""
    shown: list[Column] = []
    for column in columns:
        least = min(column.width, NARROWEST) if column.prose else column.width
        room -= least + 2
        if room < 0 and shown:
            break
        shown.append(column)
    return shown


def _with_units(shown: list[Column], sheet: Sheet) -> list[Column]:
    """Drop the numbers whose unit found no room: a number does not stand without it."""
    names = {column.name for column in shown}
    units = {column.name: sheet.field(column.name).unit for column in shown}
    homeless = {n for n, unit in units.items() if unit in sheet.columns and unit not in names}
    return [column for column in shown if column.name not in homeless] or shown


def _left_out(sheet: Sheet, shown: Sequence[str], lang: str, whole: bool) -> list[str]:
    rows, zh = len(sheet), lang == "zh"
    lines = []
    if rows > CAP:
        cut = f"共 {rows:,} 行，显示 {CAP} 行；用管道可得全部。" if zh else (
            f"{CAP} of {rows:,} rows shown; pipe the command for all of them."
        )  # fmt: skip
        lines.append(cut)
    merged = [bound_column(sheet, name) for name in shown]
    hidden = [name for name in sheet.columns if name not in (*shown, *merged)]
    hidden = [name for name in hidden if not _end(name, sheet)]
    if hidden:
        lines.extend(wrap(_more(rows, hidden, whole=whole, zh=zh)))
    return lines


def _more(rows: int, hidden: Sequence[str], *, whole: bool, zh: bool) -> str:
    """Say how many rows there are and where the columns are that found no room."""
    hidden = [safe(name) for name in hidden]
    if zh:
        return f"{rows:,} 行。{'管道' if whole else '--columns 或管道'}中另有：{', '.join(hidden)}"
    where = "in a pipe" if whole else "with --columns or in a pipe"
    return f"{rows:,} {'row' if rows == 1 else 'rows'}. More columns {where}: {', '.join(hidden)}"
