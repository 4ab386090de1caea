"""Rows of Parquet as a part of a table: columns with categories, or all of them as text."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, ClassVar

from transfer_cli.errors import DataError
from transfer_cli.files import arrow
from transfer_cli.frames import pd


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of a Parquet file; ``line`` is the number of the first, counted from 1.

    ``header`` are all columns of the file, ``cells`` those that were asked for; ``reached`` is
    about how many bytes of the file were read. It stands beside ``blocks.Block``, and is never
    ``plain``: it has no lines that could be handed on.
    """

    plain: ClassVar[bool] = False

    name: str
    header: list[str]
    cells: Any
    line: int
    reached: int = 0

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return int(self.cells.num_rows)

    def frame(self, columns: Collection[str], number: str = "") -> pd.DataFrame:
        """Return the columns named; text as categories, ``number`` as numbers where it can be.

        The index is the number of each row.
        """
        held = [name for name in self.cells.schema.names if name in columns or name == number]
        cells = {
            name: self._read(name, self.cells[name], _numbers if name == number else arrow.text)
            for name in held
        }
        return pd.DataFrame(cells, index=self._index)

    def text(self, mask: Any = None) -> pd.DataFrame:
        """Return the rows that a mask picks, or all of them, with every column as text."""
        index = self._index if mask is None else self._index[mask]

        def read(column: Any) -> Any:
            return arrow.words(column if mask is None else arrow.picked(column, mask))

        cells = {name: self._read(name, self.cells[name], read) for name in self.header}
        return pd.DataFrame(cells, index=index, dtype=object)

    def lines(self) -> bytes:
        """Return the rows as lines of a CSV file that needs no quotes, be it so or not."""
        return arrow.lines(
            [self._read(name, self.cells[name], arrow.cells) for name in self.header]
        )

    @property
    def _index(self) -> pd.RangeIndex:
        return pd.RangeIndex(self.line, self.line + self.rows)

    def _read(self, name: str, column: Any, reading: Callable[[Any], Any]) -> Any:
        try:
            return reading(column)
        except arrow.failure() as error:
            raise DataError(f"{self.name}: column {name!r}: {arrow.told(error)}") from None


def _numbers(column: Any) -> Any:
    """Return numbers, or text where a cell is none: the table then tells which."""
    found = arrow.numbers(column)
    return arrow.words(column) if found is None else found
