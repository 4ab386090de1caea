"""Text on a terminal: as wide as the window, a Chinese character counting two."""

import io
import os
import shutil
import sys
from collections.abc import Iterable

from transfer_cli.streams import fill


def draw(renderable: object, *, color: bool) -> str:
    """Return a rich renderable as text, as wide as the terminal."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=width(),
        height=24,  # Without it rich reads COLUMNS and LINES, and fails on a digit such as "²".
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


def wrap(line: str, indent: str = "", room: int = 0) -> list[str]:
    """Break a line of prose to a width, that of the screen by default.

    A Chinese character counts two.
    """
    blanks = line[: len(line) - len(line.lstrip(" "))]
    return fill(line.lstrip(" "), room or width(), blanks, indent) or [line.rstrip()]


def wrap_all(lines: Iterable[str], indent: str = "", room: int = 0) -> list[str]:
    """Break several lines of prose, as ``wrap`` does."""
    return [part for line in lines for part in wrap(line, indent, room)]
