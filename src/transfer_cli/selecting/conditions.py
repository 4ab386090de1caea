"""The conditions of a selection as masks over the rows of a table."""

import re
from collections.abc import Callable, Sequence

from transfer_cli.errors import UsageError
from transfer_cli.frames import pd
from transfer_cli.model import lookups, names, periods, units
from transfer_cli.model.lookups import indicators
from transfer_cli.selecting import meeting
from transfer_cli.selecting.selection import Selection, Threshold
from transfer_cli.table import Table

_VALUES = ("value", "investment")
"""The columns that hold the numbers of a table, the first of them that it has."""
UNITS_MIXED = "numbers were compared as printed, whatever their unit: add one, e.g. --min 100亿元"


def units_compared(table: Table, selection: Selection) -> set[str]:
    """Return the units whose numbers a limit without a unit compares as they are printed."""
    if not compares_printed(table, selection):
        return set()
    unit = table.field(value_column(table)).unit
    return set(pd.unique(table.frame[unit])) - {""} if unit in table.columns else set()


def compares_printed(table: Table, selection: Selection) -> bool:
    """Tell whether numbers are compared without regard to their units."""
    limits = [limit for limit in (selection.least, selection.greatest) if limit]
    if limits:
        return not any(limit.unit for limit in limits)
    value = next((name for name in _VALUES if name in table.columns), "")
    ordered = rf"\b{value}\b`? *(?:[<>=]=?|!=) *[-.\d]|\d *[<>]=? *`?{value}\b"
    return bool(value and "unit" not in selection.where and re.search(ordered, selection.where))


def masks(
    table: Table, selection: Selection, *, whole: bool = True
) -> "list[tuple[str, pd.Series[bool]]]":
    """Return each condition, as it is told, with the rows that meet it.

    Where ``table`` is the ``whole`` one, a free name that stands nowhere in it is rejected.
    """
    masks: list[tuple[str, pd.Series[bool]]] = []
    for column, codes in selection.equal.items():
        masks.append((_told(column, codes), _equal(table, column, codes)))
    for column, wanted in selection.like.items():
        masks.append((_told(column, wanted), _like(table, column, wanted, whole=whole)))
    if selection.periods:
        codes = tuple(period.code for period in selection.periods)
        masks.append((_told("period", codes), _within(table, selection.periods)))
    if selection.search:
        masks.append((f"the text {selection.search!r}", _search(table, selection.search)))
    for threshold, method in ((selection.least, "ge"), (selection.greatest, "le")):
        if threshold:
            word = "at least" if method == "ge" else "at most"
            told = (
                f"{word} {float(threshold.value):g}{threshold.unit.name if threshold.unit else ''}"
            )
            masks.append((told, _beyond(table, threshold, method)))
    if selection.where:
        from transfer_cli.selecting import predicate

        masks.append((selection.where, predicate.mask(table, selection.where)))
    return masks


def _told(column: str, values: Sequence[str]) -> str:
    return f"{column} {' or '.join(values)}"


def why_empty(total: int, barren: Sequence[str]) -> str:
    """Say that none of ``total`` rows meets all conditions: ``barren`` are those that none does."""
    if barren:
        return f"no rows: none of the {total} has {' nor '.join(barren)}"
    return f"no rows: each condition matches some of the {total}, but none meets all of them"


def _by_value(table: Table, column: str, test: Callable[[str], bool]) -> "pd.Series[bool]":
    """Apply a test once to each distinct cell of a column."""
    cells = table.frame[column]
    good = [cell for cell in pd.unique(cells) if test(cell)]
    return cells.isin(good)


def _equal(table: Table, column: str, codes: tuple[str, ...]) -> "pd.Series[bool]":
    table.require([column])
    return _by_value(table, column, meeting.equal(column, codes))


