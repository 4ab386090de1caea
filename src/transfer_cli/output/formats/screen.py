"""The table that people see at a terminal."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from transfer_cli.output.formats.interface import Format, Settings
from transfer_cli.tables.table import collect

if TYPE_CHECKING:
    from transfer_cli.tables.table import Table


class Screen(Format):
    """Labels, grouped numbers and as many columns as fit; the first rows of a long table."""

    name = "table"
    suffixes = (".txt",)

    def encode(self, tables: "Iterable[Table]", settings: Settings) -> Iterator[bytes]:
        """Yield the first rows, and how many there are; the other rows are only counted."""
        from transfer_cli.output import screen

        kept: list[Table] = []
        rows = 0
        for table in tables:
            if rows < screen.MAX_ROWS:
                kept.append(table)
            rows += len(table)
        text = screen.render(collect(kept), rows, settings)
        yield text.encode()
