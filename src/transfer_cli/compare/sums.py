"""A table without figures side by side: the sums of its columns of numbers."""

import re
from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from transfer_cli.compare.comparison import Comparison, Row
from transfer_cli.errors import UsageError
from transfer_cli.messages import _
from transfer_cli.model import numbers, ordering
from transfer_cli.model.figure import Figure, Quantity
from transfer_cli.model.intervals import reported
from transfer_cli.model.schema import require
from transfer_cli.model.units import ONE, Unit
from transfer_cli.query.condition import Condition
from transfer_cli.stats import statistic
from transfer_cli.stats.aggregate import aggregate
from transfer_cli.stats.plan import Request
from transfer_cli.tables.source import Source

FIRST_ROWS = 1_000
"""Rows looked at before columns that hold text are left out."""
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
_CODE = re.compile(r"\d{6}", re.ASCII)


def compare(source: Source, where: Condition, by: str, total: int) -> Comparison:
    """Return a row for each column of amounts with its sum for each value of the column ``by``.

    ``total`` counts the rows that satisfy ``where``. Raises UsageError for an unknown column, or
    if the table has no column of amounts.
    """
    require(source.columns, [by])
    names = _amounts(source, where, by)
    if not names:
        raise UsageError(_("the table has no column of numbers"), "transfer-cli describe TABLE")
    rows = tuple(row for name in names for row in _rows(source, where, by, name))
    present = {column for row in rows for column in row.cells}
    columns = tuple(sorted(present, key=ordering.sort_key(source.vocabulary, by)))
    note = _("plain arithmetic: the table has no indicator and value, so no rule checks these sums")
    return Comparison(by, columns, rows, source.name, total, notes=(note,), summed=True, used=total)


def _amounts(source: Source, where: Condition, by: str) -> list[str]:
    """Return the columns of numbers to add up: years and codes of six digits are none."""
    others = [name for name in source.columns if name != by]
    first = next(source.rows(where, others, limit=FIRST_ROWS))
    # A text among the first cells settles that a column holds no numbers, without a summary.
    others = [name for name in others if first.is_numeric(name) or not any(first.frame[name])]
    summary = source.summary(where, others).to_dict("records")
    return [
        row["column"]
        for row in summary
        if row["filled"] and _is_number(source, row) and not _are_codes(row["min"], row["max"])
    ]


def _is_number(source: Source, row: dict[Hashable, Any]) -> bool:
    kind = source.schema.field(row["column"]).type
    return bool(row["numeric"]) if kind == "any" else kind in ("number", "integer", "year")


def _are_codes(low: str, high: str) -> bool:
    """Return whether the minimum and maximum of a column are years or codes of six digits."""
    return any(form.fullmatch(low) and form.fullmatch(high) for form in (_YEAR, _CODE))


def _rows(source: Source, where: Condition, by: str, name: str) -> Sequence[Row]:
    """Return the sums of a column: a row for each unit, and for each period that the table has."""
    request = Request((by,), tuple(statistic.parse(["sum"])), name)
    table = aggregate(source, where, request)
    apart = [key for key in table.columns if key in source.columns and key not in (by, "unit")]
    rows: dict[tuple[str, ...], Row] = {}
    for cells in table.frame.to_dict("records"):
        if cells["sum"]:
            unit = source.vocabulary.unit(cells.get("unit", ""))
            keys = {"indicator": name, **{key: cells[key] for key in apart}}
            row = rows.setdefault((*keys.values(), unit.name), Row(keys, unit, {}))
            row.cells[cells[by]] = [_figure(by, cells, keys, unit)]
    return list(rows.values()) or [Row({"indicator": name}, ONE, {})]


def _figure(by: str, cells: Mapping[Hashable, str], keys: Mapping[str, str], unit: Unit) -> Figure:
    bound = cells.get("sum_bound", "")
    row = {by: cells[by], **keys, "value": cells["sum"]}
    if unit.name:
        row |= {"unit": unit.name, "bound": bound}
    amount = numbers.machine(Fraction(cells["sum"]))
    return Figure(row, Quantity(reported(amount, bound), unit), None)
