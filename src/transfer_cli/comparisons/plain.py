"""Compares a table that has no figures of ours: the sums of its number columns, unguarded."""

from collections.abc import Callable, Mapping, Sequence

from transfer_cli import aggregate
from transfer_cli.aggregate import Request
from transfer_cli.aggregation import stats
from transfer_cli.comparisons.comparison import Comparison, Row
from transfer_cli.errors import UsageError
from transfer_cli.model import lookups, numbers, units
from transfer_cli.model.figures import Figure, Quantity
from transfer_cli.model.intervals import reported
from transfer_cli.model.ordering import position
from transfer_cli.table import Table

KEY = "indicator"
NOTE = "plain arithmetic: the table has no indicator and value, so nothing guards these sums"


def compare(table: Table, by: str) -> Comparison:
    """Return a row for each number column with its sum for each value of ``by``.

    Raises UsageError for an unknown column, or where the table has no numbers.
    """
    table.require([by])
    names = [name for name in table.columns if name != by and _amounts(table, name)]
    return summed(
        table, by, names, len(table.frame), lambda request: aggregate.aggregate(table, request)
    )


def summed(
    table: Table, by: str, names: Sequence[str], total: int, answer: Callable[[Request], Table]
) -> Comparison:
    """Return the comparison of the columns ``names``; ``answer`` is what aggregates them.

    Of ``table`` the name and the notes are used; it has ``total`` rows.
    """
    if not names:
        raise UsageError("the table has no column of numbers", "transfer-cli describe TABLE")
    rows = tuple(row for name in names for row in _rows(answer, by, name))
    present = {column for row in rows for column in row.cells}
    columns = tuple(sorted(present, key=lambda value: position(by, value)))
    return Comparison(by, columns, rows, table.name, total, False, (*table.notes, NOTE))


def _amounts(table: Table, name: str) -> bool:
    """Tell whether a column holds numbers to add up: years and long codes only look like it."""
    return table.is_numeric(name) and not numbers.are_codes(map(str, table.frame[name]))


def _rows(answer: Callable[[Request], Table], by: str, name: str) -> list[Row]:
    """Return the sums of a column, a row for each unit that it has."""
    found = answer(Request((by,), tuple(stats.parse(["sum"])), name)).frame
    blank = [""] * len(found)
    units_of, bounds = (found.get(column, blank) for column in ("unit", "sum_bound"))
    rows: dict[str, Row] = {}
    for column, total, unit, bound in zip(found[by], found["sum"], units_of, bounds, strict=True):
        if total == total:
            row = rows.setdefault(unit, Row({KEY: name}, lookups.current().unit(unit, None), {}))
            row.cells[str(column)] = [_figure({by: str(column), KEY: name}, total, bound, row.unit)]
    return list(rows.values()) or [Row({KEY: name}, units.ONE, {})]


def _figure(keys: Mapping[str, str], total: float, bound: str, unit: units.Unit) -> Figure:
    row = {**keys, "value": f"{total:.12g}"}
    if unit.name:
        row |= {"unit": unit.name, "bound": bound}
    return Figure(row, Quantity(reported(row["value"], bound), unit), None)
