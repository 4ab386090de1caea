"""Findings for people: one line each, what to do about it below where it does not fit."""

from transfer_cli.render import output, screen
from transfer_cli.sheet import Sheet
from transfer_cli.streams import safe


def emit(sheet: Sheet, target: output.Target) -> None:
    """Write findings: lines at a terminal, else the format that was asked for."""
    if target.chosen() != "table":
        output.emit(sheet, target)
        return
    output.tell(sheet.notes, target)
    rows = zip(*sheet.cells.values(), strict=True)
    lines = [line for row in rows for line in _lines(*row, color=target.colored())]
    output.write("".join(f"{line}\n" for line in lines), target)


def _lines(file: str, line: str, column: str, problem: str, fix: str, *, color: bool) -> list[str]:
    place = safe(":".join(part for part in (file, line) if part))
    told = f"{place}: {safe(f'{column}: {problem}' if column else problem)}"
    hint = f"→ {safe(fix)}" if fix else ""
    lines = [f"{told}  {hint}".rstrip()]
    # A character of Chinese takes two places; what surely fits need not be measured.
    if 2 * len(lines[0]) > screen.width() and len(screen.wrap(lines[0])) > 1:
        lines = [*screen.wrap(told, "  "), *(screen.wrap(f"  {hint}", "    ") if hint else ())]
    if color:
        lines[0] = lines[0].replace(place, f"\x1b[1m{place}\x1b[0m", 1)
    return lines
