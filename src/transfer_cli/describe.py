"""A summary of a table: its columns, its indicators, and what each province prints."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from transfer_cli.errors import Instead, UsageError, few
from transfer_cli.frames import pd
from transfer_cli.messages import _, join, speaking
from transfer_cli.model import numbers, ordering, regions
from transfer_cli.model.codelists import BOUNDS, CATEGORIES
from transfer_cli.model.headings import ROW
from transfer_cli.model.schema import PERIODS, Field, Schema, has_figures
from transfer_cli.model.units import Dimension, Unit
from transfer_cli.query.condition import Condition
from transfer_cli.query.options import unit_column
from transfer_cli.stats.correlation import correlations
from transfer_cli.stats.evaluate import rounded
from transfer_cli.tables.source import Measure, Source
from transfer_cli.tables.table import Table

NO_PROVINCE, NO_CATEGORY = "no_province", "no_category"
"""The column of figures without a province, and the row of indicators without a category."""
_COLUMNS = (
    Field("column", "string", "Column", "列"),
    Field("type", "string", "Type", "类型"),
    Field("filled", "integer", "Filled", "有值"),
    Field("empty", "integer", "Empty", "空"),
    Field("distinct", "integer", "Distinct", "不同值"),
    Field("min", "string", "Min", "最小"),
    Field("q25", "number", "q25", "下四分位"),
    Field("median", "number", "Median", "中位数"),
    Field("q75", "number", "q75", "上四分位"),
    Field("max", "string", "Max", "最大"),
    Field("most_frequent", "string", "Most frequent", "最常见值"),
    Field("times", "integer", "Times", "次数"),
)
_INDICATORS = (
    Field("indicator", "string", "Indicator", "指标"),
    Field("n", "number", "n", "数目"),
    Field("unit", "string", "Unit", "单位"),
    Field("min", "number", "Min", "最小", bound="min_bound"),
    Field("min_bound", "string", "Bound", "界"),
    Field("max", "number", "Max", "最大", bound="max_bound"),
    Field("max_bound", "string", "Bound", "界"),
)
SHARES = {"columns": ("filled", "empty"), "indicators": ("n",)}
"""Columns of counts of which a screen shows the shares; see ``output.formats.Settings``."""
_CORRELATION = (
    Field("column", "string", "Column", "列"),
    Field("other", "string", "Other", "另一列"),
    Field("n", "integer", "n", "数目"),
    Field("pearson", "number", "Pearson", "皮尔逊"),
    Field("spearman", "number", "Spearman", "斯皮尔曼"),
)
PARTS = ("columns", "indicators", "coverage", "correlation")
_FIGURE_COLUMNS = {"indicator", "value", "province"}


def parts(source: Source) -> dict[str, Callable[[Source, Condition], Table]]:
    """Return the parts of the description that a table with these columns has, by name."""
    if {*source.columns} >= _FIGURE_COLUMNS:
        return {"columns": columns, "indicators": indicators, "coverage": coverage}
    return {"columns": columns, "correlation": correlation}


def columns(source: Source, where: Condition) -> Table:
    """Return one row per column: its type, how many cells are filled and distinct, its range.

    Quartiles are of type 7. The most frequent cell is that which occurs more than once most often.
    """
    constants = source.schema.constants
    summary = source.summary(where, [name for name in source.columns if name not in constants])
    kind = ["number" if _is_number(source, row) else "text" for row in summary.itertuples()]
    frame = summary.drop(columns="numeric").assign(type=kind)
    for name in ("min", "max"):
        frame[name] = frame[name].where(frame["type"] == "number", "")
    notices = _add_quartiles(frame, source, where) + _add_most_frequent(frame, source, where)
    frame["column"] = [_written(source, name) for name in frame["column"]]
    return _table(frame, _COLUMNS, source, "columns", notices)


def _add_quartiles(frame: pd.DataFrame, source: Source, where: Condition) -> list[str]:
    """Add the quartiles of the columns of amounts; return the note on those that have none."""
    numeric = _amounts(source, frame["column"][frame["min"] != ""].tolist())
    own = frozenset(source.columns)  # Looking through 10,000 columns for each takes long.
    mixed = [name for name in numeric if _mixed(source, where, name, own)]
    ordered = [name for name in numeric if name not in mixed]
    quartiles = source.quantiles(where, ordered) if ordered else {}
    for place, name in enumerate(("q25", "median", "q75")):
        cells = {
            column: numbers.machine(rounded(found[place])) for column, found in quartiles.items()
        }
        frame[name] = frame["column"].map(cells)
    if not mixed:
        return []
    names = join(_written(source, name) for name in mixed)
    return [
        _("no quantiles of {columns}: the figures are of different things, or have bounds; see"
          " aggregate --stat median", columns=names)
    ]  # fmt: skip


def _add_most_frequent(frame: pd.DataFrame, source: Source, where: Condition) -> list[str]:
    """Add the most frequent cell of each column; return the note on columns with several such."""
    repeated = frame["column"][frame["distinct"] < frame["filled"]].tolist()
    frequent = source.frequent(where, repeated).set_index("column")
    frame["most_frequent"] = frame["column"].map(frequent["cell"])
    frame["times"] = frame["column"].map(frequent["times"].astype(object))
    tied = [_written(source, name) for name in frequent.index[frequent["tied"] > 1]]
    if not tied:
        return []
    return [
        _("most frequent: other cells are as frequent as the one shown in {columns}",
          columns=few(tied))
    ]  # fmt: skip


def _written(source: Source, name: str) -> str:
    """Return the heading of a column in the user's table."""
    return source.schema.field(name).written


