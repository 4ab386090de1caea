"""A summary of a table: its columns, its indicators, and what each province is silent on."""

from fractions import Fraction

from transfer_cli import figures, query, units
from transfer_cli.figures import Figure
from transfer_cli.frames import pd
from transfer_cli.ordering import position
from transfer_cli.quantities import Interval
from transfer_cli.schema import Field, Schema
from transfer_cli.table import Table
from transfer_cli.vocab import CATEGORIES

_INDICATOR_COLUMNS = (
    "indicator", "n", "unit", "least", "least_bound", "greatest", "greatest_bound",
)  # fmt: skip


def columns(table: Table) -> Table:
    """Return one row per column: its type, how many cells are filled and distinct, its range."""
    rows = [_column(table, name) for name in table.columns]
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
    groups: dict[tuple[str, units.Dimension], list[Figure]] = {}
    for figure in figures.read(table):
        key = (figure.get("indicator"), figure.quantity.unit.dimension)
        groups.setdefault(key, []).append(figure)
    ordered = sorted(groups.items(), key=lambda item: position("indicator", item[0][0]))
    rows = [_indicator(code, found) for (code, _), found in ordered]
    frame = pd.DataFrame(rows, columns=_INDICATOR_COLUMNS)
    numbers = ("n", "least", "greatest")
    kinds = (("number" if name in numbers else "string") for name in _INDICATOR_COLUMNS)
    fields = tuple(map(Field, _INDICATOR_COLUMNS, kinds))
    return Table(frame, Schema("indicators", fields), table.name, table.notes)


def _indicator(code: str, found: list[Figure]) -> list[object]:
    unit = figures.default_unit(found[0])
    ordered = sorted((figure.quantity.to(unit).interval for figure in found), key=_value)
    least, greatest = ordered[0], ordered[-1]
    ends = [least.value, least.bound, greatest.value, greatest.bound]
    return [code, len(found), unit.name, *ends]


def _value(interval: Interval) -> Fraction:
    return interval.value


def coverage(table: Table) -> Table:
    """Return how many figures each province prints of each category; a silence is empty."""
    table = query.derive(table, ["category"])
    counted = pd.crosstab(table.frame["category"], table.frame["province"])
    rows = [name for name in CATEGORIES if name in counted.index]
    names = sorted(counted.columns, key=lambda name: position("province", name))
    spoken = counted.loc[rows, names].astype(float)
    frame = spoken.where(spoken > 0).reset_index()
    frame.columns = pd.Index([str(name) for name in frame.columns])
    fields = tuple(Field(str(name), "number") for name in names)
    known = Schema("coverage", (table.field("category"), *fields))
    return Table(frame, known, table.name, table.notes)
