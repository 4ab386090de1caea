"""A row of an aggregate: the figures of a group, its unit, and the cells of its statistics."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache, cached_property
from typing import TypeVar

from transfer_cli.errors import RefusedError
from transfer_cli.model import numbers
from transfer_cli.model.intervals import Interval, exact
from transfer_cli.model.labels import TOTAL
from transfer_cli.model.ordering import Position, sort_key
from transfer_cli.model.units import Unit
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.rules.decision import Refusal
from transfer_cli.stats.evaluate import Part, combine
from transfer_cli.stats.figures import Key
from transfer_cli.stats.groups import Fetched
from transfer_cli.stats.judge import ADDING, Judgement
from transfer_cli.stats.plan import GroupPlan
from transfer_cli.stats.statistic import Statistic

SHARE = "_share"
"""The suffix of columns of shares: ``sum_share``."""


class Counted:
    """A group of the result, whose rows are counted. One of all groups is a ``total``.

    ``shares`` are those of its sums and counts in a total, by the name of the statistic.
    """

    def __init__(self, plan: GroupPlan, key: Key, rows: int) -> None:
        self.plan, self.key, self.rows_counted = plan, key, rows
        self.keys = dict(zip(plan.keys, key, strict=False))
        self.distinct = 0
        self.unit: Unit | None = None
        self.total_of: tuple[str, ...] = ()
        self.shares: dict[str, Interval | None] = {}

    @property
    def rows(self) -> int:
        """The number of rows, with or without a number."""
        return self.rows_counted

    def refusals(self, statistic: Statistic) -> tuple[Refusal, ...]:
        """Return why a statistic of the group has no meaning, nothing if it has one."""
        return ()

    def result(self, statistic: Statistic) -> Interval | None:
        """Return a statistic in the unit of the group, or None if it is not defined."""
        return exact(self.distinct if statistic.kind == "distinct" else self.rows)

    def cells(self) -> dict[str, str]:
        """Return the cells of the row, by column."""
        row = self._named(self.keys)
        for statistic in self.plan.statistics:
            row |= self._statistic(statistic)
        return row

    def _named(self, keys: Mapping[str, str]) -> dict[str, str]:
        """Return the cells of the keys; the first of a total is ``total``."""
        if not self.total_of:
            return dict(keys)
        words = dict.fromkeys(self.total_of, "")
        return {**words, **keys, self.total_of[0]: TOTAL}

    def _statistic(self, statistic: Statistic) -> dict[str, str]:
        """Return the cells of a statistic, and of its share."""
        bounded = bool(self.plan.bound)
        row = cells(statistic.name, self.result(statistic), ends=statistic.entry.bounded,
                    bounded=bounded and not statistic.counts)  # fmt: skip
        if statistic.name in self.shares:
            share = self.shares[statistic.name]
            percent = None if share is None else share.scaled(Fraction(100))
            name = f"{statistic.name}{SHARE}"
            row |= cells(name, percent, bounded=bounded and not statistic.counts)
        return row


class Group(Counted):
    """A group of figures. One without any has rows whose numbers are all missing.

    ``used`` are the rows of the figures that sums and means use, ``n`` counts the figures used;
    ``missing`` is the number of rows without a number that are counted here. ``sums`` are those
    of the groups of which the group consists, and ``against`` why these are not put in relation.
    """

    def __init__(
        self,
        plan: GroupPlan,
        fetched: Fetched,
        judgement: Judgement,
        key: Key,
        rows: Sequence[int] = (),
    ) -> None:
        super().__init__(plan, key, 0)
        self.figures, self.judgement, self.places = fetched.figures, judgement, rows
        self.used = [row for row in rows if not judgement.left_out[row]]
        total = self._count(rows)
        adding = any(one.operation in ADDING for one in plan.statistics)
        self.n = self._count(self.used) if adding else total
        self.left_out = total - self.n
        self.missing = 0
        self.sums: Sequence[Interval] = ()
        self.against: tuple[Refusal, ...] = ()
        self._results: dict[Statistic, Interval | None] = {}

    def _count(self, rows: Iterable[int]) -> int:
        counts = self.figures.counts
        return sum(counts[row] for row in rows)

    @property
    def rows(self) -> int:
        """The number of rows, with or without a number."""
        return self.n + self.left_out + self.missing

    def indicators(self) -> str:
        """Return the indicators of the group, joined by ``;``, in the order of the codes."""
        column = self.figures.column("indicator")
        codes = {column[row] for row in self.places} if column else set()
        return ";".join(sorted(codes - {""}))

    def refusals(self, statistic: Statistic) -> tuple[Refusal, ...]:
        """Return why a statistic of the group has no meaning, nothing if it has one."""
        if statistic.operation is None:
            return ()
        refused = self.judgement.refusals(statistic.operation, self.key)
        return (*refused, *self.against) if statistic.entry.over_groups else refused

    def result(self, statistic: Statistic) -> Interval | None:
        """Return a statistic in the unit of the group; None if undefined or without a meaning."""
        if statistic.counts:
            return super().result(statistic)
        if statistic not in self._results:
            allowed = self.places and not self.refusals(statistic)
            items = self.sums if statistic.entry.over_groups else self._parts(statistic)
            self._results[statistic] = statistic.of(items) if allowed else None
        return self._results[statistic]

    def printed_unit(self, vocabulary: Vocabulary) -> Unit:
        """Return the unit in which the figures are printed; the indicator's if in several."""
        units: set[Unit] = {self.figures.units[row] for row in self.used or self.places}
        largest = min(units, key=lambda unit: (-unit.factor, unit.name))
        if len({unit.name for unit in units}) == 1:
            return largest
        indicator = vocabulary.indicators.get(self.keys.get("indicator", ""))
        return vocabulary.default_unit(largest, indicator)

    def cells(self) -> dict[str, str]:
        """Return the cells of the row, by column."""
        row = self._named(self.plan.with_indicators(self.keys, self.indicators()))
        if self.figures.has_units:
            row["unit"] = self.unit.name if self.unit else ""
        row |= {"n": str(self.n), "left_out": str(self.left_out)}
        for statistic in self.plan.statistics:
            row |= self._statistic(statistic)
        return row

    def _parts(self, statistic: Statistic) -> list[Part]:
        return self._kept if statistic.operation in ADDING else self._every

    @cached_property
    def _every(self) -> list[Part]:
        return combine(map(self._part, self.places))

    @cached_property
    def _kept(self) -> list[Part]:
        return combine(map(self._part, self.used)) if self.left_out else self._every

    def _part(self, row: int) -> Part:
        part = self.figures.parts[row]
        unit = self.figures.units[row]
        if self.unit is None or unit.factor == self.unit.factor:
            return part
        return part._replace(factor=unit.factor / self.unit.factor)