def _amounts(source: Source, names: Sequence[str]) -> list[str]:
    """Return the columns of amounts among columns of numbers: not those of periods or lines."""
    others = (*PERIODS, ROW)
    return [name for name in names if name not in others and source.schema.field(name).adds]


def _mixed(source: Source, where: Condition, column: str, own: Container[str]) -> bool:
    """Return whether the numbers of a column are of different things or units, or have bounds.

    ``own`` are the columns of the source.
    """
    if column == "value" and has_figures(source.columns):
        return True
    units = unit_column(source.schema, own, column)
    bounds = source.schema.field(column).bound_column
    if units and len({*source.counts(where, units).index} - {""}) > 1:
        return True
    return bounds in own and not {*source.counts(where, bounds).index} <= {"", "exact"}


def correlation(source: Source, where: Condition) -> Table:
    """Return the correlation of each pair of columns of numbers; see ``stats.correlation``.

    Raises UsageError for a table with fewer than two.
    """
    summary = source.summary(where, list(source.columns))
    numeric = [str(row.column) for row in summary.itertuples() if _is_number(source, row)]
    own = frozenset(source.columns)
    names = [name for name in _amounts(source, numeric) if not _mixed(source, where, name, own)]
    if len(names) < 2:
        message = _("{table} has no two columns of numbers to correlate", table=source.name)
        raise UsageError(message, Instead("--what", "columns"))
    frame, notices = correlations(source, where, names)
    return _table(frame, _CORRELATION, source, "correlation", notices)


def _is_number(source: Source, row: Any) -> bool:
    return source.schema.field(row.column).is_numeric(bool(row.numeric))


def indicators(source: Source, where: Condition) -> Table:
    """Return one row per indicator and dimension: how many figures, the minimum and maximum."""
    by = [name for name in ("indicator", "unit", "bound") if name in source.columns]
    groups = source.groups(where, by, Measure("value"))
    found: dict[tuple[str, Dimension], list[_Extremes]] = {}
    for row in groups[groups["n"] > 0].to_dict("records"):
        known = source.vocabulary.indicators.get(row["indicator"])
        unit = source.vocabulary.unit(row.get("unit", ""), known)
        extremes = _Extremes(row["n"], unit, row["min"], row["max"], row.get("bound") or "exact")
        found.setdefault((row["indicator"], unit.dimension), []).append(extremes)
    position = ordering.sort_key(source.vocabulary, "indicator")
    ordered = sorted(found, key=lambda key: (position(key[0]), key[1]))
    rows = [_indicator(source, code, found[code, dimension]) for code, dimension in ordered]
    frame = pd.DataFrame(rows, columns=[field.name for field in _INDICATORS])
    return _table(frame, _INDICATORS, source, "indicators")


class _Extremes:
    """The figures of an indicator that are printed in one unit with one bound."""

    def __init__(self, n: int, unit: Unit, low: Decimal, high: Decimal, bound: str) -> None:
        self.n, self.unit, self.bound = n, unit, bound
        self.min, self.max = Fraction(low) * unit.factor, Fraction(high) * unit.factor


def _indicator(source: Source, code: str, groups: Sequence[_Extremes]) -> list[str]:
    known = source.vocabulary.indicators.get(code)
    unit = source.vocabulary.default_unit(groups[0].unit, known)
    order = list(BOUNDS).index
    low = min(groups, key=lambda group: (group.min, order(group.bound)))
    high = max(groups, key=lambda group: (group.max, -order(group.bound)))
    cells = [
        numbers.machine(low.min / unit.factor), low.bound,
        numbers.machine(high.max / unit.factor), high.bound,
    ]  # fmt: skip
    return [code, str(sum(group.n for group in groups)), unit.name, *cells]


def coverage(source: Source, where: Condition) -> Table:
    """Return how many figures each province prints of each category; empty for none."""
    groups = source.groups(where, ["category", "province"], None)
    counts = groups.pivot_table(index="category", columns="province", values="rows", aggfunc="sum")
    position = ordering.sort_key(source.vocabulary, "province")
    provinces = sorted(map(str, counts.columns), key=position)
    order = [name for name in (*CATEGORIES, "") if name in counts.index]
    frame = counts.reindex(index=order)[provinces].reset_index()
    frame["category"] = frame["category"].replace("", NO_CATEGORY)
    frame.columns = pd.Index(["category", *(name or NO_PROVINCE for name in provinces)])
    with speaking("zh"):
        titles = {name: (name, regions.label(name)) for name in provinces}
    titles[""] = ("No province", "未载省份")
    fields = [Field(name or NO_PROVINCE, "number", *titles[name]) for name in provinces]
    category = Field("category", "string", "Category", "类别")
    return _table(frame, (category, *fields), source, "coverage")


def _table(
    frame: pd.DataFrame,
    fields: Sequence[Field],
    source: Source,
    name: str,
    notes: Sequence[str] = (),
) -> Table:
    """Return computed rows as a table of text cells, in the order of ``fields``."""
    ordered = frame[[field.name for field in fields]]
    text = ordered.map(lambda cell: "" if pd.isna(cell) else _text(cell)).astype(object)
    return Table(text, Schema(name, tuple(fields)), source.name, (*source.notes, *notes),
                 vocabulary=source.vocabulary)  # fmt: skip


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else numbers.machine(int(cell))  # type: ignore[call-overload]
