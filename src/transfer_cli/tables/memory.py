"""A source in memory: rows, groups and counts of a Table, computed in pandas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

from transfer_cli.frames import np, pd
from transfer_cli.model import numbers, regions
from transfer_cli.model.schema import require
from transfer_cli.model.vocabulary import DERIVED, with_derived
from transfer_cli.query.condition import EVERY_ROW, Condition
from transfer_cli.query.mask import mask
from transfer_cli.tables.grouping import (
    EMPTY,
    NUMBER,
    TEXT,
    Codes,
    decimals,
    extremes,
    factorize,
    group_codes,
    measured,
    objects,
)
from transfer_cli.tables.source import QUARTILES, Measure, Melted, Source, Unreadable
from transfer_cli.tables.table import Table


class MemorySource(Source):
    """A ``Source`` over a Table, for tables small enough for memory."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.name = table.name
        self.paths: Sequence[Path] = ()
        self.schema = table.schema
        self.columns: Sequence[str] = table.columns
        self.report = table.report
        self.vocabulary = table.vocabulary
        self.notes: Sequence[str] = table.notes

    def rows(
        self,
        where: Condition = EVERY_ROW,
        columns: Sequence[str] = (),
        *,
        sort: Sequence[str] = (),
        limit: int | None = None,
    ) -> Iterator[Table]:
        """Yield the rows that satisfy ``where`` as one table; see ``Source.rows``."""
        keys = [name.removeprefix("-") for name in sort]
        table = self._select(where, [*columns, *keys])
        frame = table.frame.iloc[_order(table, sort)] if sort else table.frame
        names = list(dict.fromkeys(columns)) or list(self.table.frame.columns)
        yield table.with_frame((frame if limit is None else frame.head(limit))[names])

    def groups(
        self,
        where: Condition,
        by: Sequence[str],
        measure: Measure | None = None,
        watch: Sequence[str] = (),
    ) -> pd.DataFrame:
        """Return one row for each distinct combination of ``by``; see ``Source.groups``.

        Groups come in the order in which they first appear.
        """
        column = [measure.column] if measure else []
        frame = self._canonical(self._select(where, [*by, *watch, *column]).frame)
        codes, first = group_codes([frame[name] for name in by], len(frame))
        count = len(first)
        result: dict[str, Any] = {name: frame[name].to_numpy()[first] for name in by}
        result["rows"] = np.bincount(codes, minlength=count)
        if measure:
            percent = numbers.reads_percent(measure.column, self.columns)
            cells = frame[measure.column]
            values, kinds = decimals(cells, percent=percent)
            signed = cells.map(numbers.has_percent_sign).to_numpy(dtype=bool) & (kinds == NUMBER)
            percentages = np.bincount(codes[signed], minlength=count)
            computed = measured(values, kinds, codes, count, measure)
            result |= {name: computed.pop(name) for name in ("n", "empty", "unreadable")}
            result |= {"percent": percentages, **computed}
        for name in watch:
            result |= extremes(frame[name], codes, count, name)
        return pd.DataFrame(result)

    def distinct(self, where: Condition, by: Sequence[str], column: str) -> pd.DataFrame:
        """Return how many distinct filled cells a column has by group; see ``Source.distinct``."""
        frame = self._canonical(self._select(where, [*by, column]).frame)
        codes, first = group_codes([frame[name] for name in by], len(frame))
        result: dict[str, Any] = {name: frame[name].to_numpy()[first] for name in by}
        cells = frame[column].to_numpy(dtype=object)
        pairs = pd.DataFrame({"group": codes, "cell": cells})[cells != ""].drop_duplicates()
        return pd.DataFrame(
            result | {"distinct": np.bincount(pairs["group"], minlength=len(first))}
        )

    def count(self, where: Condition = EVERY_ROW) -> int:
        """Return how many rows satisfy ``where``."""
        return len(self._select(where, ()))

    def summary(self, where: Condition, columns: Sequence[str]) -> pd.DataFrame:
        """Return what each of ``columns`` holds; see ``Source.summary``.

        ``distinct`` counts the distinct filled cells; ``min`` and ``max`` are empty unless every
        filled cell can be read as a number.
        """
        frame = self._select(where, columns).frame
        own = frozenset(self.columns)  # Looking through 10,000 columns for each takes long.
        return pd.DataFrame(
            [_summarised(name, frame[name], numbers.reads_percent(name, own)) for name in columns],
            columns=["column", "filled", "empty", "distinct", "numeric", "min", "max"],
        )

    def frequent(self, where: Condition, columns: Sequence[str]) -> pd.DataFrame:
        """Return the most frequent cell of each of ``columns``; see ``Source.frequent``."""
        frame = self._select(where, columns).frame
        rows = []
        for name in columns:
            codes, words = factorize(frame[name])
            counts = np.bincount(codes, minlength=len(words))
            counts[words == ""] = 0
            times = int(counts.max(initial=0))
            if times:
                tied = words[counts == times]
                rows.append((name, min(tied), times, len(tied)))
        return pd.DataFrame(rows, columns=["column", "cell", "times", "tied"])

    def quantiles(self, where: Condition, columns: Sequence[str]) -> dict[str, list[float]]:
        """Return the quartiles of columns of numbers; see ``Source.quantiles``."""
        frame = self._select(where, columns).frame
        own = frozenset(self.columns)
        found = {}
        for name in columns:
            values, kinds = decimals(frame[name], percent=numbers.reads_percent(name, own))
            readable = values[kinds == NUMBER].astype(float)
            if len(readable):
                found[name] = np.quantile(readable, QUARTILES).tolist()
        return found

    def unreadable(self, where: Condition, column: str) -> Unreadable:
        """Return how many filled cells of a column are not numbers, and the first with its line."""
        cells = self._select(where, [column]).frame[column]
        percent = numbers.reads_percent(column, self.columns)
        _, kinds = decimals(cells, percent=percent)
        rows = np.flatnonzero(kinds == TEXT)
        if not len(rows):
            return Unreadable(0)
        return Unreadable(len(rows), cells.iloc[rows[0]], int(cells.index[rows[0]]))

    def melted(
        self, where: Condition, keep: Sequence[str], columns: Sequence[str], into: Melted
    ) -> MemorySource:
        """Return a source with a row for each cell of ``columns``; see ``Source.melted``."""
        table = self._select(where, [*keep, *columns])
        frame = table.frame
        cells = {name: np.tile(frame[name].to_numpy(), len(columns)) for name in keep}
        cells[into.column] = np.repeat(objects(columns), len(frame))
        cells[into.cell] = np.concatenate([frame[name].to_numpy() for name in columns])
        return MemorySource(replace(table, frame=pd.DataFrame(cells, dtype=object)))

    def _select(self, where: Condition, columns: Iterable[str]) -> Table:
        """Return the rows that satisfy ``where``, with those of ``columns`` that are derived."""
        columns = list(columns)
        require(with_derived(self.columns), columns, self.schema)
        table = self.table
        if where != EVERY_ROW:
            table = table.with_frame(table.frame[mask(where, table.frame, table.vocabulary)])
        return derive(table, columns)

    def _canonical(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows with each province under its English name, however it is written."""
        if "province" not in frame:
            return frame
        codes, words = factorize(frame["province"])
        known = np.array([regions.find(word) or word for word in words], dtype=object)
        return frame.assign(province=known[codes]) if len(words) else frame


def derive(table: Table, columns: Iterable[str]) -> Table:
    """Return the table with those of ``columns`` added that follow from others (``category``)."""
    frame = table.frame
    for name in columns:
        base = DERIVED.get(name, "")
        if base in frame and name not in frame:
            codes = {code: table.vocabulary.derived(name, code) for code in pd.unique(frame[base])}
            frame = frame.assign(**{name: frame[base].map(codes).astype(object)})
    return table if frame is table.frame else table.with_frame(frame)


def _summarised(
    name: str, cells: pd.Series[str], percent: bool
) -> tuple[str, int, int, int, bool, str, str]:
    words = [word for word in pd.unique(cells) if word != ""]
    amounts = [numbers.decimal(word, percent=percent) for word in words]
    known = [
        (amount, word) for amount, word in zip(amounts, words, strict=True) if amount is not None
    ]
    numeric = bool(words) and all(map(numbers.plain_number, words))
    readable = bool(words) and len(known) == len(words)
    low, high = (min(known)[1], max(known)[1]) if readable else ("", "")
    empty = int(np.count_nonzero(cells.to_numpy() == ""))
    return name, len(cells) - empty, empty, len(words), numeric, low, high


def _order(table: Table, sort: Sequence[str]) -> Codes:
    """Return the positions of rows in the order of ``sort``; ties by id, then in file order."""
    keys: list[Codes] = []
    for name in [*sort, *(["id"] if "id" in table.frame else [])]:
        kinds, ranks = _sort_keys(table, name.removeprefix("-"))
        keys += [kinds, -ranks if name.startswith("-") else ranks]
    return np.lexsort(keys[::-1])  # The last key comes first.


def _sort_keys(table: Table, column: str) -> tuple[Codes, Codes]:
    """Return the kind of each cell, numbers, text or empty, and its rank within the kind.

    In a column that the schema describes as text, numbers are text too.
    """
    cells = table.frame[column]
    field = table.field(column)
    numeric = field.may_hold_numbers
    units = table.frame[field.unit] if numeric and field.unit in table.frame else ""
    frame = pd.DataFrame({"cell": cells, "unit": units}, dtype=object)
    codes, first = group_codes([frame["cell"], frame["unit"]], len(frame))
    percent = numbers.reads_percent(column, table.columns)
    with localcontext(numbers.UNROUNDED):
        keys = [
            _sort_key(cell, table.vocabulary.unit(unit).factor, percent)
            if numeric
            else (TEXT if cell else EMPTY, cell)
            for cell, unit in frame.iloc[first].itertuples(index=False, name=None)
        ]
    ordered = sorted(set(keys))
    rank = {key: place for place, key in enumerate(ordered)}
    kinds = np.array([key[0] for key in keys], dtype=np.intp)
    ranks = np.array([rank[key] for key in keys], dtype=np.intp)
    return kinds[codes], ranks[codes]


def _sort_key(cell: str, factor: Fraction, percent: bool) -> tuple[int, Any]:
    amount = numbers.decimal(cell, percent=percent)
    if amount is None:
        return (TEXT if cell else EMPTY), cell
    if factor != 1:
        amount = amount * factor.numerator / factor.denominator
    return NUMBER, amount
