"""What people should know about a selection: why it is empty, and what was not compared."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from transfer_cli.messages import _
from transfer_cli.model.periods import find as find_period
from transfer_cli.query.condition import (
    EVERY_ROW,
    Amount,
    Compare,
    CompareResults,
    Condition,
    In,
    Within,
    both,
    columns_of,
    conjuncts,
    leaves,
)
from transfer_cli.query.options import unit_column

if TYPE_CHECKING:
    from transfer_cli.tables.source import Source


def notes(source: "Source", condition: Condition, rows: int | None = None) -> list[str]:
    """Return the notes on a selection, after its rows were read.

    ``rows`` is how many there were; without it they are counted. The notes say which parts of the
    condition match no row if there are none, which column was compared without regard to units, and
    which cells are no numbers, or no periods, in a column that is compared with such.
    """
    if condition == EVERY_ROW:
        return []
    selected = source.count(condition) if rows is None else rows
    found = [
        *_without_units(source, condition),
        *_no_numbers(source, condition),
        *_no_periods(source, condition),
    ]
    return found if selected else [*found, _why_empty(source, condition)]


def _why_empty(source: "Source", condition: Condition) -> str:
    total = source.count()
    if not total:
        return _("no rows: the table has none")
    without = [str(part) for part in conjuncts(condition) if not source.count(part)]
    if without:
        listed = _(" nor ").join(without)
        return _("no rows: none of the {total} has {conditions}", total=total, conditions=listed)
    return _(
        "no rows: each condition matches some of the {total}, but none meets all of them",
        total=total,
    )


def _without_units(source: "Source", condition: Condition) -> Iterator[str]:
    """Yield a note if numbers of several units are compared as they are printed."""
    read = columns_of(condition)
    for column, in_unit in _compared(condition).items():
        units = unit_column(source.schema, source.columns, column)
        if not units or units in read or in_unit:
            continue
        if len([name for name in source.counts(EVERY_ROW, units).index if name]) > 1:
            yield _("numbers were compared as printed, whatever their unit: add one, e.g."
                    " --min 100亿元")  # fmt: skip


def _no_numbers(source: "Source", condition: Condition) -> Iterator[str]:
    """Yield a note for each column with cells that could not be compared with a number.

    Rows that another part of the condition excludes are not counted.
    """
    for column in _compared(condition):
        others = [part for part in conjuncts(condition) if column not in columns_of(part)]
        unreadable = source.unreadable(both(*others), column)
        if not unreadable.cells:
            continue
        if unreadable.line:
            yield _(
                "{name}:{line}: column {column!r}: {cell!r} is no number; "
                "{n} such cells were not compared",
                name=source.name, line=unreadable.line, column=column, cell=unreadable.cell,
                n=unreadable.cells,
            )  # fmt: skip
        else:
            yield _(
                "column {column!r}: {n} cells are no numbers and were not compared, "
                "such as {cell!r}",
                column=column, n=unreadable.cells, cell=unreadable.cell,
            )  # fmt: skip


def _no_periods(source: "Source", condition: Condition) -> Iterator[str]:
    """Yield a note for a column with cells that are no periods, if rows are selected by period."""
    for leaf in leaves(condition):
        if isinstance(leaf, Within):
            counts = source.counts(EVERY_ROW, leaf.column)
            cells = [cell for cell in counts.index if cell and find_period(cell) is None]
            if cells:
                yield _("column {column!r}: {n} cells are no periods and were not compared, "
                        "such as {cell!r}",
                        column=leaf.column, n=int(counts[cells].sum()), cell=cells[0])  # fmt: skip


def _compared(condition: Condition) -> dict[str, bool]:
    """Return the columns that are compared with numbers, each with whether in a unit."""
    columns: dict[str, bool] = {}
    for leaf in leaves(condition):
        match leaf:
            case Amount():
                columns[leaf.column] = columns.get(leaf.column, False) or leaf.unit is not None
            case Compare(value=Fraction()):
                columns.setdefault(leaf.column, False)
            case In() if leaf.values:
                columns.setdefault(leaf.column, False)
            case CompareResults():
                columns = {**dict.fromkeys(leaf.columns, False), **columns}
    return columns
