"""``describe`` of a large table: each summary in one reading of the columns that it needs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from transfer_cli import describe
from transfer_cli.frames import pd
from transfer_cli.model import figures, lookups
from transfer_cli.model.codelists import BOUNDS
from transfer_cli.model.lookups import indicators
from transfer_cli.model.numbers import plain_number
from transfer_cli.scanning import tally
from transfer_cli.scanning.distinct import Distinct
from transfer_cli.scanning.tables import Scan
from transfer_cli.scanning.tally import Tally
from transfer_cli.selecting.selection import Selection
from transfer_cli.table import Table

_KEY = ("indicator", "unit")
_FIGURE = (*_KEY, "value", "bound")
_SIZE = 4 << 20
"""Bytes of a block: half the memory of larger ones, and no slower."""
_NEAR = 1e-12
"""How near the least number, of its own size, another one may be less of: floats do not tell."""


def parts(scan: Scan, selection: Selection) -> describe.Parts:
    """Return the parts of the description of a large table."""
    made = (partial(part, scan, selection) for part in (columns, numeric, coverage))
    return dict(zip(describe.PARTS, made, strict=True))


class _Reading:
    """The rows of a scan that a selection wants, chunk by chunk, and what is told of them."""

    def __init__(self, scan: Scan, selection: Selection, columns: Sequence[str]) -> None:
        self._scan, self._tally = replace(scan, size=_SIZE), Tally(selection)
        self._columns = {*columns, *tally.needed(scan.head, selection)}
        tally.masks(scan.head, selection)

    def __iter__(self) -> Iterator[Table]:
        for chunk in self._scan.tables(self._columns):
            yield self._tally.rows(chunk)

    @property
    def head(self) -> Table:
        """The table without rows, with the notes of the reading, which is over."""
        return self._scan.head._replace(notes=tuple(self._tally.notes()))


def columns(scan: Scan, selection: Selection) -> Table:
    """Return one row per column, as ``describe.columns`` does."""
    found = [_Column(scan.head, name) for name in scan.head.columns]
    reading = _Reading(scan, selection, scan.head.columns)
    for chunk in reading:
        for column in found:
            column.add(chunk)
    return describe.of_columns([column.told() for column in found], reading.head)


class _Column:
    """What is known so far of a column: its filled cells, distinct ones, least and greatest."""

    def __init__(self, head: Table, name: str) -> None:
        self._name, self._typed = name, head.field(name).type != "any"
        self._numeric = head.is_numeric(name) if self._typed else True
        self._distinct = Distinct()
        self._rows = self._filled = 0
        self._ends: dict[str, tuple[float, str]] = {}

    def add(self, chunk: Table) -> None:
        """Take in the cells of a chunk."""
        cells = chunk.frame[self._name].astype("category").cat.remove_unused_categories()
        words = [word for word in cells.cat.categories.tolist() if word]
        self._rows += len(cells)
        self._filled += int((cells != "").sum())
        self._distinct.add(words)
        if not self._typed:
            self._numeric = self._numeric and all(map(plain_number, words))
        if self._numeric and words:
            self._end(chunk, cells.astype(object))

    def _end(self, chunk: Table, cells: "pd.Series[str]") -> None:
        numbers = chunk.with_frame(cells.to_frame()).numbers(self._name).reset_index(drop=True)
        for end, place, sign in (
            ("least", numbers.argmin(), 1),
            ("greatest", numbers.argmax(), -1),
        ):
            number = sign * float(numbers[place])
            if end not in self._ends or number < self._ends[end][0]:
                self._ends[end] = number, str(cells.iloc[place])

    def told(self) -> list[object]:
        """Return the row of the column."""
        numeric = self._numeric and (self._typed or self._filled > 0)
        ends = [self._ends[end][1] if numeric and end in self._ends else ""
                for end in ("least", "greatest")]  # fmt: skip
        empty = self._rows - self._filled
        kind = "number" if numeric else "text"
        return [self._name, kind, self._filled, empty, len(self._distinct), *ends]


def numeric(scan: Scan, selection: Selection) -> Table:
    """Return one row per indicator and dimension, as ``describe.numeric`` does."""
    names = [name for name in _FIGURE if name in scan.head.columns]
    reading = _Reading(scan, selection, names)
    counts: Counter[tuple[str, ...]] = Counter()
    ends = scan.head.with_frame(scan.head.frame[names])
    for chunk in reading:
        filled = chunk.frame[chunk.frame["value"] != ""]
        rows = filled[names].astype(object)
        keys = [name for name in _KEY if name in names]
        counts.update(Counter(zip(*(rows[key] for key in keys), strict=True)))
        _judge(chunk, rows)
        ends = ends.with_frame(_ends(pd.concat([ends.frame, rows]), keys))
    groups: Counter[describe.Group] = Counter()
    for key, number in counts.items():
        groups[_group(*key)] += number
    return describe.of_figures(describe.grouped(ends), groups, reading.head)


def _group(indicator: str, unit: str = "") -> describe.Group:
    return indicator, lookups.current().unit(unit, indicators().get(indicator)).dimension


def _judge(chunk: Table, rows: pd.DataFrame) -> None:
    """Raise DataError for a value that is no number or a bound that is none."""
    bad = pd.to_numeric(rows["value"], errors="coerce").isna()
    if "bound" in rows.columns:
        bad |= ~rows["bound"].isin(["", *BOUNDS])
    for _ in figures.read(chunk.with_frame(rows[bad]).sheet()):
        pass


def _ends(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the rows that may have the least or the greatest number of their indicator and unit.

    Of those that say the same, the first and the last: they are told where numbers are equal.
    """
    numbers = pd.to_numeric(rows["value"])
    groups = numbers.groupby([rows[key] for key in keys], sort=False)
    least, greatest = groups.transform("min"), groups.transform("max")
    near = (numbers <= least + least.abs() * _NEAR) | (numbers >= greatest - greatest.abs() * _NEAR)
    rows = rows[near]
    return rows[~rows.duplicated() | ~rows.duplicated(keep="last")]


def coverage(scan: Scan, selection: Selection) -> Table:
    """Return the categories by province, as ``describe.coverage`` does."""
    reading = _Reading(scan, selection, ["indicator", "province"])
    found = [describe.printed(chunk) for chunk in reading]
    counts = pd.concat(found).groupby(level=[0, 1]).sum()
    head = reading.head
    return describe.of_categories(counts, head)
