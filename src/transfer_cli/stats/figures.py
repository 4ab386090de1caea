"""Groups of figures as a source returns them: their units, their parts, and the result's groups."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from transfer_cli.frames import NDArray, np, pd
from transfer_cli.model import numbers
from transfer_cli.model.units import PERSONS, POSTS, Unit, name_of
from transfer_cli.stats.evaluate import Part
from transfer_cli.stats.plan import GroupPlan
from transfer_cli.tables.grouping import Codes, group_codes
from transfer_cli.tables.source import Source

WATCHED = ("province", "place", "industry")
"""Columns of which it may be enough to know whether they vary: some indicators do not add over
them."""
Key = tuple[str, ...]
_JOBS = "jobs"
"""The dimension of posts and persons where they are counted together."""


class Figures:
    """Groups of figures that have a number, numbered by the group of the result.

    ``frame`` has a row for each: the columns by which they were grouped, ``rows, n`` and the
    measures. ``units`` are their printed units, ``group`` the numbers of their groups, ``keys``
    what identifies each group: the cells of its key columns and the name of its dimension.
    """

    def __init__(self, source: Source, plan: GroupPlan, frame: pd.DataFrame) -> None:
        self.plan, self.vocabulary = plan, source.vocabulary
        self.frame = frame[frame["n"] > 0].reset_index(drop=True)
        self.units = _units(source, plan, self.frame)
        codes = self.column(plan.indicator) or [""] * len(self.frame)
        names = [_dimension(plan, source, *pair) for pair in zip(codes, self.units, strict=True)]
        dimensions = pd.Series(names, dtype=object)
        columns = [*(self.frame[name] for name in plan.keys), dimensions]
        self.group, first = group_codes(columns, len(self.frame))
        cells = [column.to_numpy()[first].tolist() for column in columns]
        self.keys: list[Key] = list(zip(*cells, strict=True))

    def __len__(self) -> int:
        return len(self.frame)

    @cached_property
    def members(self) -> list[Codes]:
        """The positions of the rows of each group."""
        order = np.argsort(self.group, kind="stable")
        ends = np.cumsum(np.bincount(self.group, minlength=len(self.keys)))
        return np.split(order, ends[:-1]) if len(self.keys) else []

    @cached_property
    def has_units(self) -> bool:
        """Whether the result has a column of units: of the table, or per cent signs of cells."""
        return bool(self.plan.unit) or bool(self.frame["percent"].any())

    @cached_property
    def counts(self) -> list[int]:
        """The number of figures of each row."""
        numbers: list[int] = self.frame["n"].tolist()
        return numbers

    @cached_property
    def parts(self) -> list[Part]:
        """The figures of each row as the statistics need them, in their printed unit."""
        rows = len(self.frame)
        known = self.vocabulary.indicators
        codes = self.column(self.plan.indicator) or [""] * rows
        signed = {code: code in known and known[code].signed for code in {*codes}}
        columns = [
            self.counts,
            *(self.frame[name].tolist() for name in ("sum", "min", "max")),
            self.column(self.plan.bound) or [""] * rows,
            [Fraction(1)] * rows,
            [signed[code] for code in codes],
            *(self.column(name) or [None] * rows for name in ("sum_of_squares", "values")),
            [numbers.exact(cell) for cell in self.column(self.plan.weight) or ()] or [None] * rows,
        ]
        return [Part(*cells) for cells in zip(*columns, strict=True)]

    def keys_by(self, columns: Sequence[str]) -> dict[Key, Key]:
        """Return the key of the group of figures, by their cells in columns that determine it."""
        keys = (self.keys[group] for group in self.group)
        return dict(zip(cells_of(self.frame, columns), keys, strict=True))

    def column(self, name: str) -> list[Any] | None:
        """Return the cells of a column, or None if the groups lack it.

        Of places and industries that vary within the groups it is the first cell of each.
        """
        if name in WATCHED and name not in self.frame:
            name = f"min {name}"
        return self.frame[name].tolist() if name and name in self.frame else None


def cells_of(frame: pd.DataFrame, columns: Sequence[str]) -> list[Key]:
    """Return the cells of each row in some columns of text."""
    return [tuple(row) for row in frame[[*columns]].to_numpy().tolist()]


def _dimension(plan: GroupPlan, source: Source, code: str, unit: Unit) -> str:
    """Return the name of the dimension of figures: jobs in posts and in persons may have one."""
    if plan.indicator in plan.merged and unit.dimension in (POSTS, PERSONS):
        known = source.vocabulary.indicators.get(code)
        if known and known.counts_jobs:
            return _JOBS
    return name_of(unit.dimension)


def _units(source: Source, plan: GroupPlan, frame: pd.DataFrame) -> NDArray[Any]:
    """Return the printed Unit of each row, as its indicator completes it."""
    if plan.unit:
        names = frame[plan.unit].tolist()
    else:
        names = ["%" if count else "" for count in frame["percent"].tolist()]
    codes = frame[plan.indicator].tolist() if plan.indicator else [""] * len(frame)
    indicators = source.vocabulary.indicators
    pairs = list(zip(names, codes, strict=True))
    known = {pair: source.vocabulary.unit(pair[0], indicators.get(pair[1])) for pair in {*pairs}}
    units = np.empty(len(frame), dtype=object)
    for position, pair in enumerate(pairs):
        units[position] = known[pair]
    return units
