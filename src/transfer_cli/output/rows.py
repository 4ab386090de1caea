"""Rows of a source for an output: with the bounds of numbers, and which columns are numeric."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from transfer_cli.output.formats.interface import NumericColumns
from transfer_cli.query.condition import Condition
from transfer_cli.tables.source import Source
from transfer_cli.tables.table import Table


def select(
    source: Source,
    where: Condition,
    columns: Sequence[str] = (),
    *,
    sort: Sequence[str] = (),
    limit: int | None = None,
) -> Iterator[Table]:
    """Yield rows of a source as ``Source.rows`` does.

    The bound of a number whose column of bounds is not among ``columns`` comes as a hidden column.
    """
    columns = list(dict.fromkeys(columns))
    bounds = dict.fromkeys(source.schema.field(name).bound for name in columns)
    hidden = tuple(name for name in bounds if name in source.columns and name not in columns)
    for table in source.rows(where, [*columns, *hidden], sort=sort, limit=limit):
        yield replace(table, hidden=hidden)


def numeric_columns(source: Source, where: Condition) -> NumericColumns:
    """Return a function that asks a source which columns hold numbers in the rows of ``where``."""

    def numeric(names: Sequence[str]) -> dict[str, bool]:
        summary = source.summary(where, names)
        return dict(zip(summary["column"], map(bool, summary["numeric"]), strict=True))

    return numeric
