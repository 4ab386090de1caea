"""Notes on a selection: why it is empty, and what was not compared."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from transfer_cli.messages import _, join, series
from transfer_cli.model import labels
from transfer_cli.model.codelists import CATEGORIES, SYMBOLS
from transfer_cli.model.periods import find as find_period
from transfer_cli.model.schema import has_figures
from transfer_cli.query import mixed_units, printed, unlike_dates
from transfer_cli.query.comparisons import (
    Amount,
    Codes,
    Compare,
    ComparePeriod,
    CompareResults,
    In,
    IsMissing,
    Within,
)
from transfer_cli.query.condition import (
    EVERY_ROW,
    Condition,
    Not,
    both,
    columns_of,
    conjuncts,
    leaves,
)
from transfer_cli.query.options import unit_column

if TYPE_CHECKING:
    from transfer_cli.tables.source import Source

_FEW = 3
"""Rows that a note describes."""
_STAGED = Not(In("status", frozenset({"actual"})))
"""True of figures of something that passes through stages: of those there may be another one."""


def notes(source: "Source", condition: Condition, rows: int | None = None) -> list[str]:
    """Return the notes on a selection, after its rows were read.

    ``rows`` is how many there were; without it the source is queried for one. If there is no row,
    notes say which parts of the condition match none, and describe similar rows. Others name a
    column that was compared without regard to units, and cells that are not numbers, or no periods,
    in a column that was compared with such.
    """
    if rows is None:
        rows = len(next(source.rows(condition, limit=1)))
    found = [
        *_without_units(source, condition),
        *_no_unit(source, condition),
        *_no_numbers(source, condition),
        *_no_periods(source, condition),
        *unlike_dates.compared_as_text(source, condition),
    ]
    return found if rows else [*found, *_why_empty(source, condition)]


def _why_empty(source: "Source", condition: Condition) -> Iterator[str]:
    """Yield notes on why no row satisfies a condition, and on similar rows."""
    total = source.count()
    if not total:
        yield _("no rows: the table has none")
        return
    parts = conjuncts(condition)
    without = [part for part in parts if not source.count(part)]
    if without:
        listed = _(" nor ").join(map(str, without))
        yield _("no rows: none of the {total} has {conditions}", total=total, conditions=listed)
    else:
        yield _(
            "no rows: each condition matches some of the {total}, but none meets all of them",
            total=total,
        )
    yield from _unprinted(source, parts) or _instead(source, parts)


def _unprinted(source: "Source", parts: Sequence[Condition]) -> list[str]:
    """Return a note if the source prints nothing on what is requested for the provinces."""
    provinces = _codes(parts, ("province",))
    topics = _codes(parts, ("category", "indicator"))
    if not provinces or not topics or source.count(both(*provinces, *topics)):
        return []
    known = source.counts(EVERY_ROW, "province").index
    names = [code for part in provinces for code in part.codes if code in known]
    words = [code for part in topics for code in part.codes]
    return [printed.note(source, _(" or ").join(map(_topic, words)), names)] if names else []


def _instead(source: "Source", parts: Sequence[Condition]) -> Iterator[str]:
    """Yield a note on the rows without one of the conditions, or without all of the others.

    The conditions on province, category and indicator are kept. Without one on the indicator, rows
    are of those indicators for which the conditions left out are true somewhere.
    """
    kept = _codes(parts, ("province", "category", "indicator"))
    others = [part for part in parts if part not in kept]
    for left_out in [*([part] for part in others), others] if kept and others else ():
        rest = [part for part in parts if part not in left_out]
        if "indicator" in source.columns and not _codes(rest, ("category", "indicator")):
            codes = tuple(source.counts(both(*left_out), "indicator").index)
            rest.append(In("indicator", frozenset(codes)))
        columns = columns_of(both(*left_out))
        staged = both(*rest, *([_STAGED] if "status" in columns else ()))
        for where in dict.fromkeys((staged, both(*rest))):
            if count := source.count(where):
                yield _(
                    "without {conditions} there is: {rows}",
                    conditions=_(" and ").join(map(str, left_out)),
                    rows=_described(source, where, count, columns),
                )
                return


def _codes(parts: Iterable[Condition], columns: Sequence[str]) -> list[Codes]:
    return [part for part in parts if isinstance(part, Codes) and part.column in columns]


def _described(source: "Source", where: Condition, count: int, columns: Sequence[str]) -> str:
    """Return the first rows of a selection as amounts, each with its cells of ``columns``."""
    first = next(source.rows(where, limit=_FEW)).frame.to_dict("records")
    if not has_figures(source.columns):
        return _("1 row") if count == 1 else _("{count:,} rows", count=count)
    names = dict.fromkeys(("indicator", "status", *columns))
    described = []
    for row in first:
        cells = [
            _plain(labels.code(name, row[name]))
            for name in names
            if row.get(name) and name not in ("value", "unit")
        ]
        number = f"{SYMBOLS.get(row.get('bound', ''), '')}{row['value']}"
        amount = labels.amount(number, row.get("unit", ""))
        described.append(_("{text} ({bracket})", text=amount, bracket=join(cells)))
    if count > _FEW:
        described.append(_("and {count} more", count=count - _FEW))
    return series(described)


def _topic(code: str) -> str:
    column = "category" if code in CATEGORIES else "indicator"
    return _plain(labels.code(column, code))


def _plain(code: str) -> str:
    return code.replace("_", " ")


def _without_units(source: "Source", condition: Condition) -> Iterator[str]:
    """Yield a note if numbers of several units are compared as they are printed."""
    read = columns_of(condition)
    for column, in_unit in _compared(condition).items():
        units = unit_column(source.schema, source.columns, column)
        if not units:
            yield from mixed_units.notes(source, condition, [column])
        if not units or units in read or in_unit:
            continue
        if len([name for name in source.counts(EVERY_ROW, units).index if name]) > 1:
            yield _("numbers were compared as printed, whatever their unit: add one, e.g."
                    " --min '10bn CNY'")  # fmt: skip


def _no_unit(source: "Source", condition: Condition) -> Iterator[str]:
    """Yield a note on numbers that print no unit, so that no limit in a unit holds for them."""
    for limit in leaves(condition):
        if isinstance(limit, Amount) and limit.unit is not None and limit.units:
            rows = source.count(both(IsMissing(limit.units), Not(IsMissing(limit.column))))
            if rows == 1:
                yield _("1 number prints no unit and was not compared: {limit}", limit=limit)
            elif rows:
                yield _("{n} numbers print no unit and were not compared: {limit}",
                        n=rows, limit=limit)  # fmt: skip


def _no_numbers(source: "Source", condition: Condition) -> Iterator[str]:
    """Yield a note for each column with cells that could not be compared with a number.

    Rows that another part of the condition excludes are not counted.
    """
    for column in _compared(condition):
        others = [part for part in conjuncts(condition) if column not in columns_of(part)]
        unreadable = source.unreadable(both(*others), column)
        if not unreadable.cells:
            continue
        written = source.schema.field(column).written
        if unreadable.line:
            where = {"name": source.name, "line": unreadable.line, "column": written,
                     "cell": unreadable.cell}  # fmt: skip
            yield (
                _("{name}:{line}: column {column!r}: {cell!r} is not a number and was not compared",
                  **where)
                if unreadable.cells == 1
                else _("{name}:{line}: column {column!r}: {cell!r} is not a number; "
                       "{n} such cells were not compared", **where, n=unreadable.cells)
            )  # fmt: skip
        elif unreadable.cells == 1:
            yield _("column {column!r}: 1 cell is not a number and was not compared: {cell!r}",
                    column=written, cell=unreadable.cell)  # fmt: skip
        else:
            yield _(
                "column {column!r}: {n} cells are not numbers and were not compared, "
                "such as {cell!r}",
                column=written, n=unreadable.cells, cell=unreadable.cell,
            )  # fmt: skip


def _no_periods(source: "Source", condition: Condition) -> Iterator[str]:
    """Yield a note for a column with cells that are not periods, if rows are selected by period."""
    for leaf in leaves(condition):
        if isinstance(leaf, Within | ComparePeriod):
            counts = source.counts(EVERY_ROW, leaf.column)
            cells = [cell for cell in counts.index if cell and find_period(cell) is None]
            if not cells:
                continue
            written, count = source.schema.field(leaf.column).written, int(counts[cells].sum())
            yield (
                _("column {column!r}: 1 cell is not a period and was not compared: {cell!r}",
                  column=written, cell=cells[0])
                if count == 1
                else _("column {column!r}: {n} cells are not periods and were not compared, "
                       "such as {cell!r}", column=written, n=count, cell=cells[0])
            )  # fmt: skip


def _compared(condition: Condition) -> dict[str, bool]:
    """Return the columns that are compared with numbers, each with whether in a unit."""
    columns: dict[str, bool] = {}
    for leaf in leaves(condition):
        match leaf:
            case Amount():
                columns[leaf.column] = columns.get(leaf.column, False) or leaf.unit is not None
            case Compare(value=Fraction()):
                columns.setdefault(leaf.column, False)
            case In() if leaf.values:
                columns.setdefault(leaf.column, False)
            case CompareResults():
                columns = {**dict.fromkeys(leaf.reads, False), **columns}
    return columns
