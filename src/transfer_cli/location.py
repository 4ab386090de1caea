"""Where a table is: a built-in one by its name, the user's by path, ``-`` for stdin."""

from collections.abc import Sequence
from pathlib import Path

from transfer_cli.errors import unknown
from transfer_cli.lookups import data_directory
from transfer_cli.schema import schemas


def path_of(name: str) -> str:
    """Return where the table called ``name`` is read from; raise UsageError for a bare word."""
    if name in schemas():
        return str(data_directory() / f"{name}.csv")
    if name != "-" and not _looks_like_path(name):
        raise unknown("table", name, schemas(), "")
    return name


def _looks_like_path(name: str) -> bool:
    path = Path(name)
    return path.exists() or bool(path.suffix) or len(path.parts) > 1


def partition(words: Sequence[str]) -> tuple[str, list[str]]:
    """Split the table (``-`` or a path) off a list of names; ``metrics`` where none is named."""
    tables = [word for word in words if word == "-" or Path(word).suffix in (".csv", ".tsv")]
    return (tables[0] if tables else "metrics"), [word for word in words if word not in tables]
