"""Commands on a table counted as large and as small, and Parquet written by DuckDB."""

from dataclasses import replace

import duckdb
import pytest


@pytest.fixture
def both(cli, large):
    """Run a command on a table counted as large, and as small.

    The note is left out that duplicate ids are not looked for in a large table.
    """

    def run(*args):
        big = large(*args)
        notes = [note for note in big.stderr.splitlines(keepends=True)
                 if "duplicate ids are not checked" not in note]  # fmt: skip
        return replace(big, stderr="".join(notes)), cli(*args)

    return run


@pytest.fixture
def parquet(tmp_path):
    """Write what a query of DuckDB returns as Parquet, and return the file's name."""

    def write(query, name="table.parquet", rows=100):
        with duckdb.cursor() as connection:
            connection.execute(
                f"COPY ({query}) TO '{tmp_path / name}' (FORMAT parquet, ROW_GROUP_SIZE {rows})"
            )
        return name

    return write
