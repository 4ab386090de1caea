"""What the columns of files hold: how many cells, how many distinct ones, numbers or not."""

from collections.abc import Sequence
from typing import Any

from transfer_cli.engine.groups import odd_cells
from transfer_cli.engine.measure import Digits
from transfer_cli.engine.relation import Relation, fetch_rows
from transfer_cli.frames import pd
from transfer_cli.model import numbers
from transfer_cli.query.condition import Condition
from transfer_cli.tables.source import Unreadable


def summary(relation: Relation, where: Condition, columns: Sequence[str]) -> "pd.DataFrame":
    """Return what each of ``columns`` holds; see ``Source.summary``."""
    cells = {name: relation.key(name) if name not in relation.places else relation.cell(name)
             for name in columns}  # fmt: skip
    plain = {name: Digits().number(cell) for name, cell in cells.items()}
    first = [
        aggregate
        for name, cell in cells.items()
        for aggregate in (
            f"count(*) FILTER ({cell} = '')",
            f"count(DISTINCT nullif({cell}, ''))",
            f"any_value({cell}) FILTER ({cell} <> '' AND {plain[name]} IS NULL)",
            f"min({plain[name]})",
            f"max({plain[name]})",
        )
    ]
    total, *found = relation.query(where, ["count(*)", *first])[0]
    rows: list[list[Any]] = []
    for place, name in enumerate(cells):
        empty, distinct, odd, low, high = found[5 * place : 5 * place + 5]
        percent = relation.percent(name)
        numeric = empty < total and (odd is None or numbers.is_number(odd, percent=percent))
        if numeric and odd is not None:
            numeric = not unreadable(relation, where, name).cells
        ends = ["", ""]
        if numeric and odd is None:
            ends = [f"min({cells[name]}) FILTER ({plain[name]} = {low})",
                    f"max({cells[name]}) FILTER ({plain[name]} = {high})"]  # fmt: skip
        elif numeric:
            ends = [
                _end(relation, where, name, cells[name], descending=way) for way in (False, True)
            ]
        rows.append([name, total - empty, empty, distinct, numeric, *ends])
    # The cells of the smallest and the largest plain numbers, of equal ones by text.
    wanted = [cell for row in rows for cell in row[5:] if cell.startswith(("min(", "max("))]
    known = dict(zip(wanted, relation.query(where, wanted)[0] if wanted else (), strict=True))
    rows = [[*row[:5], *(known.get(cell, cell) for cell in row[5:])] for row in rows]
    return pd.DataFrame(
        rows, columns=["column", "filled", "empty", "distinct", "numeric", "min", "max"]
    )


def unreadable(relation: Relation, where: Condition, column: str) -> Unreadable:
    """Return how many filled cells of a column are no numbers, and the first of them."""
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
