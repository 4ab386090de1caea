"""Errors for cells that cannot be added up, with the line on which the first of them is."""

from __future__ import annotations

from transfer_cli.errors import DataError
from transfer_cli.frames import pd
from transfer_cli.messages import _
from transfer_cli.model import figure
from transfer_cli.model.codelists import BOUNDS
from transfer_cli.query.comparisons import In
from transfer_cli.query.condition import Condition, both
from transfer_cli.stats.plan import GroupPlan
from transfer_cli.tables import lines
from transfer_cli.tables.source import Source, Unreadable


def check_cells(source: Source, where: Condition, plan: GroupPlan, groups: pd.DataFrame) -> None:
    """Raise DataError if ``groups`` have a wrong number or bound, or mix percentages with others.

    The rule is the same at any size: a sum never passes over a cell. The error names file, line
    and column; of Parquet the number of the row.
    """
    if groups["unreadable"].any():
        raise no_number(source, where, plan.value)
    mixed = groups[(groups["percent"] > 0) & (groups["percent"] < groups["n"])]
    if len(mixed):
        message = _(
            "{name}: column {column!r}: {n} of {total} numbers are percentages, the others are not",
            name=source.name,
            column=source.schema.field(plan.value).written,
            n=int(mixed["percent"].iloc[0]),
            total=int(mixed["n"].iloc[0]),
        )
        raise DataError(message, _("write the unit of each number in a column 'unit'"))
    words = pd.unique(groups[plan.bound]) if plan.bound else ()
    for word in (word for word in words if word and word not in BOUNDS):
        place = _first_place(source, where, plan.bound, word)
        raise figure.no_bound(place, source.schema.field(plan.bound).written, word)


def no_number(source: Source, where: Condition, column: str) -> DataError:
    """Return the error that names the first cell of a column that is not a number."""
    name, bad = _first_unreadable(source, where, column)
    written = source.schema.field(column).written
    return figure.no_number(_place(name, bad.line), written, bad.cell)


def _place(name: str, line: int) -> str:
    return f"{name}:{line}" if line else name


def _first_unreadable(source: Source, where: Condition, column: str) -> tuple[str, Unreadable]:
    """Return the first cell that is not a number, and the name of its file."""
    for part in lines.parts(source):
        bad = part.unreadable(where, column)
        if bad.cells:
            return part.name, bad
    return source.name, source.unreadable(where, column)


def _first_place(source: Source, where: Condition, column: str, cell: str) -> str:
    """Return file and line of the first row with a cell."""
    same = both(where, In(column, frozenset({cell})))
    for part in lines.parts(source):
        rows = next(part.rows(same, (column,), limit=1)).frame
        if len(rows):
            return _place(part.name, int(rows.index[0]))
    return source.name