def twins(table: Table, column: str) -> list[str]:
    """Return the columns in which a free name may stand: its own, its Chinese twin, a company."""
    if column == "subject" and column not in table.columns and "project" in table.columns:
        column = "project"
    table.require([column])
    names_of = {"project": ("company", "company_zh")}.get(column, ())
    return [n for n in (column, f"{column}_zh", *names_of) if n in table.columns]


def _like(table: Table, column: str, wanted: tuple[str, ...], *, whole: bool) -> "pd.Series[bool]":
    """Match free names in a column and its twins; reject one that the ``whole`` table lacks."""
    columns = twins(table, column)
    result = pd.Series(False, index=table.frame.index)
    for name in wanted:
        hit = pd.Series(False, index=table.frame.index)
        for candidate in columns:
            hit |= _by_value(table, candidate, lambda cell, n=name: names.matches(n, cell))  # type: ignore[misc]
        if whole and not hit.any():
            cells = pd.concat([table.frame[candidate] for candidate in columns])
            names.choose(column, name, {cell: () for cell in pd.unique(cells) if cell})
        result |= hit
    return result


def _within(table: Table, wanted: Sequence[periods.Period]) -> "pd.Series[bool]":
    column = "period" if "period" in table.columns else "year"
    table.require([column])
    return _by_value(table, column, meeting.within(wanted))


def _search(table: Table, text: str) -> "pd.Series[bool]":
    wanted = text.casefold()
    result = pd.Series(False, index=table.frame.index)
    for column in table.columns:
        result |= _by_value(table, column, lambda cell: wanted in str(cell).casefold())
    return result


def value_column(table: Table) -> str:
    """Return the column that holds a table's numbers: ``value``, or ``investment`` of projects."""
    for name in _VALUES:
        if name in table.columns:
            return name
    raise UsageError("the table has no column 'value'", "name its numbers: --value COLUMN")


def _beyond(table: Table, threshold: Threshold, method: str) -> "pd.Series[bool]":
    column = value_column(table)
    unit_column = table.field(column).unit
    numbers, limit = table.numbers(column), float(threshold.value)
    if threshold.unit is not None and unit_column in table.columns:
        wanted = threshold.unit
        numbers *= _factors(table, unit_column, wanted)
        limit *= float(wanted.factor)
    kept: pd.Series[bool] = getattr(numbers, method)(limit)
    return kept & ~_surely_beyond(table, column, numbers, limit, method)


def _surely_beyond(
    table: Table, column: str, numbers: "pd.Series[float]", limit: float, method: str
) -> "pd.Series[bool]":
    """Tell which figures lie beyond a limit that they print: over 1000 is not at most 1000."""
    bound = table.field(column).bound
    if bound not in table.columns:
        return pd.Series(False, index=numbers.index)
    words = ["over"] if method == "le" else ["under", "nearly"]
    return (numbers == limit) & table.frame[bound].isin(words)


def _factors(table: Table, column: str, wanted: units.Unit) -> "pd.Series[float]":
    """Return how many base units each row's unit is; NaN where it is of another dimension."""
    blank = pd.Series("", table.frame.index)
    codes = table.frame["indicator"] if "indicator" in table.columns else blank
    pairs = list(zip(table.frame[column], codes, strict=True))
    known = {pair: _factor(*pair, wanted) for pair in set(pairs)}
    return pd.Series([known[pair] for pair in pairs], table.frame.index, dtype=float)


def _factor(name: str, indicator: str, wanted: units.Unit) -> float | None:
    """Return the factor of a unit as its indicator completes it, or else as it is printed.

    10万吨 is a limit for 120万吨/年 too, where the indicator is of a year.
    """
    known = indicators().get(indicator)
    completed, printed = lookups.current().unit(name, known), lookups.current().unit(name, None)
    alike = [
        (completed, wanted),
        (printed, wanted),
        (completed, lookups.current().unit(wanted.name, known)),
    ]
    return next((float(u.factor) for u, other in alike if u.dimension == other.dimension), None)
