"""Groups of the rows of files, with exact statistics of a column of numbers.

DuckDB groups by the cells as printed. Groups whose cells mean the same (the names of a
province) are combined here, and the few numbers that are odd are added.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import localcontext
from typing import Any

from transfer_cli.engine.combine import combine
from transfer_cli.engine.measure import Digits, Total, digits_of
from transfer_cli.engine.relation import Relation, Row, fetch_rows
from transfer_cli.frames import np, pd
from transfer_cli.model import numbers
from transfer_cli.query.condition import Condition
from transfer_cli.tables.grouping import objects
from transfer_cli.tables.source import Measure

FEW_ODD = 50_000
"""Odd cells that Python adds up; for more, the query uses a DECIMAL that fits them."""
Key = tuple[str, ...]


def groups(
    relation: Relation,
    where: Condition,
    by: Sequence[str],
    measure: Measure | None,
    watch: Sequence[str],
) -> "pd.DataFrame":
    """Return one row for each distinct combination of ``by``; see ``Source.groups``."""
    keys = [relation.cell(name) for name in by]
    ends = [f"{end}({cell})" for name in watch for cell in [relation.key(name)]
            for end in ("min", "max")]  # fmt: skip
    totals: dict[Key, Total] = {}
    if measure is None:
        rows = relation.query(where, [*keys, "count(*)", *ends], len(keys))
    else:
        rows, totals = _totals(relation, where, by, measure, ["count(*)", *ends])
    if not by and not rows[0][0]:
        rows = []
    return combine([_frame(relation, rows, totals, by, measure, watch)], by)


def odd_cells(
    relation: Relation, where: Condition, by: Sequence[str], column: str, digits: Digits
) -> Iterator[Counter[Key]]:
    """Yield how often each cell that is not a plain number occurs, led by the cells of ``by``."""
    cell = relation.cell(column)
    condition, values = relation.predicate(where)
    columns = ", ".join([*(relation.cell(name) for name in by), cell])
    odd = f"{cell} <> '' AND {digits.number(cell)} IS NULL"
    sql = f"SELECT {columns} FROM {{source}} WHERE ({condition}) AND {odd}"  # noqa: S608
    yield from map(Counter, relation.run(sql, values, fetch_rows))


def _totals(
    relation: Relation, where: Condition, by: Sequence[str], measure: Measure, first: Sequence[str]
) -> tuple[list[Row], dict[Key, Total]]:
    """Return the columns ``first`` of each group, and the totals of the measure by key."""
    keys, cell = [relation.cell(name) for name in by], relation.cell(measure.column)
    width = len(keys) + len(first)

    def read(digits: Digits) -> list[Row]:
        odd = f"count(*) FILTER ({cell} <> '' AND v IS NULL)"
        columns = [*keys, *first, odd, *digits.columns(squares=measure.squares)]
        if measure.values:
            columns.append("list(v::DOUBLE) FILTER (v IS NOT NULL)")
        fetch = _fetch_arrays if measure.values else fetch_rows
        return relation.query(where, columns, len(keys), f"{digits.number(cell)} AS v,", fetch)

    digits = Digits() if not measure.squares else Digits(9, 4)
    rows = read(digits)
    if sum(row[width] for row in rows) > FEW_ODD:
        sample = next(odd_cells(relation, where, (), measure.column, digits), Counter())
        fitting = digits_of((cell for (cell,) in sample), squares=measure.squares)
        if fitting and fitting.decimals <= 18:
            digits = fitting._replace(decimals=max(fitting.decimals, 1))
            rows = read(digits)
    with localcontext(numbers.UNROUNDED):
        end = width + 1 + len(digits.columns(squares=measure.squares))
        totals = {row[: len(keys)]: Total.of_row(row[width + 1 : end], digits) for row in rows}
        if any(row[width] for row in rows):
            percent = relation.percent(measure.column)
            for counter in odd_cells(relation, where, by, measure.column, digits):
                for (*key, text), times in counter.items():
                    totals[tuple(key)].add(text, times, percent=percent)
    for row in rows if measure.values else ():
        total = totals[row[: len(keys)]]
        # Without odd numbers the array, which may be large, is not copied.
        total.values = np.concatenate([total.values, row[-1]]) if total.values else row[-1]
    return [row[:width] for row in rows], totals


def _frame(
    relation: Relation,
    rows: Sequence[Row],
    totals: Mapping[Key, Total],
    by: Sequence[str],
    measure: Measure | None,
    watch: Sequence[str],
) -> "pd.DataFrame":
    """Return rows of keys, count and ends of the columns watched as a frame, with their totals."""
    width = len(by)
    result: dict[str, Any] = {}
    for place, name in enumerate(by):
        cells = [row[place] for row in rows]
        words = {cell: relation.word(name, cell) for cell in {*cells}}
        result[name] = objects(words[cell] for cell in cells)
    counts = np.array([row[width] for row in rows], dtype=np.int64)
    result["rows"] = counts
    if measure:
        found = [totals[row[:width]] for row in rows]
        n = np.array([total.n for total in found], dtype=np.int64)
        unreadable = np.array([total.unreadable for total in found], dtype=np.int64)
        result |= {"n": n, "empty": counts - n - unreadable, "unreadable": unreadable}
        result["percent"] = np.array([total.percent for total in found], dtype=np.int64)
        result["sum"] = objects(total.sum if total.n else None for total in found)
        result |= {
            name: objects(getattr(total, name) for total in found) for name in ("min", "max")
        }
        if measure.squares:
            result["sum_of_squares"] = objects(t.squares if t.n else None for t in found)
        if measure.values:
            result["values"] = objects(np.asarray(t.values, dtype=float) for t in found)
    ends = [f"{end} {name}" for name in watch for end in ("min", "max")]
    for place, name in enumerate(ends, width + 1):
        result[name] = objects(row[place] for row in rows)
    frame = pd.DataFrame(result, index=range(len(rows)))
    return frame.astype(dict.fromkeys((*by, *ends), object))


def _fetch_arrays(connection: Any) -> list[Row]:
    """Return all rows of a result whose last column holds lists of numbers, or null, as arrays."""
    found = connection.fetchnumpy()
    if not found:
        return []
    *columns, lists = found.values()
    arrays = map(np.ma.compressed, lists)
    return list(zip(*(column.tolist() for column in columns), arrays, strict=True))
