"""Contributions to growth: how much each column adds to the growth of the total of its row."""

from collections.abc import Sequence

from transfer_cli.calc import arithmetic, growth_rates
from transfer_cli.calc.rates import HUNDRED, PERCENT_UNIT
from transfer_cli.compare.comparison import Comparison, Row, about, is_period
from transfer_cli.compare.measures import (
    Cells,
    Context,
    Derivation,
    comparable_columns,
    sum_of,
    term,
    without_number,
)
from transfer_cli.errors import RefusedError
from transfer_cli.messages import _, join
from transfer_cli.model import intervals
from transfer_cli.model.figure import Quantity
from transfer_cli.model.labels import TOTAL


def contributions(comparison: Comparison) -> Derivation:
    """Return the function that makes the contributions of a row to the growth of its total.

    The contribution of a part, in percentage points, is its change divided by the total before;
    contributions add up to the growth of the total (Eurostat, Glossary: Contribution to growth).
    They hold for amounts that add: of current prices or of one base year, not for chained volumes.
    Each column must be printed in both periods, or what it adds is not known.
    """
    series: dict[tuple[object, ...], list[Row]] = {}
    for row in comparison.rows:
        if not row.is_total:
            series.setdefault(_series(row), []).append(row)

    def of_row(row: Row, context: Context) -> Cells:
        rows = series.get(_series(row), [])
        place = next((n for n, one in enumerate(rows) if one is row), 0)
        if len(rows) == 1:
            raise RefusedError(_("{row}: no other period is printed", row=about(row)))
        return _contributions(row, rows[:place], context) if place else {}

    return of_row


def _series(row: Row) -> tuple[object, ...]:
    """Return what a row has in common with the same row of another period."""
    return (*(cell for key, cell in row.keys.items() if not is_period(key)), row.unit)


def _contributions(row: Row, earlier: Sequence[Row], context: Context) -> Cells:
    """Return the contributions since the last earlier row that every column can grow from."""
    columns = [column for column in context.comparison.own_columns if row.single(column)]
    before = _grows_from(row, earlier, columns, context.comparison)
    was, now = (
        sum_of(one, columns, context).quantity.to(row.unit).interval for one in (before, row)
    )
    cells: Cells = {}
    for column in columns:
        change = arithmetic.minus(term(row, column), term(before, column)).quantity.to(row.unit)
        added = (change.interval / was).scaled(HUNDRED)
        cells[column] = {"contribution": Quantity(added, arithmetic.POINTS_UNIT)}
    since = next(cell for key, cell in before.keys.items() if is_period(key))
    grown = (now / was - intervals.exact(1)).scaled(HUNDRED)
    cells[TOTAL] = {"since": since, "change": Quantity(grown, PERCENT_UNIT)}
    return cells


def _grows_from(
    row: Row, earlier: Sequence[Row], columns: Sequence[str], comparison: Comparison
) -> Row:
    """Return the last earlier row that every column can grow from.

    Raises RefusedError if a column has a figure in only one of two periods, or if the rules allow
    no growth between them.
    """
    comparable_columns(row, comparison, adding=True)
    refused: list[RefusedError] = []
    for before in reversed(earlier):
        try:
            printed = [name for name in comparison.own_columns if before.single(name)]
            if printed != list(columns):
                names = join(map(comparison.named, sorted({*printed} ^ {*columns})))
                message = _(
                    "{row}: {columns} prints it in one of two periods only, and silence is not"
                    " zero",
                    row=about(row), columns=names,
                )  # fmt: skip
                raise RefusedError(message)
            for column in columns:
                for one in (before, row):
                    if message := without_number(one, column, comparison):
                        raise RefusedError(message)
                growth_rates.growth(term(before, column), term(row, column))
        except RefusedError as error:
            refused.append(error)
            continue
        return before
    raise refused[0]
