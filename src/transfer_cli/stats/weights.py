"""The weights of a mean: a column of numbers that are not below zero."""

from transfer_cli.errors import Instead, RefusedError
from transfer_cli.messages import _
from transfer_cli.query.comparisons import IsMissing
from transfer_cli.query.condition import Condition, Not, both
from transfer_cli.stats import validate
from transfer_cli.tables.source import Measure, Source

MOST = 200_000
"""Different weights up to which a mean is computed: figures are grouped by them."""


def checked(source: Source, where: Condition, column: str) -> tuple[Condition, list[str]]:
    """Return a condition on the rows that have a weight, and notes on the weights.

    Raises DataError for a weight that is not a number, RefusedError for one below zero and for more
    different ones than can be computed with.
    """
    if not column:
        return where, []
    found = source.groups(where, (), Measure(column))
    if found["unreadable"].sum():
        raise validate.no_number(source, where, column)
    if any(end < 0 for end in found["min"] if end is not None):
        message = _("column {column!r}: a weight is below zero", column=column)
        raise RefusedError(message, Instead("--where", f"`{column}` >= 0"))
    if found["n"].sum() > MOST and source.distinct(where, (), column)["distinct"].sum() > MOST:
        message = _("column {column!r} has more than {most:,} different weights",
                    column=column, most=MOST)  # fmt: skip
        raise RefusedError(message, Instead("--weight"))
    notices = [_("mean: weighted by {column}", column=column)]
    empty = int(found["empty"].sum())
    if empty:
        notices.append(without_cell(column, empty))
    return both(where, Not(IsMissing(column))), notices


def without_cell(column: str, rows: int) -> str:
    """Return the note on rows that are left out, as they have nothing in a column."""
    if rows == 1:
        return _("1 row has no {column} and is left out", column=column)
    return _("{n} rows have no {column} and are left out", n=rows, column=column)
