"""The names of files: paths and patterns, standard input, and private temporary copies."""

import atexit
import glob
import os
import re
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

from transfer_cli.errors import DataError, UsageError
from transfer_cli.messages import _
from transfer_cli.tables import temporary

STDIN = Path("-")
STDIN_NAME = "standard input"
"""The name of standard input in messages."""
PARQUET = ".parquet"
PARQUET_MAGIC = b"PAR1"
"""How a Parquet file begins."""
PACKED = (".gz", ".bz2", ".xz", ".zst")
"""The suffixes of packed files."""
TABLES = (
    ".csv", ".tsv", ".tab", PARQUET, ".json", ".jsonl", ".ndjson", ".xlsx", ".xlsm", ".xlsb",
    ".xls", ".ods", ".db", ".sqlite", ".sqlite3",
)  # fmt: skip
"""The suffixes of tables, without that of a packing."""
RECORDS = (".json", ".jsonl", ".ndjson", ".db", ".sqlite", ".sqlite3", PARQUET)
"""The suffixes of tables that name the column of each cell, and have no titles."""
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")

_copies: dict[Path, str] = {}
"""The temporary copies of this process, each with the name of what it is a copy of."""


def find(name: str) -> list[Path]:
    """Return the files that a path or a pattern names, in the order of their names.

    A name is a pattern only if it contains ``*``, ``?`` or ``[`` and no file has exactly this
    name. Raises UsageError for a name with a NUL and for a URL, DataError for a pattern that
    matches no file.
    """
    if "\0" in name:
        raise UsageError(_("a path cannot contain a NUL character"), _("name a CSV file"))
    if os.path.exists(name) or _URL.match(name) or not glob.has_magic(name):  # noqa: PTH110 (False if too long)
        refuse_url(name)
        return [Path(name)]
    found = sorted(glob.glob(_pattern(name), recursive=True))  # noqa: PTH207
    paths = [path for path in map(Path, found) if not path.is_dir()]
    if not paths:
        raise DataError(_("no file matches {name!r}", name=name), _("name a CSV file"))
    return paths


def refuse_url(name: str) -> None:
    """Raise UsageError for the address of a page, unless a file is called so."""
    if _URL.match(name) and not os.path.exists(name):  # noqa: PTH110 (NUL)
        message = _("{name!r} is an address: the tool uses no network", name=name)
        raise UsageError(message, _("save it as a file first: {command}",
                                    command=f"curl -LO {shlex.quote(name)}"))  # fmt: skip


def _pattern(name: str) -> str:
    """Return a pattern in which the folders that exist under just this name are literal."""
    folder, rest = os.path.split(name)
    while folder and not os.path.isdir(folder):  # noqa: PTH112
        folder, last = os.path.split(folder)
        rest = os.path.join(last, rest)  # noqa: PTH118
    return os.path.join(glob.escape(folder), rest)  # noqa: PTH118


def label(path: Path) -> str:
    """Return the name of a file in messages; of a copy that of its original."""
    return STDIN_NAME if path == STDIN else _copies.get(path, str(path))


def size(path: Path) -> int:
    """Return how many bytes a file has on the disk; 0 where it is not a regular file."""
    return path.stat().st_size if path.is_file() else 0


def is_stream(path: Path) -> bool:
    """Return whether a file can be read only once: standard input, a pipe."""
    return path == STDIN or path.is_fifo() or path.is_char_device()


def unpacked_name(path: Path) -> Path:
    """Return a path without the suffix of its packing: ``x.csv`` for ``x.csv.gz``."""
    return path.with_suffix("") if path.suffix in PACKED else path


def names_in(directory: Path) -> list[str]:
    """Return the names of the files of a directory, in order; empty if it cannot be read."""
    try:
        return sorted(os.listdir(directory))  # noqa: PTH208 (names alone)
    except OSError:
        return []


def first_bytes(path: Path, size: int) -> bytes:
    """Return the first bytes of a regular file; empty if it is no such file or not readable."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(size)
    except OSError:
        return b""


def is_parquet(path: Path) -> bool:
    """Return whether a file is Parquet, by its suffix or its first bytes."""
    return unpacked_name(path).suffix == PARQUET or (
        first_bytes(path, len(PARQUET_MAGIC)) == PARQUET_MAGIC
    )


def is_table(word: str) -> bool:
    """Return whether a word looks like a table: ``-``, a pattern, ``x.csv``, ``x.csv.gz``."""
    if word == "-" or glob.has_magic(word) or _URL.match(word):
        return True
    return unpacked_name(Path(word)).suffix.lower() in TABLES


def split_table(words: Sequence[str]) -> tuple[str, list[str]]:
    """Return the table in a list of names, ``metrics`` by default, and the other names."""
    tables = [word for word in words if is_table(word)]
    return (tables[0] if tables else "metrics"), [word for word in words if word not in tables]


def copy(data: Iterable[bytes], name: str, suffix: str = ".csv") -> Path:
    """Write bytes to a private temporary file, which ``remove_copies`` removes.

    ``name`` is its name in messages. Raises TransferError if there is no room for it.
    """
    try:
        descriptor, path = temporary.create(ending=suffix)
        if not _copies:
            atexit.register(remove_copies)
        _copies[path] = name
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(data)
    except OSError as error:
        raise temporary.failed(error) from error
    return path


def remove_copies() -> None:
    """Remove the temporary copies of this process; called at the end of every command."""
    while _copies:
        _copies.popitem()[0].unlink(missing_ok=True)
