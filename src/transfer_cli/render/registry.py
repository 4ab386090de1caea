"""The formats by name and by suffix, and the one place where a format is chosen."""

from collections.abc import Callable
from pathlib import Path

from transfer_cli.errors import UsageError
from transfer_cli.model import codelists
from transfer_cli.render import delimited, plain, records
from transfer_cli.sheet import Sheet

Renderer = Callable[[Sheet], str]

RENDERERS: dict[str, Renderer] = {
    "csv": lambda sheet: delimited.render(sheet, ","),
    "tsv": lambda sheet: delimited.render(sheet, "\t"),
    "json": records.render_json,
    "jsonl": records.render_lines,
    "markdown": lambda sheet: plain.render(sheet, "pipe"),
}
NAMED = ("csv", "tsv", "json", "jsonl", "markdown", "html", "rst")
"""Formats whose name is the suffix of their files."""
SUFFIXES = {f".{name}": name for name in NAMED} | {
    f".{short}": name for short, name in codelists.SHORT_FORMATS.items()
}


def for_path(path: Path) -> str:
    """Return the format that a file's suffix stands for; raise UsageError if it stands for none."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise UsageError(
            f"cannot tell a format from the suffix of {str(path)!r}",
            f"name it with --format, or use one of {known}",
        )
    return SUFFIXES[suffix]


def render(sheet: Sheet, name: str) -> str:
    """Return ``sheet`` as text in a format for machines or documents."""
    if name in RENDERERS:
        return RENDERERS[name](sheet)
    return plain.render(sheet, name)
