"""What reads a large table: pandas, or DuckDB where the extra is installed."""

from transfer_cli.errors import TransferError, unknown
from transfer_cli.scanning import duck

NAMES = ("auto", "pandas", "duckdb")


def check(engine: str) -> None:
    """Raise for an engine that does not exist, or whose extra is missing."""
    if engine not in NAMES:
        raise unknown("engine", engine, NAMES)
    if engine == "duckdb" and not duck.installed():
        raise TransferError("DuckDB is not installed", "pip install 'transfer-cli[fast]'")
