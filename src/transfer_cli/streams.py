"""Lines for people on standard error, with colour where a terminal wants it."""

import io
import os
import shutil
import sys
import textwrap
from pathlib import Path
from unicodedata import east_asian_width

color = "auto"
"""Whether to colour: auto, always or never, as ``--color`` says."""
quiet = False
"""Whether notes and progress are silenced, as ``--quiet`` says."""
_CODES = {"red": "31", "cyan": "36"}
_SECOND = "\ue000"
"""Stands for the second place of a wide character; ``safe`` lets no such character through."""


def open_closed() -> None:
    """Make the standard streams fit to write on, whatever the parent process left.

    Closed ones become /dev/null; a pipe gets UTF-8 and ``\\n``, and nothing fails to be written.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("r+", encoding="utf-8"))  # noqa: SIM115
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def stderr_line(line: str, hue: str) -> None:
    """Print a line to standard error, its first word coloured at a terminal."""
    shown = "\n".join(map(safe, line.split("\n")))
    # A hint stays on one line, to be copied.
    if sys.stderr.isatty() and "\n" not in shown and not shown.startswith("Hint"):
        shown = _filled(shown)
    if _colored():
        word, _, rest = shown.partition(" ")
        shown = f"\x1b[{_CODES[hue]}m{word}\x1b[0m {rest}"
    print(shown, file=sys.stderr)  # noqa: T201


def _filled(line: str) -> str:
    """Break a line to the width of the terminal, where a Chinese character takes two places."""
    wide = (char if east_asian_width(char) not in "WF" else char + _SECOND for char in line)
    filled = textwrap.fill("".join(wide), _width(), subsequent_indent="  ", break_on_hyphens=False)
    return filled.replace(_SECOND, "")


def _width() -> int:
    return max(20, shutil.get_terminal_size().columns)


def _colored() -> bool:
    if color in ("always", "never"):
        return color == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()


def safe(value: str) -> str:
    """Return text that a terminal only shows: control and format characters become visible."""
    if value.isascii() and value.isprintable():
        return value
    return "".join(char if char.isprintable() or char == "　" else _shown(char) for char in value)


def _shown(char: str) -> str:
    return f"\\u{ord(char):04x}"
