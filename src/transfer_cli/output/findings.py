"""Findings of ``check`` for people: a line each, and below it the fix if it does not fit."""

from transfer_cli.messages import _
from transfer_cli.output import terminal
from transfer_cli.output.write import View
from transfer_cli.streams import safe
from transfer_cli.tables.table import Table


def view(table: Table) -> View:
    """Return findings, rows of ``file, line, column, problem, fix``, as lines for people."""

    def draw(color: bool) -> str:
        rows = table.frame.itertuples(index=False, name=None)
        lines = [line for row in rows for line in _lines(*row, color=color)]
        return "".join(f"{line}\n" for line in lines)

    return View(lambda: table, draw, len(table), table.notes)


def _lines(file: str, line: str, column: str, problem: str, fix: str, *, color: bool) -> list[str]:
    place = safe(":".join(filter(None, (file, line))))
    if column:
        problem = _("{place}: {text}", place=column, text=problem)
    text = _("{place}: {text}", place=place, text=safe(problem))
    hint = f"→ {safe(fix)}" if fix else ""
    lines = [f"{text}  {hint}".rstrip()]
    # A Chinese character takes two columns; a line that fits with all of them is not measured.
    if 2 * len(lines[0]) > terminal.width() and len(terminal.wrap(lines[0])) > 1:
        lines = [*terminal.wrap(text, "  "), *(terminal.wrap(f"  {hint}", "    ") if hint else ())]
    if color:
        lines[0] = lines[0].replace(place, f"\x1b[1m{place}\x1b[0m", 1)
    return lines
