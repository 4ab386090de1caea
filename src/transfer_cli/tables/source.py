"""What a command reads from: a table of any size that can be asked for rows, groups and counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from transfer_cli.frames import pd
from transfer_cli.model.schema import Schema
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.query.condition import EVERY_ROW, Condition
from transfer_cli.tables.table import Table

QUARTILES = (0.25, 0.5, 0.75)


class Measure(NamedTuple):
    """What ``Source.groups`` computes of the numbers of a column."""

    column: str
    squares: bool = False
    """Whether the sum of squares is needed (std)."""
    values: bool = False
    """Whether the single values are needed (median, quantiles)."""


class Source(Protocol):
    """A table that can be asked for rows, groups and counts, whatever its size.

    ``MemorySource`` holds a Table, ``DuckSource`` reads files through DuckDB, ``ClusterSource``
    lets the workers of a cluster do so. A property test holds that the first two return the same.

    In every method columns may be derived ones (``category``, ``region``), and a column that does
    not exist raises UsageError with did-you-mean. A file that is unsound raises DataError, naming
    file, line and column.
    """

    name: str
    paths: Sequence[Path]
    """The files of the table; empty for a table in memory."""
    schema: Schema
    columns: Sequence[str]
    report: bool
    vocabulary: Vocabulary
    notes: Sequence[str]
    """Notes on how the table was read; every Table of ``rows`` has them."""

    def rows(
        self,
        where: Condition = EVERY_ROW,
        columns: Sequence[str] = (),
        *,
        sort: Sequence[str] = (),
        limit: int | None = None,
    ) -> Iterator[Table]:
        """Yield the rows that satisfy ``where`` in chunks, in the order of the file or of ``sort``.

        ``columns`` are those to read, all by default. ``sort`` names columns, ``-name`` descending:
        numbers by their amount in base units, then text, empty last, ties by id. At least one
        chunk comes, if only an empty one.
        """
        ...

    def groups(
        self,
        where: Condition,
        by: Sequence[str],
        measure: Measure | None = None,
        watch: Sequence[str] = (),
    ) -> pd.DataFrame:
        """Return one row for each distinct combination of the columns ``by``.

        Columns: those of ``by`` (text; provinces under their English name), ``rows`` (int). With a
        measure also ``n`` (rows with a number), ``empty`` (rows without a value), ``unreadable``
        (rows whose value is not a number), ``percent`` (numbers with a per cent sign), and of the
        numbers as printed, exactly, as Decimal: ``sum``, ``min``, ``max`` and, if requested,
        ``sum_of_squares``; None where ``n`` is 0; if requested ``values``, float64 in no order.
        For each column of ``watch`` also ``min COLUMN`` and ``max COLUMN``: its first and last cell
        in the order of text.
        """
        ...

    def distinct(self, where: Condition, by: Sequence[str], column: str) -> pd.DataFrame:
        """Return how many distinct filled cells a column has, for each combination of ``by``.

        Columns: those of ``by`` as ``groups`` has them, and ``distinct`` (int).
        """
        ...

    def counts(self, where: Condition, column: str) -> pd.Series[int]:
        """Return how many rows have each distinct cell of a column, ``""`` among them."""
        groups = self.groups(where, (column,))
        return pd.Series(groups["rows"].to_numpy(), index=groups[column].to_numpy(), dtype=int)

    def count(self, where: Condition = EVERY_ROW) -> int:
        """Return how many rows satisfy ``where``."""
        ...

    def summary(self, where: Condition, columns: Sequence[str]) -> pd.DataFrame:
        """Return one row for each of ``columns``.

        Columns: ``column, filled, empty, distinct, numeric, min, max``.
        ``numeric`` says whether every filled cell is a number and no code, as
        ``Table.is_numeric`` does for a column of no stated type; ``min`` and ``max`` are cells if
        all can be read as numbers (codes, percentages).
        """
        ...

    def frequent(self, where: Condition, columns: Sequence[str]) -> pd.DataFrame:
        """Return the most frequent filled cell of each of ``columns``, of equal ones the first.

        Columns: ``column, cell, times`` (int) and ``tied`` (int), how many cells are as frequent,
        itself included. A column without filled cells has no row.
        """
        ...

    def quantiles(self, where: Condition, columns: Sequence[str]) -> dict[str, list[float]]:
        """Return the quartiles of columns whose filled cells are numbers: 25 %, 50 % and 75 %.

        They are of type 7, interpolated between neighbours. A column without numbers has none.
        """
        ...

    def unreadable(self, where: Condition, column: str) -> Unreadable:
        """Return the filled cells of a column that are not numbers."""
        ...

    def melted(
        self, where: Condition, keep: Sequence[str], columns: Sequence[str], into: Melted
    ) -> Source:
        """Return a source with a row for each cell that the rows have in one of ``columns``.

        Its columns are those of ``keep``, and the two of ``into``.
        """
        ...


class Melted(NamedTuple):
    """The columns into which others are melted: one for their names, one for their cells."""

    column: str
    cell: str


class Unreadable(NamedTuple):
    """Cells that are not numbers in a column of numbers: how many, and the first with its line.

    ``line`` is 0 where it is not known (large files).
    """

    cells: int
    cell: str = ""
    line: int = 0
