"""Selects, orders and cuts rows: Table in, Table out."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from transfer_cli import names, periods, predicate, regions, units
from transfer_cli.distinct import DERIVED, derived
from transfer_cli.errors import UsageError
from transfer_cli.frames import pd
from transfer_cli.selection import Selection, Threshold
from transfer_cli.table import Table

UNITS_MIXED = "numbers were compared as printed, whatever their unit: add one, e.g. --min 100亿元"


def derive(table: Table, columns: Sequence[str]) -> Table:
    """Return the table with those of ``columns`` that follow from others added.

    ``category`` follows from ``indicator``, ``region`` from ``province``.
    """
    frame = table.frame
    for name, source in DERIVED.items():
        if name in columns and name not in frame.columns and source in frame.columns:
            codes = {code: derived(name, code) for code in pd.unique(frame[source])}
            frame = frame.assign(**{name: frame[source].map(codes)})
    return table.with_frame(frame)


def select(table: Table, selection: Selection) -> Table:
    """Return the rows that meet every condition, in their order.

    When none does, a note says which condition matched nothing. Raises UsageError for a
    condition on a column that the table lacks.
    """
    masks = conditions(table, selection)
    kept = pd.Series(True, index=table.frame.index)
    for mask in masks.values():
        kept &= mask
    result = table.with_frame(table.frame[kept], *_units_mixed(table, selection))
    if not len(table.frame):
        return result.with_frame(result.frame, "no rows: the table has none")
    if not kept.any():
        barren = [told for told, mask in masks.items() if not mask.any()]
        return result.with_frame(result.frame, why_empty(len(table.frame), barren))
    return result


def conditions(
    table: Table, selection: Selection, *, whole: bool = True
) -> "dict[str, pd.Series[bool]]":
    """Return which rows meet each condition, by its words.

    Where ``table`` is the ``whole`` one, a free name that stands nowhere in it is rejected.
    """
    return dict(_masks(derive(table, list(selection.equal)), selection, whole=whole))


def _units_mixed(table: Table, selection: Selection) -> list[str]:
    """Say that a limit without a unit compared numbers as printed, where units differ."""
    if len(units_compared(table, selection)) < 2:
        return []
    return [UNITS_MIXED]


def units_compared(table: Table, selection: Selection) -> set[str]:
    """Return the units whose numbers a limit without a unit compares as they are printed."""
    limits = [limit for limit in (selection.least, selection.greatest) if limit]
    if not limits or any(limit.unit for limit in limits):
        return set()
    unit = table.field(value_column(table)).unit
    return set(pd.unique(table.frame[unit])) - {""} if unit in table.columns else set()


def _masks(
    table: Table, selection: Selection, *, whole: bool
) -> "list[tuple[str, pd.Series[bool]]]":
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
        masks.append((selection.where, predicate.mask(table, selection.where)))
    return masks


def _told(column: str, values: Sequence[str]) -> str:
    return f"{column} {' or '.join(values)}"


def why_empty(total: int, barren: Sequence[str]) -> str:
    """Return the note on an empty result: ``barren`` are the conditions that no row meets."""
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
    if column == "province":
        return _by_value(table, column, lambda cell: regions.find(cell) in codes)
    folded = {names.fold(code) for code in codes}
    return _by_value(table, column, lambda cell: names.fold(cell) in folded)


def twins(table: Table, column: str) -> list[str]:
    """Return a column of free names and its Chinese twin, those of them that the table has."""
    table.require([column])
    return [name for name in (column, f"{column}_zh") if name in table.columns]


def _like(table: Table, column: str, wanted: tuple[str, ...], *, whole: bool) -> "pd.Series[bool]":
    """Match free names in a column and its twin; reject one that the ``whole`` table lacks."""
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

    def test(cell: str) -> bool:
        try:
            period = periods.parse(cell)
        except UsageError:
            return False
        return any(period.within(other) for other in wanted)

    return _by_value(table, column, test)


def _search(table: Table, text: str) -> "pd.Series[bool]":
    wanted = text.casefold()
    result = pd.Series(False, index=table.frame.index)
    for column in table.columns:
        result |= _by_value(table, column, lambda cell: wanted in str(cell).casefold())
    return result


def value_column(table: Table) -> str:
    """Return the column that holds a table's numbers: ``value``, or ``investment`` of projects."""
    for name in ("value", "investment"):
        if name in table.columns:
            return name
    raise UsageError("the table has no column 'value'", "use --where, e.g. --where 'amount >= 100'")


def _beyond(table: Table, threshold: Threshold, method: str) -> "pd.Series[bool]":
    column = value_column(table)
    unit_column = table.field(column).unit
    numbers, limit = table.numbers(column), float(threshold.value)
    if threshold.unit is not None and unit_column in table.columns:
        wanted = threshold.unit
        numbers *= table.frame[unit_column].map(lambda name: _factor(name, wanted)).astype(float)
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


def _factor(name: str, wanted: units.Unit) -> float | None:
    unit = units.parse(name)
    return float(unit.factor) if unit.dimension == wanted.dimension else None


def sort(table: Table, keys: Sequence[str]) -> Table:
    """Return the rows ordered by ``keys``; ``-key`` descends. Empty last, ties by id.

    Numbers with units are ordered by what they amount to, dimension by dimension.
    """
    derived = derive(table, [key.removeprefix("-") for key in keys])
    derived.require([key.removeprefix("-") for key in keys])
    rows = derived.with_frame(derived.frame.set_axis(range(len(derived.frame))))
    order = rows.frame.index
    for key in reversed([*keys, "id"] if "id" in table.columns else list(keys)):
        cells = _sort_key(rows, key.removeprefix("-")).loc[order]
        ascending = not key.startswith("-")
        order = cells.sort_values(ascending=ascending, kind="stable", na_position="last").index
    return table.with_frame(table.frame.iloc[order])


def _sort_key(table: Table, column: str) -> "pd.Series[float] | pd.Series[str]":
    cells = table.frame[column]
    if not table.is_numeric(column):
        return cells.where(cells.astype(str) != "")
    numbers = table.numbers(column)
    unit = table.field(column).unit
    if unit in table.columns:
        factors = table.frame[unit].map(
            lambda name: float(units.parse(name).factor) if name else 1.0
        )
        numbers = numbers * factors.astype(float)
    return numbers


def limit(table: Table, count: int | None) -> Table:
    """Return the first ``count`` rows, with a note that says how many were left out."""
    if count is None or len(table.frame) <= count:
        return table
    note = f"{count} of {len(table.frame)} rows shown (--limit {count})"
    return table.with_frame(table.frame.head(count), note)


def columns(table: Table, wanted: Sequence[str]) -> Table:
    """Return only the columns ``wanted``, in that order."""
    if not wanted:
        return table
    table = derive(table, wanted)
    table.require(wanted)
    bounds = {name: table.field(name).bound for name in wanted}
    lost = {name: list(table.frame[bound]) for name, bound in bounds.items()
            if bound in table.columns and bound not in wanted}  # fmt: skip
    return replace(table, frame=table.frame[list(wanted)], marks=lost)
