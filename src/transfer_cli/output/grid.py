"""Rows under headings with columns side by side, in as many blocks as the screen needs."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

from transfer_cli.model.labels import MISSING
from transfer_cli.output import terminal

MIN_LABEL = 24
"""The width that the labels of rows get at least, if they need it."""
GAP = 2


class Line(NamedTuple):
    """A row: the heading above it, its label, and a cell for each column."""

    heading: str
    label: str
    cells: Sequence[str]


def draw(columns: Sequence[str], lines: Sequence[Line], *, color: bool) -> str:
    """Return the lines drawn; columns that do not fit follow in a block below.

    A line without a cell in a block is left out there.
    """
    from rich.cells import cell_len
    from rich.console import Group

    widths = [_width(column, [line.cells[i] for line in lines]) for i, column in enumerate(columns)]
    labels = max((cell_len(line.label) for line in lines), default=0) + GAP
    blocks = []
    for block in _blocks(widths, terminal.width() - min(MIN_LABEL, labels)):
        filled = [line for line in lines if any(line.cells[i] not in ("", MISSING) for i in block)]
        if not filled:
            continue
        used = sum(widths[position] + GAP for position in block)
        room = max(min(labels, terminal.width() - used), GAP + 1)
        shown = [room, *(widths[position] for position in block)]
        blocks.append(_block(columns, filled, block, shown))
    return terminal.draw(Group(*blocks), color=color)


def _width(column: str, cells: Sequence[str]) -> int:
    """Return the width of a column: its header may be broken at spaces, its cells may not."""
    from rich.cells import cell_len

    texts = [*column.split(), *(part for cell in cells for part in cell.split("\n"))]
    return max(map(cell_len, texts), default=1)


def _blocks(widths: Sequence[int], room: int) -> list[list[int]]:
    """Split the positions of columns into runs that fit into ``room``."""
    blocks: list[list[int]] = [[]]
    left = room
    for position, width in enumerate(widths):
        if width + GAP > left and blocks[-1]:
            blocks.append([])
            left = room
        blocks[-1].append(position)
        left -= width + GAP
    return blocks


def _block(
    columns: Sequence[str], lines: Sequence[Line], block: Sequence[int], widths: Sequence[int]
) -> Any:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    heads = [Text(columns[position], style="bold", justify="right") for position in block]
    parts: list[Any] = [_rows([[Text(""), *heads]], widths)]
    total = sum(widths) + GAP * len(block)
    parts.append(Text("─" * min(total, terminal.width()), style="dim", no_wrap=True))
    for heading, group in groupby(lines, key=lambda line: line.heading):
        rows = [
            [Padding(Text(line.label), (0, 0, 0, 2)), *(Text(line.cells[i]) for i in block)]
            for line in group
        ]
        parts += [Text(heading, style="bold cyan"), _rows(rows, widths)]
    return Group(Text(""), *parts)


def _rows(rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> Any:
    from rich.table import Table

    drawn = Table(box=None, show_header=False, pad_edge=False, padding=(0, GAP, 0, 0))
    for position, width in enumerate(widths):
        drawn.add_column(width=width, justify="right" if position else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*row)
    return drawn
