"""A summary of a table: its columns, its indicators, and what each province is silent on."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial

from transfer_cli import oldquery as query
from transfer_cli.frames import pd
from transfer_cli.model import figures, regions, units
from transfer_cli.model.codelists import CATEGORIES
from transfer_cli.model.figures import Figure
from transfer_cli.model.intervals import Interval
from transfer_cli.model.ordering import position
from transfer_cli.model.schema import Field, Schema
from transfer_cli.table import Table

Group = tuple[str, units.Dimension]
"""An indicator and a dimension: what figures must share to have a least and a greatest."""

_INDICATOR_COLUMNS = (
    "indicator", "n", "unit", "least", "least_bound", "greatest", "greatest_bound",
)  # fmt: skip

_TITLES = (
    ("Indicator", "指标"), ("n", "数目"), ("Unit", "单位"), ("Least", "最小"), ("Bound", "界"),
    ("Greatest", "最大"), ("Bound", "界"),
)  # fmt: skip


PARTS = ("columns", "indicators", "coverage")
NOWHERE = "no_province"
"""The column that counts the figures of no province."""

Parts = dict[str, Callable[[], Table]]
"""Each part of a description, made when it is called for."""


def parts(table: Table) -> Parts:
    """Return the parts of the description of a table."""
    return dict(
        zip(PARTS, (partial(part, table) for part in (columns, numeric, coverage)), strict=True)
    )


def columns(table: Table) -> Table:
    """Return one row per column: its type, how many cells are filled and distinct, its range."""
    return of_columns([_column(table, name) for name in table.columns], table)


def of_columns(rows: Sequence[Sequence[object]], table: Table) -> Table:
    """Return what is known of each column of a table as a table."""
    fields = (
        Field("column", "string", "Column", "列"),
        Field("type", "string", "Type", "类型"),
        Field("filled", "integer", "Filled", "有值"),
        Field("empty", "integer", "Empty", "空"),
        Field("distinct", "integer", "Distinct", "不同值"),
        Field("least", "string", "Least", "最小"),
        Field("greatest", "string", "Greatest", "最大"),
    )
    frame = pd.DataFrame(rows, columns=[field.name for field in fields])
    return Table(frame, Schema("columns", fields), table.name, table.notes)


def _column(table: Table, name: str) -> list[object]:
    cells = table.frame[name].astype(str)
    filled = cells[cells != ""]
    kind = "number" if table.is_numeric(name) else "text"
    ends: list[object] = ["", ""]
    if kind == "number" and len(filled):
        numbers = table.numbers(name)
        ends = [cells[numbers == numbers.min()].iloc[0], cells[numbers == numbers.max()].iloc[0]]
    return [name, kind, len(filled), len(cells) - len(filled), filled.nunique(), *ends]


def numeric(table: Table) -> Table:
    """Return one row per indicator and dimension: how many figures, the least and the greatest."""
    groups = grouped(table)
    return of_figures(groups, {key: len(found) for key, found in groups.items()}, table)


def grouped(table: Table) -> dict[Group, list[Figure]]:
    """Return the figures of a table by what they measure, in their order."""
    groups: dict[Group, list[Figure]] = {}
    for figure in figures.read(table.sheet()):
        key = figure.get("indicator"), figure.quantity.unit.dimension
        groups.setdefault(key, []).append(figure)
    return groups


def of_figures(
    groups: Mapping[Group, list[Figure]], counts: Mapping[Group, int], table: Table
) -> Table:
    """Return how many figures each indicator has, and the ends of those that are given."""
    ordered = sorted(groups, key=lambda key: (position("indicator", key[0]), key[1]))
    rows = [_indicator(key[0], counts[key], groups[key]) for key in ordered]
    frame = pd.DataFrame(rows, columns=_INDICATOR_COLUMNS)
    numbers = ("n", "least", "greatest")
    kinds = (("number" if name in numbers else "string") for name in _INDICATOR_COLUMNS)
    fields = tuple(map(Field, _INDICATOR_COLUMNS, kinds, *zip(*_TITLES, strict=True)))
    return Table(frame, Schema("indicators", fields), table.name, table.notes)


def _indicator(code: str, count: int, found: list[Figure]) -> list[object]:
    unit = figures.default_unit(found[0])
    ordered = sorted((figure.quantity.to(unit).interval for figure in found), key=_value)
    least, greatest = ordered[0], ordered[-1]
    ends = [least.value, least.bound, greatest.value, greatest.bound]
    return [code, count, unit.name, *ends]


def _value(interval: Interval) -> Fraction:
    return interval.value


def coverage(table: Table) -> Table:
    """Return how many figures each province prints of each category; a silence is empty."""
    return of_categories(printed(table), table)


def printed(table: Table) -> "pd.Series[int]":
    """Return how many rows there are of each category and province that has any."""
    rows = query.derive(table, ["category"]).frame[["category", "province"]].astype(object)
    return rows.value_counts(sort=False)


def of_categories(counts: "pd.Series[int]", table: Table) -> Table:
    """Return counts of categories and provinces with a row for each category."""
    counted = counts.unstack()
    rows = [name for name in CATEGORIES if name in counted.index]
    names = sorted(counted.columns, key=lambda name: position("province", name))
    frame = counted.loc[rows, names].astype(float).reset_index()
    frame.columns = pd.Index([str(name) or NOWHERE for name in frame.columns])
    titles = {name: (name, regions.label(name, "zh")) for name in map(str, names)}
    titles[""] = ("No province", "未载省份")
    fields = tuple(Field(name or NOWHERE, "number", *titles[name]) for name in map(str, names))
    category = query.derive(table, ["category"]).field("category")
    return Table(frame, Schema("coverage", (category, *fields)), table.name, table.notes)
