"""Compares a table that has no figures of ours: the sums of its number columns, unguarded."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from transfer_cli import aggregate, digits, units
from transfer_cli.aggregate import Request
from transfer_cli.aggregation import stats
from transfer_cli.comparisons.comparison import Comparison, Row
from transfer_cli.errors import UsageError
from transfer_cli.figures import Figure, Quantity
from transfer_cli.ordering import position
from transfer_cli.quantities import exact
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
    rows = tuple(Row({KEY: name}, units.ONE, _cells(answer, by, name)) for name in names)
    present = {column for row in rows for column in row.cells}
    columns = tuple(sorted(present, key=lambda value: position(by, value)))
    return Comparison(by, columns, rows, table.name, total, False, (*table.notes, NOTE))


def _amounts(table: Table, name: str) -> bool:
    """Tell whether a column holds numbers to add up: years and long codes only look like it."""
    return table.is_numeric(name) and not digits.are_codes(map(str, table.frame[name]))


def _cells(answer: Callable[[Request], Table], by: str, name: str) -> dict[str, list[Figure]]:
    found = answer(Request((by,), tuple(stats.parse(["sum"])), name)).frame
    sums = zip(map(str, found[by]), found["sum"], strict=True)
    return {column: [_figure(by, column, name, total)] for column, total in sums if total == total}


def _figure(by: str, column: str, name: str, total: float) -> Figure:
    row = {by: column, KEY: name, "value": f"{total:.12g}"}
    return Figure(row, Quantity(exact(Fraction(row["value"])), units.ONE), None)
