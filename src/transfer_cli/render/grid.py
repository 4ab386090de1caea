"""Draws rows under headings with columns side by side, in as many blocks as the screen needs."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

from transfer_cli.render import screen

NARROWEST = 24
"""Columns of the screen that the labels of rows get at least, if they need them."""
GAP = 2


class Line(NamedTuple):
    """A row: the heading it stands under, its label, and a cell for each column."""

    heading: str
    label: str
    cells: Sequence[str]


def draw(columns: Sequence[str], lines: Sequence[Line], *, color: bool) -> str:
    """Return the lines drawn; where the columns do not fit, some in a block below."""
    from rich.cells import cell_len
    from rich.console import Group

    widths = [_width(column, [line.cells[i] for line in lines]) for i, column in enumerate(columns)]
    labels = max((cell_len(line.label) for line in lines), default=0) + GAP
    blocks = []
    for block in _blocks(widths, screen.width() - min(NARROWEST, labels)):
        used = sum(widths[place] + GAP for place in block)
        room = max(min(labels, screen.width() - used), GAP + 1)
        blocks.append(_block(columns, lines, block, [room, *(widths[place] for place in block)]))
    return screen.draw(Group(*blocks), color=color)


def _width(column: str, cells: Sequence[str]) -> int:
    """Return how wide a column must be: its header may be broken at spaces, its cells not."""
    from rich.cells import cell_len

    texts = [*column.split(), *(part for cell in cells for part in cell.split("\n"))]
    return max(map(cell_len, texts), default=1)


def _blocks(widths: Sequence[int], room: int) -> list[list[int]]:
    """Part the columns into runs that fit into ``room``."""
    blocks: list[list[int]] = [[]]
    left = room
    for place, width in enumerate(widths):
        if width + GAP > left and blocks[-1]:
            blocks.append([])
            left = room
        blocks[-1].append(place)
        left -= width + GAP
    return blocks


def _block(
    columns: Sequence[str], lines: Sequence[Line], block: Sequence[int], widths: Sequence[int]
) -> Any:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    heads = [Text(columns[place], style="bold", justify="right") for place in block]
    parts: list[Any] = [_rows([[Text(""), *heads]], widths)]
    total = sum(widths) + GAP * len(block)
    parts.append(Text("─" * min(total, screen.width()), style="dim", no_wrap=True))
    for heading, found in groupby(lines, key=lambda line: line.heading):
        rows = [
            [Padding(Text(line.label), (0, 0, 0, 2)), *(Text(line.cells[place]) for place in block)]
            for line in found
        ]
        parts += [Text(heading, style="bold cyan"), _rows(rows, widths)]
    return Group(Text(""), *parts)


def _rows(rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> Any:
    from rich.table import Table

    drawn = Table(box=None, show_header=False, pad_edge=False, padding=(0, GAP, 0, 0))
    for place, width in enumerate(widths):
        drawn.add_column(width=width, justify="right" if place else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*row)
    return drawn
