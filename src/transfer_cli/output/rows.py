"""Rows of a source for an output: with the bounds of numbers, and which columns are numeric."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from transfer_cli.messages import _
from transfer_cli.output.formats.interface import NumericColumns
from transfer_cli.query.condition import Condition
from transfer_cli.tables.memory import MemorySource
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
    A note says how many rows ``limit`` leaves out.
    """
    columns = list(dict.fromkeys(columns))
    bounds = dict.fromkeys(source.schema.field(name).bound for name in columns)
    hidden = tuple(name for name in bounds if name in source.columns and name not in columns)
    # One row more than the limit shows whether rows are left out.
    limited = None if limit is None else limit + 1
    rows = 0
    for chunk in source.rows(where, [*columns, *hidden], sort=sort, limit=limited):
        table = replace(chunk, hidden=hidden)
        if limit is not None and rows + len(table) > limit:
            note = _limit_note(source, where, limit, ordered=bool(sort))
            table = table.with_frame(table.frame.head(limit - rows), note)
        rows += len(table)
        yield table


def _limit_note(source: Source, where: Condition, limit: int, *, ordered: bool) -> str:
    """Return the note on rows left out; a large file is not read to its end to count them."""
    if ordered or isinstance(source, MemorySource):
        total = source.count(where)
        return _("{limit:,} of {total:,} rows shown (--limit {limit})", limit=limit, total=total)
    return _("the first {limit:,} rows shown (--limit); what follows was not read", limit=limit)


def numeric_columns(source: Source, where: Condition) -> NumericColumns:
    """Return a function that asks a source which columns hold numbers in the rows of ``where``."""

    def numeric(names: Sequence[str]) -> dict[str, bool]:
        summary = source.summary(where, names)
        return dict(zip(summary["column"], map(bool, summary["numeric"]), strict=True))

    return numeric
