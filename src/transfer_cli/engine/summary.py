"""What the columns of files hold: how many cells, how many distinct ones, numbers or not."""

from collections.abc import Iterator, Sequence
from typing import Any

from transfer_cli.engine.groups import groups, odd_cells
from transfer_cli.engine.measure import Digits
from transfer_cli.engine.relation import Relation, Row, fetch_rows
from transfer_cli.frames import np, pd
from transfer_cli.model import numbers
from transfer_cli.query.condition import Condition
from transfer_cli.tables.source import QUARTILES, Measure, Unreadable

GROUPED = 50
"""Columns by each of which one query groups."""
WIDTH = 100
"""Columns that one query summarises: the time that DuckDB takes to plan it grows faster."""


def summary(relation: Relation, where: Condition, columns: Sequence[str]) -> "pd.DataFrame":
    """Return what each of ``columns`` holds; see ``Source.summary``."""
    names = list(dict.fromkeys(columns))
    rows = [row for start in range(0, len(names), WIDTH)
            for row in _summarised(relation, where, names[start : start + WIDTH])]  # fmt: skip
    return pd.DataFrame(
        rows, columns=["column", "filled", "empty", "distinct", "numeric", "min", "max"]
    )


def _summarised(relation: Relation, where: Condition, columns: Sequence[str]) -> list[list[Any]]:
    """Return the rows of ``summary`` for so few columns that one query takes them."""
    cells = {name: relation.text(name) for name in columns}
    plain = {name: Digits().number(cell) for name, cell in cells.items()}
    first = [
        aggregate
        for name, cell in cells.items()
        for aggregate in (
            f"count(*) FILTER ({cell} = '')",
            f"count(DISTINCT nullif({cell}, ''))",
            f"any_value({cell}) FILTER ({cell} <> '' AND {plain[name]} IS NULL)",
            f"bool_or(regexp_matches({cell}, '^-?0[0-9]'))",
            f"min({plain[name]})",
            f"max({plain[name]})",
        )
    ]
    total, *found = relation.query(where, ["count(*)", *first])[0]
    rows: list[list[Any]] = []
    for place, name in enumerate(cells):
        empty, distinct, odd, code, low, high = found[6 * place : 6 * place + 6]
        numeric, readable = empty < total and not code, empty < total
        if odd is not None:
            numeric, readable = _odd_kinds(relation, where, name, odd, numeric)
        ends = ["", ""]
        if readable and odd is None:
            ends = [f"min({cells[name]}) FILTER ({plain[name]} = {low})",
                    f"max({cells[name]}) FILTER ({plain[name]} = {high})"]  # fmt: skip
        elif readable:
            ends = [
                _end(relation, where, name, cells[name], descending=way) for way in (False, True)
            ]
        rows.append([name, total - empty, empty, distinct, numeric, *ends])
    # The cells of the smallest and the largest plain numbers, of equal ones by text.
    extremes = [cell for row in rows for cell in row[5:] if cell.startswith(("min(", "max("))]
    known = dict(zip(extremes, relation.query(where, extremes)[0] if extremes else (), strict=True))
    return [[*row[:5], *(known.get(cell, cell) for cell in row[5:])] for row in rows]


def frequent(relation: Relation, where: Condition, columns: Sequence[str]) -> "pd.DataFrame":
    """Return the most frequent cell of each of ``columns``; see ``Source.frequent``."""
    names = list(dict.fromkeys(columns))
    rows: list[Row] = []
    for start in range(0, len(names), GROUPED):
        rows += _most_frequent(relation, where, names[start : start + GROUPED])
    return pd.DataFrame(rows, columns=["column", "cell", "times", "tied"])


