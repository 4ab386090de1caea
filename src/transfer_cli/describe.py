"""A summary of a table: its columns, its indicators, and what each province prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from transfer_cli.frames import pd
from transfer_cli.model import numbers, ordering, regions
from transfer_cli.model.codelists import BOUNDS, CATEGORIES
from transfer_cli.model.schema import Field, Schema
from transfer_cli.model.units import Dimension, Unit
from transfer_cli.query.condition import Condition
from transfer_cli.tables.source import Measure, Source
from transfer_cli.tables.table import Table

NO_PROVINCE, NO_CATEGORY = "no_province", "no_category"
"""The column and the row that count the figures of no province, and of indicators of one's own."""
_COLUMNS = (
    Field("column", "string", "Column", "列"),
    Field("type", "string", "Type", "类型"),
    Field("filled", "integer", "Filled", "有值"),
    Field("empty", "integer", "Empty", "空"),
    Field("distinct", "integer", "Distinct", "不同值"),
    Field("min", "string", "Min", "最小"),
    Field("max", "string", "Max", "最大"),
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
PARTS = ("columns", "indicators", "coverage")
_FIGURE_COLUMNS = {"indicator", "value", "province"}


def parts(source: Source) -> dict[str, Callable[[Source, Condition], Table]]:
    """Return the parts of the description that a table with these columns has, by name."""
    if {*source.columns} >= _FIGURE_COLUMNS:
        return {"columns": columns, "indicators": indicators, "coverage": coverage}
    return {"columns": columns}


def columns(source: Source, where: Condition) -> Table:
    """Return one row per column: its type, how many cells are filled and distinct, its range."""
    constants = source.schema.constants
    summary = source.summary(where, [name for name in source.columns if name not in constants])
    kind = ["number" if _is_number(source, row) else "text" for row in summary.itertuples()]
    written = [source.schema.field(name).written for name in summary["column"]]
    frame = summary.drop(columns="numeric").assign(type=kind, column=written)
    for name in ("min", "max"):
        frame[name] = frame[name].where(frame["type"] == "number", "")
    return _table(frame, _COLUMNS, source, "columns")


def _is_number(source: Source, row: Any) -> bool:
    kind = source.schema.field(row.column).type
    return bool(row.numeric) if kind == "any" else kind in ("number", "integer", "year")


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
    """Return how many figures each province prints of each category; silence is empty."""
    groups = source.groups(where, ["category", "province"], None)
    counts = groups.pivot_table(index="category", columns="province", values="rows", aggfunc="sum")
    position = ordering.sort_key(source.vocabulary, "province")
    provinces = sorted(map(str, counts.columns), key=position)
    order = [name for name in (*CATEGORIES, "") if name in counts.index]
    frame = counts.reindex(index=order)[provinces].reset_index()
    frame["category"] = frame["category"].replace("", NO_CATEGORY)
    frame.columns = pd.Index(["category", *(name or NO_PROVINCE for name in provinces)])
    titles = {name: (name, regions.label(name, "zh")) for name in provinces}
    titles[""] = ("No province", "未载省份")
    fields = [Field(name or NO_PROVINCE, "number", *titles[name]) for name in provinces]
    category = Field("category", "string", "Category", "类别")
    return _table(frame, (category, *fields), source, "coverage")


def _table(frame: pd.DataFrame, fields: Sequence[Field], source: Source, name: str) -> Table:
    """Return computed rows as a table of text cells, in the order of ``fields``."""
    ordered = frame[[field.name for field in fields]]
    text = ordered.map(lambda cell: "" if pd.isna(cell) else _text(cell)).astype(object)
    return Table(text, Schema(name, tuple(fields)), source.name, tuple(source.notes),
                 vocabulary=source.vocabulary)  # fmt: skip


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else numbers.machine(int(cell))  # type: ignore[call-overload]
