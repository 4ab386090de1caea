"""What reads a large table: pandas, or DuckDB where the extra is installed and it gains."""

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from transfer_cli.errors import TransferError, unknown
from transfer_cli.files import inputs
from transfer_cli.scanning import sizes

NAMES = ("auto", "pandas", "duckdb")
INSTALL = "pip install 'transfer-cli[fast]'"
GAIN = 32 << 20
"""Bytes from which DuckDB gains: below it, loading it costs as much as it saves."""


def check(engine: str) -> None:
    """Raise UsageError for an engine that does not exist, TransferError for one not installed."""
    if engine not in NAMES:
        raise unknown("engine", engine, NAMES)
    if engine == "duckdb" and not installed():
        raise TransferError("DuckDB is not installed", INSTALL)


def installed() -> bool:
    """Tell whether DuckDB can be imported, without importing it."""
    return find_spec("duckdb") is not None


def takes(engine: str, paths: Sequence[Path]) -> bool:
    """Tell whether DuckDB is to read these files: asked for, or by their size.

    Only delimited text as it stands on the disk: packed files and pipes are read in blocks.
    """
    plain = all(path.suffix not in sizes.PACKED and path.is_file() for path in paths)
    # DuckDB writes its rows into a pipe of ours by its name.
    able = plain and installed() and Path("/dev/fd").exists() and os.name == "posix"
    wanted = engine == "duckdb" or (engine == "auto" and sizes.total(paths) >= GAIN)
    return able and wanted and inputs.STANDARD not in paths


def advice(engine: str, paths: Sequence[Path]) -> list[str]:
    """Return what would make these files faster to read, where it is not installed."""
    if installed() or engine != "auto" or sizes.total(paths) < GAIN:
        return []
    return [f"DuckDB would read this faster: {INSTALL}"]
