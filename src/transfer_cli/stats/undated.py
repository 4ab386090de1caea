"""Rows that a condition on periods passes over because their period cannot be read."""

from collections.abc import Sequence
from typing import NamedTuple

from transfer_cli.errors import few
from transfer_cli.messages import _
from transfer_cli.model import periods
from transfer_cli.query.comparisons import In, Within
from transfer_cli.query.condition import EVERY_ROW, Condition, both, conjuncts
from transfer_cli.stats.plan import GroupPlan
from transfer_cli.tables.source import Source


class Undated(NamedTuple):
    """How many such rows each group has, by the cells of its key columns, and the note on them."""

    rows: dict[tuple[str, ...], int]
    notes: Sequence[str]


def undated(source: Source, where: Condition, plan: GroupPlan) -> Undated:
    """Return the rows that would satisfy ``where`` if their period could be read.

    Where the period is a key of the groups, they belong to no group and are only noted.
    """
    parts = conjuncts(where)
    column = next((part.column for part in parts if isinstance(part, Within)), "")
    words = source.counts(EVERY_ROW, column).index if column else ()
    bad = [cell for cell in words if cell and periods.find(cell) is None]
    if not bad:
        return Undated({}, ())
    others = (part for part in parts if not isinstance(part, Within))
    keys = () if column in plan.keys else plan.keys
    groups = source.groups(both(*others, In(column, frozenset(bad))), keys)
    count = int(groups["rows"].sum())
    if not count:
        return Undated({}, ())
    cells = few([repr(cell) for cell in bad])
    if count == 1:
        note = _("column {column!r}: 1 row is left out, as its period cannot be read: {cells}",
                 column=column, cells=cells)  # fmt: skip
    else:
        note = _(
            "column {column!r}: {n} rows are left out, as their period cannot be read: {cells}",
            column=column, n=count, cells=cells,
        )  # fmt: skip
    if column in plan.keys:
        return Undated({}, (note,))
    columns = [groups[name].tolist() for name in (*keys, "rows")]
    return Undated({tuple(key): rows for *key, rows in zip(*columns, strict=True)}, (note,))
