"""Finds and loads tables: the built-in ones by name, the user's by path, ``-`` for stdin."""

from collections.abc import Sequence
from pathlib import Path

from transfer_cli.errors import unknown
from transfer_cli.lookups import data_directory
from transfer_cli.reading import read
from transfer_cli.schema import recognise, schemas
from transfer_cli.table import Table


def load(name: str) -> Table:
    """Return the table called ``name``: a built-in one, a path, or ``-`` for standard input.

    Raises UsageError for a word that is neither a table nor a file, and DataError for a file
    that is missing or unsound.
    """
    if name in schemas():
        return builtin(name)
    if name != "-" and not _looks_like_path(name):
        raise unknown("table", name, schemas(), "")
    frame = read(name)
    label = "standard input" if name == "-" else name
    return Table(frame, recognise(frame.columns), label)


def builtin(name: str) -> Table:
    """Return a table of the report by its name in ``datapackage.json``."""
    return Table(read(str(data_directory() / f"{name}.csv")), schemas()[name], name)


def _looks_like_path(name: str) -> bool:
    path = Path(name)
    return path.exists() or bool(path.suffix) or len(path.parts) > 1


def partition(words: Sequence[str]) -> tuple[str, list[str]]:
    """Split the table (``-`` or a path) off a list of names; ``metrics`` where none is named."""
    tables = [word for word in words if word == "-" or Path(word).suffix in (".csv", ".tsv")]
    return (tables[0] if tables else "metrics"), [word for word in words if word not in tables]
