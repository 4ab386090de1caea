"""The files behind the name of a table, and their bytes, unpacked. No pandas here."""

import glob
import shlex
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from transfer_cli.errors import DataError
from transfer_cli.files import standard_input, unpacking

PARQUET = ".parquet"
STANDARD = Path("-")


def found(name: str) -> list[Path]:
    """Return the files that a path or a glob stands for, in the order of their names.

    A path without a wildcard is returned as it is; raises DataError for a glob that finds none.
    """
    path = Path(name)
    if path.exists() or not glob.has_magic(name):
        return [path]
    paths = [Path(file) for file in sorted(glob.glob(name, recursive=True))]  # noqa: PTH207
    if not paths:
        raise DataError(f"no file matches {name!r}", "name a CSV file")
    return paths


def label(path: Path) -> str:
    """Return what a file is called in errors."""
    return standard_input.NAME if path == STANDARD else str(path)


def size(path: Path) -> int:
    """Return how many bytes a file has on the disk; 0 where that cannot be told."""
    return path.stat().st_size if path.is_file() else 0


def is_parquet(path: Path) -> bool:
    """Tell whether a file is Parquet: by its suffix, and standard input by how it begins."""
    return (standard_input.kind() if path == STANDARD else path.suffix) == PARQUET


def agreed(headers: Mapping[str, list[str]]) -> list[str]:
    """Return the columns of a table of several files; raise DataError where they differ."""
    (first, names), *rest = headers.items()
    for file, other in rest:
        if other != names:
            differ = f"{file}:1: other columns than in {first}"
            raise DataError(differ, "the files of one table have the same columns in one order")
    return names


class Opened(NamedTuple):
    """A file to read, unpacked; ``raw`` are its bytes as they stand on the disk."""

    reader: IO[bytes]
    raw: IO[bytes]

    def reached(self) -> int:
        """Return how far the file on the disk has been read; 0 for standard input."""
        return 0 if self.raw is sys.stdin.buffer else self.raw.tell()


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open a file, ``-`` for standard input, and close it afterwards.

    What goes wrong with its bytes, now or while it is read, is a DataError.
    """
    with told(label(path), path.suffix):
        if path == STANDARD:
            standard_input.unpack()
            yield Opened(sys.stdin.buffer, sys.stdin.buffer)
        else:
            with path.open("rb") as raw, unpacking.unpacked(raw, path.suffix) as reader:
                yield Opened(reader, raw)


@contextmanager
def told(name: str, suffix: str) -> Iterator[None]:
    """Make a DataError of what goes wrong while a file called ``name`` is opened and read."""
    try:
        yield
    except FileNotFoundError:
        missing = f"there is no file {name!r}"
        raise DataError(missing, "built-in tables: metrics, projects") from None
    except Exception as error:
        if not unpacking.damaged(error):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        program = unpacking.COMPRESSED.get(suffix)
        if program:
            hint = f"it is damaged or cut short: {program} -t {shlex.quote(name)}"
            raise DataError(f"cannot unpack {name!r}: {reason}", hint) from None
        raise DataError(f"cannot read {name!r}: {reason}", _remedy(name, error)) from None


def _remedy(name: str, error: Exception) -> str:
    """Return what to type where a file cannot be read."""
    if name == standard_input.NAME:
        return "transfer-cli filter | transfer-cli aggregate -"
    if isinstance(error, IsADirectoryError):
        return f"name the files in it: {shlex.quote(str(Path(name) / '*.csv'))}"
    return f"ls -l {shlex.quote(name)}"