def _most_frequent(relation: Relation, where: Condition, columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of ``frequent`` for so few columns that one query groups by each of them."""
    condition, values = relation.predicate(where)
    cells = ", ".join(f"{relation.text(name)} AS k{place}" for place, name in enumerate(columns))
    keys = [f"k{place}" for place in range(len(columns))]
    number = " ".join(f"WHEN grouping({key}) = 0 THEN {place}" for place, key in enumerate(keys))
    sql = (
        f"WITH counted AS MATERIALIZED (SELECT CASE {number} END AS k, count(*) AS n,"  # noqa: S608
        f" coalesce({', '.join(keys)}, '') AS cell"
        f" FROM (SELECT {cells} FROM {{source}} WHERE {condition})"
        f" GROUP BY GROUPING SETS ({', '.join(f'({key})' for key in keys)})),"
        " most AS (SELECT k, max(n) AS n FROM counted WHERE cell <> '' GROUP BY k)"
        " SELECT k, min(cell), n, count(*) FROM counted JOIN most USING (k, n)"
        " WHERE cell <> '' GROUP BY k, n ORDER BY k"
    )
    for chunk in relation.run(sql, values, fetch_rows):
        for place, *row in chunk:
            yield (columns[place], *row)


def quantiles(
    relation: Relation, where: Condition, columns: Sequence[str]
) -> dict[str, list[float]]:
    """Return the quartiles of columns of numbers; see ``Source.quantiles``.

    A column with cells that are no plain numbers is computed in Python.
    """
    found: dict[str, list[float]] = {}
    for start in range(0, len(columns), WIDTH):
        names = columns[start : start + WIDTH]
        cells = [relation.cell(name) for name in names]
        shares = ", ".join(map(str, QUARTILES))
        selected = [
            sql
            for cell in cells
            for plain in [Digits().number(cell)]
            for sql in (f"quantile_cont({plain}::DOUBLE, [{shares}])",
                        f"bool_or({cell} <> '' AND {plain} IS NULL)")
        ]  # fmt: skip
        [row] = relation.query(where, selected)
        for place, name in enumerate(names):
            ends, odd = row[2 * place], row[2 * place + 1]
            if odd:
                measured = groups(relation, where, (), Measure(name, values=True), ())
                values = measured["values"].iloc[0]
                ends = np.quantile(values, QUARTILES).tolist() if len(values) else None
            if ends is not None:
                found[name] = list(ends)
    return found


def _odd_kinds(
    relation: Relation, where: Condition, column: str, odd: str, numeric: bool
) -> tuple[bool, bool]:
    """Return whether all odd cells are numbers and no codes, and whether all can be read.

    ``odd`` is one of them. ``numeric`` says whether all other cells are numbers.
    """
    percent = relation.percent(column)
    if not numbers.is_number(odd, percent=percent):
        return False, False
    for counter in odd_cells(relation, where, (), column, Digits()):
        numeric = numeric and all(numbers.plain_number(cell) for (cell,) in counter)
        if not all(numbers.is_number(cell, percent=percent) for (cell,) in counter):
            return False, False
    return numeric, True


def unreadable(relation: Relation, where: Condition, column: str) -> Unreadable:
    """Return how many filled cells of a column are not numbers, and the first of them."""
    first, count = "", 0
    percent = relation.percent(column)
    for counter in odd_cells(relation, where, (), column, Digits()):
        for (cell,), times in counter.items():
            if not numbers.is_number(cell, percent=percent):
                first, count = first or cell, count + times
    return Unreadable(count, first)


def _end(relation: Relation, where: Condition, name: str, cell: str, *, descending: bool) -> str:
    """Return the cell with the smallest or the largest number; of equal ones by text."""
    order = numbers.sql_order("x", descending=descending, percent=relation.percent(name))
    condition, values = relation.predicate(where)
    inner = f"(SELECT {cell} AS x, * FROM {{source}} WHERE {condition})"  # noqa: S608
    way = "DESC" if descending else "ASC"
    sql = f"SELECT x FROM {inner} WHERE x <> '' ORDER BY {order}, x {way} LIMIT 1"  # noqa: S608
    rows = next(relation.run(sql, values, fetch_rows))
    return str(rows[0][0])
