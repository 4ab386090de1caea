"""The standard streams: notes and errors for people, colour where a terminal wants it."""

import io
import os
import re
import shutil
import sys
from pathlib import Path
from typing import IO
from unicodedata import east_asian_width

from transfer_cli.messages import _

color = "auto"
"""Whether to colour: auto, always or never, as ``--color`` says."""
quiet = False
"""Whether notes and progress are silenced, as ``--quiet`` says."""
_CODES = {"red": "31", "cyan": "36"}
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60"
_LONGEST = 2_000
"""Characters of the longest note or error."""
_OPENS = r"“（《〈【\[("
_ENDS = r"，。；：、）》〉】”？！\]),.;:%⁰¹²³⁴⁵⁶⁷⁸⁹"
_HAN = rf"(?![{_OPENS}])[{_WIDE}]"
_COMMAND = re.compile(r"[:：] ?(transfer-cli [^:：]*)$")
_PIECES = re.compile(
    rf" *[{_OPENS}]*(?:(?:第(?=\d))?[^\s{_WIDE}]+(?:(?<=\d){_HAN})?|{_HAN})[{_ENDS}]*"
    rf"| *[{_OPENS}]+|\s+"
)
"""What no line break may split: a word, or a Chinese character, with its punctuation.

A number keeps the character behind it, and the 第 before it: 第161行, 160个.
"""


def open_closed() -> None:
    """Make the standard streams usable, whatever the parent process left.

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


def note(text: str) -> None:
    """Print a note to standard error."""
    _print(_("Note: {text}", text=text), "cyan", one_line=False)


def error(text: str) -> None:
    """Print an error to standard error."""
    _print(_("Error: {text}", text=text), "red", one_line=False)


def hint(text: str) -> None:
    """Print a hint to standard error, on one line, to be copied."""
    _print(_("Hint: {text}", text=text), "cyan", one_line=True)


def _print(line: str, hue: str, *, one_line: bool) -> None:
    """Print a line to standard error, wrapped and its first word coloured at a terminal."""
    if len(line) > _LONGEST and not one_line:  # It quotes a cell, which may be of any length.
        line = f"{line[: _LONGEST // 2]} … {line[-_LONGEST // 2 :]}"
    shown = "\n".join(map(safe, line.split("\n")))
    if sys.stderr.isatty() and "\n" not in shown and not one_line:
        shown = "\n".join(wrapped(shown, max(20, shutil.get_terminal_size().columns)))
    if colored(sys.stderr):
        colon = _("{title}:", title="")
        word, _colon, rest = shown.partition(colon)
        shown = f"\x1b[{_CODES[hue]}m{word}{colon}\x1b[0m{rest}"
    print(shown, file=sys.stderr)  # noqa: T201


def wrapped(text: str, width: int) -> list[str]:
    """Return a message broken into lines; a command at its end is on one line, to be copied."""
    lines = fill(text, width, "", "  ")
    command = _COMMAND.search(text)
    if len(lines) == 1 or command is None:
        return lines
    return [*fill(text[: command.start(1)].rstrip(), width, "", "  "), f"  {command[1]}"]


def fill(text: str, width: int, first: str, others: str) -> list[str]:
    """Return text broken into lines of ``width`` columns, between words or Chinese characters.

    ``first`` begins the first line, ``others`` every other line. A word wider than a line is kept
    whole.
    """
    lines, line, column = [], first, width_of(first)
    for piece in _PIECES.findall(text):
        wide = width_of(piece.rstrip())
        if column + wide > width and line.strip():
            lines.append(line.rstrip())
            line, column, piece = others, width_of(others), piece.lstrip()
        line += piece
        column += width_of(piece)
    return [*lines, line.rstrip()] if line.strip() else lines


def width_of(text: str) -> int:
    """Return how many columns of a terminal the text takes: two for a Chinese character."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def colored(stream: IO[str]) -> bool:
    """Whether to colour a stream: by --color, NO_COLOR, FORCE_COLOR, TERM and the terminal."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def safe(value: str) -> str:
    """Return text with control and format characters escaped, so that a terminal only shows it."""
    if value.isascii() and value.isprintable():
        return value
    return "".join(
        char if char.isprintable() or char == "　" else f"\\u{ord(char):04x}" for char in value
    )
