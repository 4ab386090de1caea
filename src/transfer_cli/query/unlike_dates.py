"""Dates written in several ways, 2024/3/5 and 2024年3月: as text they are not in the order of time.

Rows are sorted, and cells of two columns compared, as text: a note says so where it matters.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from transfer_cli.messages import _, join
from transfer_cli.model.periods import find
from transfer_cli.query.comparisons import CompareColumns
from transfer_cli.query.condition import EVERY_ROW, Condition, leaves

if TYPE_CHECKING:
    from transfer_cli.tables.source import Source

FIRST_ROWS = 100
"""Rows looked at for the columns that hold dates."""


def sorted_as_text(source: "Source", where: Condition, columns: Sequence[str]) -> Iterator[str]:
    """Yield a note for each column by which rows are sorted, not in time, though it has dates."""
    for column in columns:
        if column in source.columns and _unlike(source, where, [column]):
            yield _(
                "{column} is sorted as text, not in time: its dates are written in several ways;"
                " write them as 2024-03-05",
                column=source.schema.field(column).written,
            )


def compared_as_text(source: "Source", condition: Condition) -> Iterator[str]:
    """Yield a note for each two columns of dates that are compared as text."""
    for leaf in leaves(condition):
        if isinstance(leaf, CompareColumns) and leaf.operator not in ("==", "!="):
            columns = [name for name in leaf.reads if name in source.columns]
            if len(columns) == 2 and _unlike(source, EVERY_ROW, columns):
                yield _(
                    "{columns} are compared as text, not in time: their dates are written in"
                    " several ways; write them as 2024-03-05",
                    columns=join(source.schema.field(name).written for name in columns),
                )


def _unlike(source: "Source", where: Condition, columns: Sequence[str]) -> bool:
    """Return whether columns hold dates whose order as text is not that of time.

    Periods written as in ``metrics.csv`` have no other form, and are in its order.
    """
    first = next(source.rows(where, columns, limit=FIRST_ROWS))
    cells: set[str] = set()
    for column in columns:
        if first.is_numeric(column) or not _are_dates(first.frame[column]):
            return False
        cells.update(source.counts(where, column).index)
    periods = {cell: period for cell in sorted(cells) if (period := find(cell))}
    if all(cell == period.code for cell, period in periods.items()):
        return False
    return any(one.start > other.start for one, other in pairwise(periods.values()))


def _are_dates(cells: Iterable[str]) -> bool:
    """Return whether most of the cells that are not empty are dates."""
    filled = [cell for cell in cells if cell]
    return 2 * sum(find(cell) is not None for cell in filled) > len(filled)
