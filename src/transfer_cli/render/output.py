"""Sends a table on its way: to the screen, a pipe or a file, its notes to stderr."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from transfer_cli.model.schema import Field
from transfer_cli.render import registry, screen
from transfer_cli.sheet import Sheet
from transfer_cli.streams import stderr_line


class Target(NamedTuple):
    """Where and how a result is written, as the user asked.

    Where a screen has no room for all columns, those that are named ``first`` are shown.
    """

    format: str = ""
    path: Path | None = None
    color: str = "auto"
    lang: str = "en"
    quiet: bool = False
    whole: bool = False
    first: tuple[str, ...] = ()

    @property
    def to_screen(self) -> bool:
        """Whether standard output is where the result goes."""
        return self.path is None or str(self.path) == "-"

    def chosen(self) -> str:
        """Return the format: the one named, the suffix's, ``table`` at a terminal, else csv."""
        if self.format:
            return self.format
        if self.path is not None and not self.to_screen:
            return registry.for_path(self.path)
        return "table" if sys.stdout.isatty() else "csv"

    def colored(self) -> bool:
        """Tell whether to colour, by --color, NO_COLOR, FORCE_COLOR, TERM and the terminal."""
        if self.color != "auto":
            return self.color == "always" and self.to_screen
        if os.environ.get("NO_COLOR") or not self.to_screen:
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def emit(sheet: Sheet, target: Target) -> None:
    """Write a sheet in the chosen format, and its notes to standard error."""
    chosen = target.chosen()
    if chosen == "table":
        body = screen.render(
            sheet, target.lang, color=target.colored(), whole=target.whole, first=target.first
        )
    else:
        body = registry.render(sheet, chosen)
    tell((*sheet.notes, *_bounds_left_out(sheet, chosen)), target)
    write(body, target)


def _bounds_left_out(sheet: Sheet, chosen: str) -> list[str]:
    """Say that a format for machines leaves out bounds, where the columns asked for do."""
    if chosen not in registry.RENDERERS or chosen == "markdown":
        return []
    inexact = {
        name: sum(m not in ("", "exact") for m in cells) for name, cells in sheet.marks.items()
    }
    return [
        bounds_left_out(sheet.field(name), count, len(sheet))
        for name, count in inexact.items()
        if count
    ]


def bounds_left_out(field: Field, count: int, total: int) -> str:
    """Return the note on numbers whose bounds are in a column that was not asked for."""
    told = f"{count} of {total} numbers in {field.name!r} are not exact"
    return f"{told}: add the column {field.bound} to see it"


class View(NamedTuple):
    """A result that people see otherwise than as a table.

    ``sheet`` is for machines; ``screen`` takes the language and whether to colour; ``json`` is
    for a result that is one object and no array.
    """

    sheet: Callable[[], Sheet]
    screen: Callable[[str, bool], str]
    rows: int
    notes: tuple[str, ...] = ()
    json: Callable[[], str] | None = None


def emit_view(view: View, target: Target) -> None:
    """Write a view: as it is drawn for people, or its sheet for machines."""
    chosen = target.chosen()
    if chosen == "table":
        body = view.screen(target.lang, target.colored())
    elif view.json is not None and chosen in ("json", "jsonl"):
        body = view.json()
    else:
        body = registry.render(view.sheet(), chosen)
    tell(view.notes, target)
    write(body, target)


def tell(notes: tuple[str, ...], target: Target) -> None:
    """Print notes to standard error, each once, unless they are silenced."""
    if not target.quiet:
        for note in dict.fromkeys(notes):
            stderr_line(f"Note: {note}", "cyan")


def write(body: str, target: Target) -> None:
    """Write text to standard output, or beside the file it replaces and then rename."""
    if target.to_screen:
        sys.stdout.write(body)
        sys.stdout.flush()
    else:
        write_parts([body.encode("utf-8")], target)


def write_parts(parts: Iterable[bytes], target: Target) -> None:
    """Write parts as they come: each is out before the next is made, save in a file."""
    if target.path is not None and not target.to_screen:
        from transfer_cli.files.replacing import replace_file

        replace_file(target.path, parts)
        return
    sys.stdout.flush()
    for part in parts:
        sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
