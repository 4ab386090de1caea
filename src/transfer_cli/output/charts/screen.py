"""A chart at a terminal: horizontal bars as wide as the window, in plain characters if need be."""

import os
import sys
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from transfer_cli.messages import _
from transfer_cli.model.numbers import Number
from transfer_cli.output import terminal
from transfer_cli.output.charts.chart import Chart, Mark, Panel

if TYPE_CHECKING:
    from rich.text import Text

EIGHTHS = " ▏▎▍▌▋▊▉█"
GAP = 2
INDENT = 4
MIN_BARS = 10
"""The width of the longest bar at least; labels are cut to make room for it."""
MAX_BARS = 100
MAX_LINES = 400
"""Bars that a screen shows."""
OPEN = ("over", "at_least")
CLOSED = ("under", "at_most", "nearly")


def plain() -> bool:
    """Return whether the terminal shows no more than plain characters."""
    encoding = getattr(sys.stdout, "encoding", "") or "utf-8"
    try:
        EIGHTHS.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return True
    return os.environ.get("TERM") == "dumb"


def bar(value: Number, extent: tuple[Number, Number], room: int, bound: str = "exact") -> str:
    """Return a bar on a scale from the low to the high end of ``extent``, ``room`` wide.

    It begins at zero. ``▶`` marks an open end, where the true value is larger, and ``┤`` an end
    that it does not reach.
    """
    low, high = extent
    scale = room / float(high - low) if high > low else 0
    zero, length = round(float(-low) * scale), abs(float(value)) * scale
    if value < 0:
        body = _end(bound, below_zero=True) + _block(round(length) or 1)
        return body.rjust(zero)
    if plain():
        body = _block(max(round(length), 1 if value else 0))
    else:
        whole, part = divmod(max(round(length * 8), 1 if value else 0), 8)
        body = EIGHTHS[-1] * whole + (EIGHTHS[part] if part else "")
    return " " * zero + body + _end(bound)


def _block(length: int) -> str:
    return ("#" if plain() else EIGHTHS[-1]) * length


def _end(bound: str, *, below_zero: bool = False) -> str:
    """Return the mark at the end of a bar: an arrow if the true value is beyond it."""
    if bound not in (*OPEN, *CLOSED):
        return ""
    if below_zero:
        beyond = bound in CLOSED
        return ("<" if beyond else "|") if plain() else ("◀" if beyond else "├")
    beyond = bound in OPEN
    return (">" if beyond else "|") if plain() else ("▶" if beyond else "┤")


def render(chart: Chart, *, color: bool) -> str:
    """Return a chart drawn, with the lines below it; empty for a chart of nothing."""
    from rich.console import Group
    from rich.text import Text

    if not chart.panels:
        return ""
    shown = _first(chart.panels)
    lines: list[Text] = [Text("")]
    heading = ""
    labels = _label_width(shown)
    for panel in shown:
        if panel.heading != heading:
            heading = panel.heading
            lines.append(Text(heading, style="bold cyan"))
        if panel.title:
            lines += [Text(f"  {part}") for part in terminal.wrap(panel.title, "  ",
                                                                 terminal.width() - 2)]  # fmt: skip
        lines += _panel(chart, panel, labels)
    body = terminal.draw(Group(*lines), color=color)
    footer = terminal.wrap_all(chart.footer, "  ")
    if len(shown) < len(chart.panels):
        footer += terminal.wrap(
            _("{shown:,} of {count:,} groups shown; pipe the command for all of them.",
              shown=len(shown), count=len(chart.panels))
        )  # fmt: skip
    return "\n".join([body.rstrip("\n"), "", *footer, ""])


def _first(panels: Sequence[Panel]) -> Sequence[Panel]:
    """Return the first panels, as many as a screen takes, and at least one."""
    heights = accumulate(len(panel.marks) for panel in panels)
    return panels[: max(1, sum(height <= MAX_LINES for height in heights))]


def _label_width(panels: Sequence[Panel]) -> int:
    from rich.cells import cell_len

    texts = max(cell_len(mark.text) for panel in panels for mark in panel.marks)
    longest = max(cell_len(_label(mark)) for panel in panels for mark in panel.marks)
    room = terminal.width() - INDENT - 2 * GAP - texts - MIN_BARS
    return min(longest, max(room, 8))


def _label(mark: Mark) -> str:
    return f"{mark.series} · {mark.label}" if mark.series else mark.label


def _panel(chart: Chart, panel: Panel, labels: int) -> list["Text"]:
    """Return a line for each mark of a panel: its label, its bar, and its number at the end."""
    from rich.cells import cell_len, set_cell_size
    from rich.text import Text

    texts = max(cell_len(mark.text) for other in chart.panels for mark in other.marks)
    room = terminal.width() - INDENT - labels - 2 * GAP - texts
    room = max(1, min(room, MAX_BARS))
    extent = chart.extent(panel)
    lines = []
    for mark in panel.marks:
        label = _label(mark)
        if cell_len(label) > labels:
            label = set_cell_size(label, labels - 1) + "…"
        line = Text(" " * INDENT + set_cell_size(label, labels) + " " * GAP)
        if mark.figure:
            drawn = bar(mark.value, extent, room, mark.bound)
            line.append(drawn, style="cyan")
            if mark.whole:
                whole = bar(mark.whole.quantity.interval.value, extent, room)
                line.append(("." if plain() else "·") * (len(whole) - len(drawn)), style="dim")
            line.append(" ")
        line.append(mark.text)
        lines.append(line)
    if panel.unprinted:
        lines += [
            Text(" " * INDENT + part, style="dim")
            for part in terminal.wrap(panel.unprinted, "  ", terminal.width() - INDENT)
        ]
    return lines
