"""The help of a command as text, in the language of messages and with Chinese wrapped.

The formatter of Typer counts a Chinese character as one column and finds no place to break
Chinese text. The layout is Typer's, with the examples in front of the options.
"""

import copy
import inspect
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from transfer_cli.messages import _, marked
from transfer_cli.streams import fill, width_of

SECTIONS = (marked("Arguments"), marked("Options"), marked("Filters"), marked("Output"))
MAX_NAME = 30
"""Columns of the widest option name whose text begins on the same line."""

Rows = Sequence[tuple[str, str]]


def render(context: Any, examples: Sequence[str], commands: Rows = ()) -> str:
    """Return the help page of the command of ``context``.

    ``examples`` are command lines without the name of the program; ``commands`` are the names
    and short descriptions of subcommands.
    """
    command = context.command
    width = max(min(shutil.get_terminal_size().columns, 80) - 2, 50)
    first, *more = _paragraphs(command)
    lines = [*_usage(context, width), "", *_indented([first], width)]
    if examples:
        lines += [
            "",
            _("{title}:", title=_("Examples")),
            *(f"  transfer-cli {_(line)}" for line in examples),
        ]
    if more:
        lines += ["", *_indented(more, width)]
    for title, rows in (*_sections(context), (_("Commands"), commands)):
        if rows:
            lines += ["", _("{title}:", title=title), *_definitions(rows, width)]
    if command.epilog:
        lines += ["", *_indented([_(command.epilog)], width)]
    return "\n".join(lines)


def summary(command: Any) -> str:
    """Return the first sentence of a command's help."""
    return _paragraphs(command)[0]


def _paragraphs(command: Any) -> list[str]:
    """Return the paragraphs of a help text, each on one line."""
    text = _(inspect.cleandoc(command.help or ""))
    return [" ".join(paragraph.split("\n")) for paragraph in text.split("\n\n")]


def _usage(context: Any, width: int) -> list[str]:
    pieces = [translated(piece) for piece in context.command.collect_usage_pieces(context)]
    start = _("Usage: {command}", command=f"{context.command_path} ")
    return fill(" ".join(pieces), width, start, " " * len(start))


def translated(piece: str) -> str:
    """Return a placeholder of the usage line, such as ``[TABLE]``, with its words translated."""
    return re.sub(r"[A-Z]{2,}", lambda word: _(word.group()), piece)


def _sections(context: Any) -> Iterator[tuple[str, Rows]]:
    """Yield the title of each section of options, and its rows of names and texts."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for parameter in context.command.get_params(context):
        if record := _record(parameter, context):
            default = "Arguments" if parameter.param_type_name == "argument" else "Options"
            section = getattr(parameter, "rich_help_panel", None) or default
            sections.setdefault(section, []).append(record)
    for name in sorted(sections, key=SECTIONS.index):
        yield _(name), sections[name]


def _record(parameter: Any, context: Any) -> tuple[str, str] | None:
    """Return the name and the text of a parameter, translated."""
    shown = copy.copy(parameter)
    shown.help = _(parameter.help or "")
    record = shown.get_help_record(context)
    if record is None:
        return None
    name, text = record
    # What Typer itself appends is in English.
    text = text.replace("[default: ", _("[default: ")).replace("[required]", _("[required]"))
    return translated(name), text.replace("[env var: ", _("[environment variable: "))


def _indented(paragraphs: Iterable[str], width: int) -> list[str]:
    """Return paragraphs, indented, with a blank line between them."""
    filled = ("\n".join(fill(paragraph, width, "  ", "  ")) for paragraph in paragraphs)
    return "\n\n".join(filled).split("\n")


def _definitions(rows: Rows, width: int) -> list[str]:
    """Return names with their texts in a second column."""
    column = min(max(width_of(name) for name, _text in rows), MAX_NAME) + 4
    indent = " " * column
    lines: list[str] = []
    for name, text in rows:
        start = f"  {name}"
        if width_of(name) > MAX_NAME:
            lines.append(start)
            start = ""
        lines += fill(text, width, start + " " * (column - width_of(start)), indent) or [start]
    return lines
