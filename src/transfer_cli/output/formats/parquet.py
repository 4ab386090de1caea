"""Parquet: columns with types, through DuckDB."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from transfer_cli.output.formats.interface import Format, Settings, numeric_columns, read_parts
from transfer_cli.tables import temporary

if TYPE_CHECKING:
    from transfer_cli.tables.table import Table


class Parquet(Format):
    """One file of columns: whole numbers, decimals as doubles, text; empty cells are null."""

    name = "parquet"
    suffixes = (".parquet", ".pq")
    for_machines = True
    binary = True

    def encode(self, tables: "Iterable[Table]", settings: Settings) -> Iterator[bytes]:
        """Yield the file."""
        from transfer_cli.engine import parquet

        numeric, parts = numeric_columns(tables, settings)
        with temporary.directory() as directory:
            path = directory / "rows.parquet"
            parquet.write(path, parts, numeric)
            yield from read_parts(path)
