"""Where a table is: a built-in one by its name, the user's by path, ``-`` for stdin."""

import glob
from collections.abc import Sequence
from pathlib import Path

from transfer_cli.errors import unknown
from transfer_cli.files.inputs import PARQUET
from transfer_cli.files.unpacking import COMPRESSED
from transfer_cli.model.lookups import data_directory
from transfer_cli.model.schema import schemas

_TABLES = (".csv", ".tsv", PARQUET)


def path_of(name: str) -> str:
    """Return where the table called ``name`` is read from; raise UsageError for a bare word."""
    if name in schemas():
        return str(data_directory() / f"{name}.csv")
    if not _looks_like_path(name):
        raise unknown("table", name, schemas(), "")
    return name


def _looks_like_path(name: str) -> bool:
    path = Path(name)
    return is_table(name) or path.exists() or bool(path.suffix) or len(path.parts) > 1


def is_table(word: str) -> bool:
    """Tell whether a word names a table by its look: ``-``, a wildcard, ``x.csv``, ``x.csv.gz``."""
    return word == "-" or glob.has_magic(word) or unpacked(Path(word)).suffix in _TABLES


def unpacked(path: Path) -> Path:
    """Return a path without the suffix of its packing: ``x.csv`` for ``x.csv.gz``."""
    return path.with_suffix("") if path.suffix in COMPRESSED else path


def partition(words: Sequence[str]) -> tuple[str, list[str]]:
    """Split the table off a list of names; ``metrics`` where none is named."""
    tables = [word for word in words if is_table(word)]
    return (tables[0] if tables else "metrics"), [word for word in words if word not in tables]