def cells(
    name: str, result: Interval | None, *, bounded: bool, ends: bool = True
) -> dict[str, str]:
    """Return the cells of a result by column: its value and, if ``bounded``, bound and ends."""
    row = {name: numbers.machine(result.value) if result else ""}
    if not bounded:
        return row
    row[f"{name}_bound"] = result.bound if result else ""
    if ends:
        low, high = result.ends if result else (None, None)
        row[f"{name}_low"], row[f"{name}_high"] = numbers.machine(low), numbers.machine(high)
    return row


Row = TypeVar("Row", bound=Counted)


def choose_units(groups: Sequence[Group], vocabulary: Vocabulary, requested: str) -> None:
    """Give each group its unit: the one requested where it fits, or else the printed one.

    Raises RefusedError if the unit requested fits no group, UsageError if it does not exist.
    """
    fitting: dict[Unit, Unit | RefusedError] = {}
    for group in groups:
        group.unit = unit = group.printed_unit(vocabulary)
        if requested and unit not in fitting:
            try:
                fitting[unit] = vocabulary.units.target(requested, unit)
            except RefusedError as error:
                fitting[unit] = error
        chosen = fitting.get(unit)
        group.unit = chosen if isinstance(chosen, Unit) else unit
    errors = [error for error in fitting.values() if isinstance(error, RefusedError)]
    if errors and len(errors) == len(fitting):
        raise errors[0]


def in_order(groups: Iterable[Row], plan: GroupPlan, vocabulary: Vocabulary) -> list[Row]:
    """Return groups in the order of their keys, and of their units."""
    keys = sort_keys((*plan.keys, "unit"), plan.period, vocabulary)

    def position(group: Row) -> tuple[Position, ...]:
        cells = (*group.keys.values(), group.unit.name if group.unit else "")
        return tuple(key(cell) for key, cell in zip(keys, cells, strict=True))

    return sorted(groups, key=position)


def sort_keys(
    columns: Iterable[str], period: str, vocabulary: Vocabulary
) -> list[Callable[[object], Position]]:
    """Return the sort key of each column; ``period`` is the one that holds periods."""
    return [cache(sort_key(vocabulary, "period" if name == period else name)) for name in columns]
