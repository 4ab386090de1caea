"""The formats by name and by suffix, and the one place where a format is chosen."""

from collections.abc import Callable
from pathlib import Path

from transfer_cli.errors import UsageError
from transfer_cli.render import delimited, plain, records
from transfer_cli.table import Table

Renderer = Callable[[Table], str]

RENDERERS: dict[str, Renderer] = {
    "csv": lambda table: delimited.render(table, ","),
    "tsv": lambda table: delimited.render(table, "\t"),
    "json": records.render_json,
    "jsonl": records.render_lines,
    "markdown": lambda table: plain.render(table, "pipe"),
}
SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "markdown",
    ".markdown": "markdown",
    ".tex": "latex",
    ".html": "html",
    ".htm": "html",
    ".txt": "table",
    ".rst": "rst",
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


def render(table: Table, name: str) -> str:
    """Return ``table`` as text in a format for machines or documents."""
    if name in RENDERERS:
        return RENDERERS[name](table)
    return plain.render(table, name)
